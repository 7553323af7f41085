import type { Everybody } from '../lib/everybody';
import type { ItemCard } from '../lib/types';
import { nextTask } from './pump';
import type { DatasetHandle } from './wasm';

/** So many milliseconds of reading at a stretch, so that questions are heard in between. */
const STRETCH = 40;

/** All users and items of a dataset. */
export interface Scan {
  everybody: Everybody;
  /** By item. */
  cards: ItemCard[];
  /** By item, who took it in training. */
  takers: number[][];
}

/** Reads every history. */
export async function scan(dataset: DatasetHandle): Promise<Scan> {
  const { users } = dataset.summary();
  const ids: string[] = [];
  const cards = dataset.cards();
  const takers = cards.map(() => [] as number[]);
  const [taken, start, held] = [new Uint32Array(users), new Uint32Array(users + 1), [] as number[]];
  let began = performance.now();
  for (let user = 0; user < users; user += 1) {
    const { id, train, validation, test } = dataset.user(user);
    ids.push(id);
    taken[user] = train.length;
    for (const { item } of [...validation, ...test]) held.push(item);
    start[user + 1] = held.length;
    for (const { item } of train) takers[item]?.push(user);
    if (performance.now() - began > STRETCH) {
      await nextTask();
      began = performance.now();
    }
  }
  return { everybody: { ids, taken, start, held: Uint32Array.from(held) }, cards, takers };
}
