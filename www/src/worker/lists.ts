import type { ItemCard } from '../lib/types';

/** The fewest digits that tell a number of 32 bits from all others. */
function shortest(score: number): string {
  for (let digits = 6; digits < 9; digits += 1) {
    const rounded = Number(score.toPrecision(digits));
    if (Math.fround(rounded) === score) return String(rounded);
  }
  return String(Number(score.toPrecision(9)));
}

/**
 * The first places of everybody's list as `fusebox train --recs` writes them: user, item and score by the source's own identifiers,
 * tab separated, best first.
 */
export function listsText(
  [start, item, score]: [start: Uint32Array, item: Uint32Array, score: Float32Array],
  cutoff: number,
  users: readonly string[],
  cards: readonly ItemCard[],
): string {
  const lines: string[] = [];
  users.forEach((user, nth) => {
    const from = start[nth] ?? 0;
    const to = Math.min(start[nth + 1] ?? from, from + cutoff);
    for (let at = from; at < to; at += 1) {
      lines.push(`${user}\t${cards[item[at] ?? -1]?.id}\t${shortest(score[at] ?? Number.NaN)}\n`);
    }
  });
  return lines.join('');
}
