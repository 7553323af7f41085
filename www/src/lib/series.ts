/** One moment of training: how far it is, in epochs, and the loss by term. */
export interface LossPoint {
  epochs: number;
  loss: Record<string, number>;
}

/** More points than this do not show on any screen. */
const POINTS_KEPT = 600;

function meanOf(points: readonly LossPoint[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const { loss } of points) {
    for (const [term, value] of Object.entries(loss)) sums[term] = (sums[term] ?? 0) + value;
  }
  for (const term of Object.keys(sums)) sums[term] = (sums[term] ?? 0) / points.length;
  return sums;
}

/** The mean of consecutive steps as one point, at the last of them. Of no steps: null. */
export function condense(points: readonly LossPoint[]): LossPoint | null {
  const last = points.at(-1);
  return last ? { epochs: last.epochs, loss: meanOf(points) } : null;
}

/** Appends a point; when there are too many, every two neighbours become their mean. */
export function append(points: readonly LossPoint[], point: LossPoint): LossPoint[] {
  const all = [...points, point];
  if (all.length <= POINTS_KEPT) return all;
  const halved: LossPoint[] = [];
  for (let start = 0; start < all.length; start += 2) {
    const pair = condense(all.slice(start, start + 2));
    if (pair) halved.push(pair);
  }
  return halved;
}

/** The loss terms of a series, "total" first, then in order of appearance. */
export function termsOf(points: readonly LossPoint[]): string[] {
  const terms = new Set(points.flatMap(({ loss }) => Object.keys(loss)));
  const total = terms.delete('total');
  // The total of a single term is that term: one line says it.
  if (total && terms.size <= 1) return ['total'];
  return total ? ['total', ...terms] : [...terms];
}
