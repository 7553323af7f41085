import { UMAP } from 'umap-js';

import { draws } from './draws';
import type { Breathe, Neighbours } from './neighbours';

/** Neighbours that UMAP keeps together, the item itself among them: its own default. */
export const TOGETHER = 15;

/** The width of the cloud that UMAP starts from, as in its own implementations. */
const START = 10;

/** Points are shown after every so many rounds. */
const WATCHED = 8;

/**
 * UMAP from exact neighbours, started from the principal components, which keeps far groups where they were, with draws of
 * our own: the same data give the same map. `watch` sees the points on their way.
 */
export async function layOut(
  { each, row, cosine }: Neighbours,
  start: Float32Array,
  breathe: Breathe,
  watch: (points: Float32Array) => void,
): Promise<Float32Array> {
  const rows = start.length / 2;
  const together = Math.min(TOGETHER, rows - 1);
  // Too few to have groups.
  if (together < 3) return start;
  const draw = draws(42);
  const umap = new UMAP({ nNeighbors: together, random: draw });
  const nearest = Array.from({ length: rows }, (_, at) => at * each);
  umap.setPrecomputedKNN(
    nearest.map((from, at) => [at, ...row.subarray(from, from + together - 1)]),
    nearest.map((from) => [
      0,
      ...Array.from(cosine.subarray(from, from + together - 1), (value) => Math.max(0, 1 - value)),
    ]),
  );
  const epochs = umap.initializeFit(nearest.map(() => []));
  const placed = umap.getEmbedding();
  const size = start.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  placed.forEach((point, at) => {
    // A little apart: rows that are equal could never be parted.
    for (const axis of [0, 1]) point[axis] = (start[at * 2 + axis]! / size) * START + (draw() - 0.5) * 1e-3;
  });
  const points = () => Float32Array.from(placed.flat());
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    umap.step();
    await breathe((epoch + 1) / epochs);
    if (epoch % WATCHED === 0) watch(points());
  }
  return points();
}
