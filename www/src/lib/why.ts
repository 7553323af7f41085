import type { Content } from './own-content';

/** A share of a score: what a modality adds, or (without a name) what is there without any. */
export interface Push {
  modality: string | null;
  /** What the run had for the modality of this item; null without a modality. */
  content: Content | null;
  value: number;
}

/** Why an item has its score: what is there without content, what each modality adds, and what no single one explains. */
export interface Reason {
  item: number;
  score: number;
  /** First what is there without any modality, then the modalities in their order. */
  pushes: readonly Push[];
  /** What is left of the score. */
  remainder: number;
}

/** More than this share of the largest number is more than rounding. */
const ROUNDING = 1e-4;

/**
 * Reads the numbers of `Run.why`: a row an item, with its score, its score without any modality, and its scores without the first,
 * the second … modality. `contents` says by item what it had for each.
 */
export function reasonsOf(
  items: ArrayLike<number>,
  modalities: readonly string[],
  numbers: Float32Array,
  contents: readonly (readonly Content[])[],
): Reason[] {
  const width = 2 + modalities.length;
  if (numbers.length !== items.length * width) throw new Error('These reasons are of other items.');
  return Array.from(items, (item, nth) => {
    const [score = 0, bare = 0, ...without] = numbers.subarray(nth * width, (nth + 1) * width);
    const pushes: Push[] = [
      { modality: null, content: null, value: bare },
      ...modalities.map((modality, at) => ({
        modality,
        content: contents[nth]?.[at] ?? ('unclear' as const),
        value: score - (without[at] ?? score),
      })),
    ];
    return { item, score, pushes, remainder: score - pushes.reduce((sum, { value }) => sum + value, 0) };
  });
}

/** Whether the pushes explain all of every score, but for rounding. */
export function addsUp(reasons: readonly Reason[]): boolean {
  return reasons.every(({ score, pushes, remainder }) => {
    const largest = Math.max(Math.abs(score), ...pushes.map(({ value }) => Math.abs(value)));
    return Math.abs(remainder) <= ROUNDING * largest;
  });
}

/** Whether content pushed nothing at all: a system may learn with it and rank without. */
export function isSilent(reasons: readonly Reason[]): boolean {
  return reasons.every(({ pushes }) =>
    pushes.every(({ modality, value }) => modality === null || value === 0),
  );
}

/** What items had for a modality, in one word for all of them. */
export function contentAmong(reasons: readonly Reason[], modality: string): Content {
  const contents = new Set(
    reasons.flatMap(({ pushes }) =>
      pushes.flatMap((push) => (push.modality === modality && push.content ? [push.content] : [])),
    ),
  );
  const [content = 'own'] = contents;
  return contents.size > 1 ? 'unclear' : content;
}

/** A stretch of a bar, in the units of scores. */
export interface Stretch {
  /** A modality; `bare` for what is there without any, `together` for the remainder. */
  of: { modality: string } | 'bare' | 'together';
  from: number;
  to: number;
}

/** What pushes up stands end to end on the right of zero, what pushes down on the left. */
export function stretchesOf({ pushes, remainder }: Reason, exact: boolean): Stretch[] {
  const ends = { up: 0, down: 0 };
  const all = pushes.map(({ modality, value }) => ({
    of: modality === null ? ('bare' as const) : { modality },
    value,
  }));
  const shown = exact ? all : [...all, { of: 'together' as const, value: remainder }];
  return shown
    .filter(({ value }) => value !== 0)
    .map(({ of, value }) => {
      const side = value > 0 ? 'up' : 'down';
      const begin = ends[side];
      ends[side] += value;
      return { of, from: Math.min(begin, ends[side]), to: Math.max(begin, ends[side]) };
    });
}

/** The least and the greatest number that the bars of a list reach, zero among them: bars are drawn to one scale. */
export function reachOf(reasons: readonly Reason[], exact: boolean): [number, number] {
  const ends = reasons.flatMap((reason) => [
    reason.score,
    ...stretchesOf(reason, exact).flatMap(({ from, to }) => [from, to]),
  ]);
  const reach: [number, number] = [Math.min(0, ...ends), Math.max(0, ...ends)];
  return reach[0] === reach[1] ? [0, 1] : reach;
}
