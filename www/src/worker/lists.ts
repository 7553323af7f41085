import type { Recommendation } from '../lib/types';

/**
 * Everybody's list as `fusebox train --recs` writes it: user, item and score by the source's own identifiers, tab separated, best
 * first.
 */
export async function listsText(
  users: number,
  idOf: (user: number) => string,
  recommend: (user: number) => Promise<Recommendation[]>,
): Promise<string> {
  const lines: string[] = [];
  for (let user = 0; user < users; user += 1) {
    const id = idOf(user);
    for (const { card, score } of await recommend(user)) lines.push(`${id}\t${card.id}\t${score}\n`);
  }
  return lines.join('');
}
