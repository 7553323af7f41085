import { draws } from './draws';

/** The items of one space that can be compared there, and their vectors brought to length one. */
export interface Space {
  /** Ascending. Everything else goes by the place in here, the row. */
  items: Uint32Array;
  dim: number;
  /** `[items, dim]`, row by row. */
  unit: Float32Array;
}

/**
 * Of the vectors of `items`, row by row, those that are there. A vector that holds no number, or nothing but zeros, has no
 * direction: its item is left out rather than drawn somewhere.
 */
export function spaceOf(vectors: Float32Array, items: Uint32Array): Space {
  const dim = items.length > 0 ? vectors.length / items.length : 0;
  const lengths = Array.from(items, (_, row) => lengthOf(vectors.subarray(row * dim, (row + 1) * dim)));
  const there = [...lengths.keys()].filter((row) => Number.isFinite(lengths[row]) && lengths[row] !== 0);
  const unit = new Float32Array(there.length * dim);
  there.forEach((from, row) => {
    for (let place = 0; place < dim; place += 1)
      unit[row * dim + place] = vectors[from * dim + place]! / lengths[from]!;
  });
  return { items: Uint32Array.from(there, (row) => items[row]!), dim, unit };
}

/** Of the vectors of all items, those of some. */
export function rowsOf(vectors: Float32Array, count: number, items: Uint32Array): Float32Array {
  const dim = count > 0 ? vectors.length / count : 0;
  const rows = new Float32Array(items.length * dim);
  items.forEach((item, row) => rows.set(vectors.subarray(item * dim, (item + 1) * dim), row * dim));
  return rows;
}

/** `most` of `count` items, drawn by lot, the same whenever it is asked; all of them where there are no more. */
export function drawItems(count: number, most: number): Uint32Array {
  const items = Uint32Array.from({ length: count }, (_, item) => item);
  if (count <= most) return items;
  const draw = draws(1);
  for (let place = 0; place < most; place += 1) {
    const other = place + Math.floor(draw() * (count - place));
    [items[place], items[other]] = [items[other]!, items[place]!];
  }
  return items.slice(0, most).sort();
}

function lengthOf(vector: Float32Array): number {
  let sum = 0;
  for (const value of vector) sum += value * value;
  return Math.sqrt(sum);
}
