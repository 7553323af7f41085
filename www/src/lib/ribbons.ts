import { STAGES, type Flow, type FlowLink, type FlowNode, type Stage } from './flow';

/** Where the diagram's columns are, or, where it runs downwards, its rows. */
export interface Field {
  /** Middle of each stage along the flow, in pixels. */
  stages: Record<Stage, number>;
  /** Pixels from one stage to the next, for what is off the middle. */
  pitch: number;
  /** Across the flow: where lane 0 is and how far the next. */
  firstLane: number;
  laneGap: number;
  /** The widest ribbon, in pixels. */
  widest: number;
  downwards: boolean;
}

export interface Ribbon {
  link: FlowLink;
  /** Filled, from edge to edge. */
  area: string;
  /** Along its middle. */
  line: string;
}

export interface Placed {
  node: FlowNode;
  x: number;
  y: number;
  /** Length across the flow. */
  across: number;
}

/** More numbers than so many look alike. */
const MOST = 8192;

/** How far two scores are from the middle between them, in pixels. */
const APART = 4;

/** How wide so many numbers are drawn: a doubling is a step, so that 64 and 4,096 can both be seen. */
export function thickness(numbers: number | null, widest: number): number {
  if (numbers === null) return 2;
  const share = Math.log2(Math.min(Math.max(numbers, 1), MOST)) / Math.log2(MOST);
  return 2 + share * (widest - 2);
}

/** Lanes that a flow needs above the first and below it. */
export function lanesOf({ nodes }: Flow): { first: number; last: number } {
  return {
    first: Math.min(0, ...nodes.map(({ lane }) => lane)),
    last: Math.max(0, ...nodes.map(({ lastLane }) => lastLane)),
  };
}

/** Puts a flow into a field. */
export function ribbonsOf(flow: Flow, field: Field): { ribbons: Ribbon[]; placed: Placed[] } {
  const place = ({ stage, shift }: FlowNode): number => field.stages[stage] + shift * field.pitch;
  const across = (lane: number): number => field.firstLane + lane * field.laneGap;
  const point = (length: number, side: number): string =>
    field.downwards ? `${round(side)} ${round(length)}` : `${round(length)} ${round(side)}`;
  const nodes = new Map(flow.nodes.map((node) => [node.id, node]));

  const ribbons = flow.links.flatMap((link): Ribbon[] => {
    const [from, to] = [nodes.get(link.from), nodes.get(link.to)];
    if (!from || !to) return [];
    const [start, end] = [place(from), place(to)];
    const [one, other] = [across(from.lane), across(to.lane)];
    const middle = (start + end) / 2;
    const curve = (left: number, right: number): string =>
      `C${point(middle, left)} ${point(middle, right)} ${point(end, right)}`;
    const back = (left: number, right: number): string =>
      `C${point(middle, right)} ${point(middle, left)} ${point(start, left)}`;
    const [before, after] = link.widths.map((width) => thickness(width, field.widest) / 2) as [
      number,
      number,
    ];
    const area =
      link.kind === 'vectors'
        ? `M${point(start, one - before)}${curve(one - before, other - after)}` +
          `L${point(end, other + after)}${back(one + before, other + after)}Z`
        : '';
    const along = (aside: number): string =>
      `M${point(start, one + aside)}${curve(one + aside, other + aside)}`;
    return [{ link, area, line: link.kind === 'scores' ? along(-APART) + along(APART) : along(0) }];
  });

  const placed = flow.nodes.map((node): Placed => {
    const [side, last] = [across(node.lane), across(node.lastLane)];
    const length = place(node);
    const spread = node.kind === 'vector' ? thickness(node.width, field.widest) + 6 : last - side;
    const at = (side + last) / 2;
    return field.downwards
      ? { node, x: at, y: length, across: spread }
      : { node, x: length, y: at, across: spread };
  });
  return { ribbons, placed };
}

function round(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}

/** A field that has a place for every stage. */
export function stagesAt(middles: readonly number[]): Record<Stage, number> {
  return Object.fromEntries(STAGES.map((stage, nth) => [stage, middles[nth] ?? 0])) as Record<Stage, number>;
}
