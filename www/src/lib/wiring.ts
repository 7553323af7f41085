import type { Design } from './types';

/** A node of the design's drawing, in a field 1200 wide and 132 high whose six columns are 200 wide. */
export interface Node {
  x: number;
  y: number;
  /** Which modality's colour: its number, or null for what belongs to no single one. */
  modality: number | null;
}

export interface Wire {
  path: string;
  modality: number | null;
  /** Content that takes part in learning only, not in scoring. */
  dashed: boolean;
}

export interface Wiring {
  nodes: Node[];
  wires: Wire[];
}

export interface DesignShape {
  modalities: number;
  representation: 'joint' | 'coordinate';
  fusion: 'early' | 'late' | 'none';
}

const COLUMN = { data: 100, which: 300, how: 500, when: 700, score: 900, loss: 1100 };
const MIDDLE = 66;
const LANE = 32;

/** Reads the shape of a design from the registry's words. */
export function shapeOf(how: string, when: string, modalities: number): DesignShape {
  return {
    modalities,
    representation: /coordinat/i.test(how) ? 'coordinate' : 'joint',
    fusion: /^\W*(none|no\b|not\b)/i.test(when)
      ? 'none'
      : /late/i.test(when)
        ? 'late'
        : /early/i.test(when)
          ? 'early'
          : 'none',
  };
}

/** The shape of a design of the reader's own. What is never fused goes to the score as it is, like what is fused late. */
export function shapeOfDesign({ roles, representation, when }: Design, modalities: number): DesignShape {
  const scored = roles.includes('scoring') || roles.includes('edge-weights');
  return { modalities, representation, fusion: !scored ? 'none' : when === 'early' ? 'early' : 'late' };
}

function curve(from: Node, to: Node, modality: number | null, dashed = false): Wire {
  const bend = (to.x - from.x) / 2;
  return {
    path: `M${from.x} ${from.y}C${from.x + bend} ${from.y} ${to.x - bend} ${to.y} ${to.x} ${to.y}`,
    modality,
    dashed,
  };
}

/** Draws how data, modalities and interactions run together into a score and a loss. */
export function wiringOf({ modalities, representation, fusion }: DesignShape): Wiring {
  const data: Node = { x: COLUMN.data, y: MIDDLE, modality: null };
  const loss: Node = { x: COLUMN.loss, y: MIDDLE, modality: null };
  const lanes = modalities + 1;
  const lane = (number: number): number => MIDDLE + (number - (lanes - 1) / 2) * LANE;
  const unscored = fusion === 'none' && modalities > 0;
  // Content that only the loss sees passes the score by on its own lanes.
  const score: Node = { x: COLUMN.score, y: unscored ? lane(modalities) : MIDDLE, modality: null };

  const inputs = Array.from({ length: modalities }, (_, modality): Node => ({
    x: COLUMN.which,
    y: lane(modality),
    modality,
  }));
  // The last lane is what is learned from who chose what, without any content.
  const crowd: Node = { x: COLUMN.which, y: lane(modalities), modality: null };
  const nodes = [data, ...inputs, crowd];
  const wires = [...inputs, crowd].map((input) => curve(data, input, input.modality));

  let carried = inputs;
  if (modalities > 0 && representation === 'joint') {
    const joint: Node = {
      x: COLUMN.how,
      y: lane((modalities - 1) / 2),
      modality: modalities === 1 ? 0 : null,
    };
    wires.push(...carried.map((input) => curve(input, joint, input.modality)));
    nodes.push(joint);
    carried = [joint];
  } else {
    const represented = inputs.map((input): Node => ({ ...input, x: COLUMN.how }));
    wires.push(...inputs.map((input, number) => curve(input, represented[number] ?? input, input.modality)));
    nodes.push(...represented);
    carried = represented;
  }

  if (modalities > 0 && fusion === 'early') {
    const fused: Node = {
      x: COLUMN.when,
      y: carried.length === 1 ? (carried[0]?.y ?? MIDDLE) : lane((modalities - 1) / 2),
      modality: null,
    };
    wires.push(...carried.map((input) => curve(input, fused, input.modality)));
    nodes.push(fused);
    carried = [fused];
  }
  for (const input of carried) {
    if (unscored) {
      const passing: Node = { ...input, x: COLUMN.score };
      wires.push(curve(input, passing, input.modality, true), curve(passing, loss, input.modality, true));
    } else {
      wires.push(curve(input, score, input.modality));
    }
  }
  wires.push(curve(crowd, score, null), curve(score, loss, null));
  nodes.push(score, loss);
  return { nodes, wires };
}
