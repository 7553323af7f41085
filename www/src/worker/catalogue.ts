import type { ItemCard } from '../lib/types';
import type { Catalogue } from './protocol';
import { nextTask } from './pump';
import type { DatasetHandle } from './wasm';

/** After so many users, other questions have their turn. */
const USERS_AT_ONCE = 200;

/** All items that somebody took, and who took them in training, read off the histories. */
export async function catalogueOf(dataset: DatasetHandle): Promise<Catalogue> {
  const { users, items } = dataset.summary();
  const cards: ItemCard[] = Array.from({ length: items }, (_, item) => ({
    item,
    id: `item ${item + 1}`,
    title: '',
    description: '',
    thumbnail: null,
    popularity: 0,
  }));
  const takers: number[][] = cards.map(() => []);
  for (let user = 0; user < users; user += 1) {
    const { train, validation, test } = dataset.user(user);
    for (const card of [...train, ...validation, ...test]) cards[card.item] = card;
    for (const { item } of train) takers[item]?.push(user);
    if (user % USERS_AT_ONCE === USERS_AT_ONCE - 1) await nextTask();
  }
  return { cards, takers };
}

/** How many lists show each item among their first `cutoff`. */
export function exposureIn(
  start: Uint32Array,
  listed: Uint32Array,
  items: number,
  cutoff: number,
): Uint32Array {
  const exposure = new Uint32Array(items);
  for (let user = 0; user + 1 < start.length; user += 1) {
    const from = start[user]!;
    for (const item of listed.subarray(from, Math.min(from + cutoff, start[user + 1]!))) exposure[item]! += 1;
  }
  return exposure;
}
