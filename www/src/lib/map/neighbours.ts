import type { Space } from './space';

/** The nearest rows of every row, nearest first. */
export interface Neighbours {
  /** How many each row has. */
  each: number;
  /** `[rows, each]`. */
  row: Uint32Array;
  /** Their cosines, in the same places. */
  cosine: Float32Array;
}

/** Called now and then with the share that is done; may wait, and may throw to stop. */
export type Breathe = (share: number) => Promise<void>;

/** As many nearest items as are compared to say how faithful a map is. */
export const COMPARED = 10;

/** The nearest `most` rows of every row by cosine, exactly: every pair is compared. Of equals, the first comes first. */
export async function nearest(space: Space, most: number, breathe: Breathe): Promise<Neighbours> {
  const { unit, dim } = space;
  const rows = space.items.length;
  const best = new Best(rows, Math.max(0, Math.min(most, rows - 1)));
  // Rows by the block, so that the other rows are read from memory once a block.
  const BLOCK = 16;
  for (let start = 0; start < rows; start += BLOCK) {
    const end = Math.min(rows, start + BLOCK);
    for (let other = start + 1; other < rows; other += 1) {
      for (let row = start; row < Math.min(end, other); row += 1) {
        let cosine = 0;
        for (let place = 0, at = row * dim, to = other * dim; place < dim; place += 1)
          cosine += unit[at + place]! * unit[to + place]!;
        best.offer(row, other, cosine);
        best.offer(other, row, cosine);
      }
    }
    const left = (rows - end) / rows;
    await breathe(1 - left * left);
  }
  return best.found();
}

/**
 * Of each row's nearest in its space, the share that is among its nearest on the map too, over all rows: how far the map can be
 * taken at its word.
 */
export function kept({ each, row: near }: Neighbours, points: Float32Array): number {
  const rows = points.length / 2;
  const compared = Math.min(COMPARED, each);
  if (compared === 0) return 1;
  const drawn = new Best(rows, compared);
  for (let row = 0; row < rows; row += 1) {
    for (let other = row + 1; other < rows; other += 1) {
      const closeness = -(
        (points[row * 2]! - points[other * 2]!) ** 2 +
        (points[row * 2 + 1]! - points[other * 2 + 1]!) ** 2
      );
      drawn.offer(row, other, closeness);
      drawn.offer(other, row, closeness);
    }
  }
  const found = drawn.found().row;
  let shared = 0;
  for (let row = 0; row < rows; row += 1) {
    const there = new Set(near.subarray(row * each, row * each + compared));
    for (const other of found.subarray(row * compared, (row + 1) * compared))
      if (there.has(other)) shared += 1;
  }
  return shared / (rows * compared);
}

/** The best few others of every row. */
class Best {
  readonly #each: number;
  readonly #row: Uint32Array;
  readonly #score: Float32Array;

  constructor(rows: number, each: number) {
    this.#each = each;
    this.#row = new Uint32Array(rows * each);
    this.#score = new Float32Array(rows * each).fill(-Infinity);
  }

  offer(row: number, other: number, offered: number): void {
    const start = row * this.#each;
    let place = start + this.#each;
    // As it is stored, so that equals are equal.
    const score = Math.fround(offered);
    while (place > start && this.#score[place - 1]! < score) place -= 1;
    const last = start + this.#each - 1;
    if (place > last) return;
    this.#score.copyWithin(place + 1, place, last);
    this.#row.copyWithin(place + 1, place, last);
    this.#score[place] = score;
    this.#row[place] = other;
  }

  found(): Neighbours {
    return { each: this.#each, row: this.#row, cosine: this.#score };
  }
}
