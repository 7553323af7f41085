import { UMAP } from 'umap-js';

import { draws } from './draws';
import type { Breathe, Neighbours } from './neighbours';

/**
 * Neighbours that UMAP keeps together, the item itself among them. Twice its own default: with fewer, items of pictures fall into
 * islands that are small dots in an empty sea, and no more of the nearest are kept.
 */
export const TOGETHER = 30;

/** How close points may come: a little less than its own default lets pictures lie on each other. */
const APART = 0.2;

/** Rounds. Its own default for few items, 500, keeps no more of the nearest. */
const ROUNDS = 300;

/** The width of the cloud that UMAP starts from. */
const START = 3;

/** Points are shown after every so many rounds. */
const WATCHED = 8;

/**
 * UMAP from exact neighbours, started from the principal components, with draws of our own: the same data give the same map.
 * `watch` sees the points on their way.
 */
export async function layOut(
  { each, row, cosine }: Neighbours,
  start: Float32Array,
  breathe: Breathe,
  watch: (points: Float32Array) => void,
): Promise<Float32Array> {
  const rows = start.length / 2;
  const together = Math.min(TOGETHER, each + 1, rows - 1);
  // Too few to have groups.
  if (together < 3) return start;
  const draw = draws(42);
  const umap = new UMAP({ nNeighbors: together, random: draw, minDist: APART, nEpochs: ROUNDS });
  const nearest = Array.from({ length: rows }, (_, at) => at * each);
  umap.setPrecomputedKNN(
    nearest.map((from, at) => [at, ...row.subarray(from, from + together - 1)]),
    nearest.map((from) => [
      0,
      ...Array.from(cosine.subarray(from, from + together - 1), (value) => Math.max(0, 1 - value)),
    ]),
  );
  umap.initializeFit(nearest.map(() => []));
  const placed = umap.getEmbedding();
  const size = start.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  placed.forEach((point, at) => {
    // A little apart: rows that are equal could never be parted.
    for (const axis of [0, 1]) point[axis] = (start[at * 2 + axis]! / size) * START + (draw() - 0.5) * 1e-3;
  });
  const points = () => Float32Array.from(placed.flat());
  for (let round = 0; round < ROUNDS; round += 1) {
    umap.step();
    await breathe((round + 1) / ROUNDS);
    if (round % WATCHED === 0) watch(points());
  }
  return points();
}
