/** The diagram's columns, in the order in which data flow. */
export const STAGES = ['data', 'which', 'extract', 'represent', 'fuse', 'graph', 'score', 'loss'] as const;

export type Stage = (typeof STAGES)[number];

export interface FlowNode {
  id: string;
  stage: Stage;
  /** Where in the stage, in columns: 0 is the middle. */
  shift: number;
  /** The lane, from 0 for the first modality; the last is of users' and items' own vectors. */
  lane: number;
  /** Of what reaches over several lanes, the last. */
  lastLane: number;
  kind: 'vector' | 'operator' | 'graph' | 'score' | 'loss' | 'bend';
  /** Whose colour: the modality's number, or null for what belongs to no single one. */
  modality: number | null;
  /** How many numbers it has for an item; null where that is not known. */
  width: number | null;
  /** A sign for what it does. */
  sign: string;
}

export interface FlowLink {
  from: string;
  to: string;
  modality: number | null;
  /**
   * Vectors flow; edges say which items are alike; the loss alone may see content; raw data is not yet numbers; of what was taken
   * and what was not there are two scores.
   */
  kind: 'vectors' | 'edges' | 'loss' | 'raw' | 'scores';
  /** Numbers an item where it begins and where it ends. */
  widths: [number | null, number | null];
}

export interface Flow {
  nodes: FlowNode[];
  links: FlowLink[];
}

export interface FlowModality {
  name: string;
  /** Length of its features. */
  dim: number;
}

/** Collects nodes and links; a link is as wide as its ends. */
export class Draft implements Flow {
  nodes: FlowNode[] = [];
  links: FlowLink[] = [];

  node(id: string, stage: Stage, lane: number, more: Partial<FlowNode> = {}): FlowNode {
    const node: FlowNode = {
      id,
      stage,
      shift: 0,
      lane,
      lastLane: lane,
      kind: 'vector',
      modality: null,
      width: null,
      sign: '',
      ...more,
    };
    this.nodes.push(node);
    return node;
  }

  link(from: FlowNode, to: FlowNode, kind: FlowLink['kind'] = 'vectors', modality = from.modality): void {
    const end = to.kind === 'vector' || to.kind === 'bend' ? to.width : from.width;
    this.links.push({ from: from.id, to: to.id, modality, kind, widths: [from.width, end] });
  }
}
