import { describe, expect, it } from 'vitest';

import { People } from '../src/lib/people.svelte';
import type { Recommendation } from '../src/lib/types';

function listOf(length: number): Recommendation[] {
  return Array.from({ length }, (_, item) => ({
    card: { item, id: `i${item}`, title: '', description: '', kind: '', thumbnail: null, popularity: 1 },
    score: -item,
    hit: null,
  }));
}

/** People whose lists arrive when the test says so. */
function slowPeople(users = 3): { people: People; arrive: ((list: Recommendation[] | null) => void)[] } {
  const arrive: ((list: Recommendation[] | null) => void)[] = [];
  const people = new People({
    users: () => users,
    history: async (user) => ({ user, id: `u${user}`, train: [], validation: [], test: [] }),
    recommend: () => new Promise((resolve) => arrive.push(resolve)),
  });
  return { people, arrive };
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
}

describe('the person looked at', () => {
  it('is always one that exists, whatever was typed', async () => {
    const { people } = slowPeople();
    for (const [typed, user] of [
      [-1, 0],
      [99, 2],
      [1.7, 1],
      [Number.NaN, 0],
    ] as const) {
      void people.choose(typed);
      await settle();
      expect(people.user).toBe(user);
      expect(people.history?.user).toBe(user);
    }
  });

  it('gets the list asked for last, in whatever order the answers come', async () => {
    const { people, arrive } = slowPeople();
    void people.refresh();
    await settle();
    void people.chooseLength(20);
    await settle();
    arrive[1]?.(listOf(20));
    await settle();
    arrive[0]?.(listOf(10));
    await settle();
    expect(people.list).toHaveLength(20);
  });

  it('never gets a list of a run that is gone', async () => {
    const { people, arrive } = slowPeople();
    void people.refresh();
    await settle();
    void people.clear();
    arrive[0]?.(listOf(10));
    await settle();
    expect(people.list).toBeNull();
  });

  it('keeps the list it has when there is no run to ask', async () => {
    const { people, arrive } = slowPeople();
    void people.refresh();
    await settle();
    arrive[0]?.(listOf(10));
    await settle();
    void people.refresh();
    await settle();
    arrive[1]?.(null);
    await settle();
    expect(people.list).toHaveLength(10);
  });

  it('is remembered by the split of the run, and by the data’s own when that is gone', async () => {
    let split = [1];
    const card = (item: number) => listOf(item + 1)[item]!.card;
    const people = new People({
      users: () => 1,
      history: async (user) => ({ user, id: 'u', train: split.map(card), validation: [], test: [] }),
      recommend: async () => listOf(3),
    });
    const taken = () => people.history?.train.map(({ item }) => item);
    split = [2, 3];
    await people.refresh();
    expect(taken()).toEqual([2, 3]);
    split = [1];
    await people.clear();
    expect(taken()).toEqual([1]);
  });
});
