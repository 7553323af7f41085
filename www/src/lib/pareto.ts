import type { Metric } from './metrics';

type Better = Metric['better'];

/** Whether `value` is better than `other`, where a side is better at all; a metric without one is read as "more". */
function beats(value: number, other: number, better: Better): boolean {
  return better === 'lower' ? value < other : value > other;
}

/**
 * The indices of the points that no other beats: whatever is better in one of the two is worse in the other. In the order of x.
 */
export function paretoFront(
  points: readonly { x: number; y: number }[],
  betterX: Better,
  betterY: Better,
): number[] {
  const beaten = ({ x, y }: { x: number; y: number }) =>
    points.some(
      (other) =>
        (beats(other.x, x, betterX) && !beats(y, other.y, betterY)) ||
        (beats(other.y, y, betterY) && !beats(x, other.x, betterX)),
    );
  return points
    .map((point, index) => ({ ...point, index }))
    .filter((point) => !beaten(point))
    .sort((left, right) => left.x - right.x)
    .map(({ index }) => index);
}
