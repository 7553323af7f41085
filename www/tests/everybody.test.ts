import { describe, expect, it } from 'vitest';

import { Directory } from '../src/lib/directory.svelte';
import {
  type Everybody,
  hitsOf,
  type JudgedLists,
  longestOf,
  memberAfter,
  memberBefore,
  membersOf,
  mostOfLight,
  named,
  search,
} from '../src/lib/everybody';
import type { ItemCard, UserHistory } from '../src/lib/types';
import { scan } from '../src/worker/everybody';
import type { DatasetHandle } from '../src/worker/wasm';

const five: Everybody = {
  ids: ['ANNA', 'BERT', '3', 'BERTHA', 'ROBERT'],
  taken: Uint32Array.of(2, 9, 2, 4, 6),
  start: Uint32Array.of(0, 1, 1, 3, 3, 4),
  held: Uint32Array.of(10, 20, 21, 30),
};

/** User 0 has one hit, user 2 one in the first place and one in the second. */
const lists: JudgedLists = {
  start: Uint32Array.of(0, 2, 4, 6, 6, 8),
  item: Uint32Array.of(11, 10, 10, 20, 20, 21, 31, 32),
};

const everyone = Uint32Array.of(0, 1, 2, 3, 4);

describe('everybody', () => {
  it('is found by number first, then by how an identifier begins, then by what is in it', () => {
    expect([...search('3', everyone, five)]).toEqual([2]);
    expect([...search('bert', everyone, five)]).toEqual([1, 3, 4]);
    expect([...search(' ', everyone, five)]).toEqual([0, 1, 2, 3, 4]);
    expect([...search('bert', Uint32Array.of(3, 4), five)]).toEqual([3, 4]);
  });

  it('is named by number or by a whole identifier', () => {
    expect(named(' 5 ', five.ids, 5)).toBe(4);
    expect(named('bertha', five.ids, 5)).toBe(3);
    for (const nobody of ['0', '6', '-1', '1.5', 'ber', '']) expect(named(nobody, five.ids, 5)).toBeNull();
    expect(named('bertha', null, 5)).toBeNull();
  });

  it('is parted by how much they took', () => {
    const parted = (...taken: number[]) => {
      const start = Uint32Array.from({ length: taken.length + 1 }, (_, user) => user);
      return mostOfLight({
        ids: [],
        taken: Uint32Array.from(taken),
        start,
        held: new Uint32Array(taken.length),
      });
    };
    // Halves, as nearly as it goes while people with equally many stay together; the smaller where two are as near.
    expect(parted(4, 1, 3, 2)).toBe(2);
    expect(parted(5, 5, 5, 1)).toBe(1);
    expect(parted(1, 2, 3)).toBe(1);
    expect(parted(7, 7, 7)).toBe(7);
    // Of ANNA, 3 and ROBERT something is held out: two of these three took two things.
    expect(mostOfLight(five)).toBe(2);
    expect([...membersOf('light', five, null)]).toEqual([0, 2]);
    expect([...membersOf('heavy', five, null)]).toEqual([1, 3, 4]);
    expect([...membersOf('all', five, null)]).toEqual([0, 1, 2, 3, 4]);
  });

  it('is parted by hits within the length that is looked at', () => {
    expect([...hitsOf(five, lists, 2)]).toEqual([1, 0, 2, 0, 0]);
    expect([...hitsOf(five, lists, 1)]).toEqual([0, 0, 1, 0, 0]);
    expect([...membersOf('hits', five, hitsOf(five, lists, 1))]).toEqual([2]);
    expect([...membersOf('hits', five, null)]).toEqual([]);
    expect(longestOf(lists)).toBe(2);
  });

  it('has a next and a previous one, from whoever is looked at', () => {
    const members = Uint32Array.of(1, 4);
    expect([memberBefore(members, 2), memberAfter(members, 2)]).toEqual([1, 4]);
    expect([memberBefore(members, 1), memberAfter(members, 4)]).toEqual([null, null]);
  });

  it('is read once from the data, with who took each item', async () => {
    const card = (item: number) => ({ item }) as ItemCard;
    const histories: UserHistory[] = [
      { user: 0, id: 'A', train: [card(1), card(2)], validation: [card(3)], test: [] },
      { user: 1, id: 'B', train: [card(2)], validation: [], test: [card(4), card(1)] },
    ];
    const dataset = {
      summary: () => ({ users: 2 }),
      user: (user: number) => histories[user],
      cards: () => [0, 1, 2, 3, 4].map(card),
    };
    const { everybody, cards, takers } = await scan(dataset as unknown as DatasetHandle);
    expect(everybody).toEqual({
      ids: ['A', 'B'],
      taken: Uint32Array.of(2, 1),
      start: Uint32Array.of(0, 1, 3),
      held: Uint32Array.of(3, 4, 1),
    });
    expect(cards).toHaveLength(5);
    expect(takers).toEqual([[], [0], [0, 1], [], []]);
  });
});

describe('the directory', () => {
  const directoryOf = (lists: () => Promise<JudgedLists>) => {
    let read = 0;
    const directory = new Directory({
      everybody: async () => {
        read += 1;
        return five;
      },
      lists,
      length: () => 1,
    });
    return { directory, read: () => read };
  };

  it('reads nothing before it is asked, and everything once', async () => {
    const { directory, read } = directoryOf(async () => lists);
    expect(read()).toBe(0);
    await Promise.all([directory.open(), directory.choose('light')]);
    await directory.choose('hits');
    expect(read()).toBe(1);
    expect([...(directory.members ?? [])]).toEqual([2]);
  });

  it('goes back to everybody when the run is gone whose hits it showed', async () => {
    const { directory } = directoryOf(async () => lists);
    await directory.choose('hits');
    directory.forgetLists();
    expect([directory.group, directory.members, directory.hits]).toEqual(['all', null, null]);
  });

  it('stays with its group and says why where lists are not to be had', async () => {
    const { directory } = directoryOf(() => Promise.reject(new Error('the run is busy')));
    expect(await directory.choose('hits')).toBe(false);
    expect([directory.group, directory.problem]).toEqual(['all', 'the run is busy']);
    expect(await directory.choose('heavy')).toBe(true);
    expect(directory.problem).toBeNull();
  });

  it('takes no lists of a run that ended meanwhile', async () => {
    let arrive: (lists: JudgedLists) => void = () => undefined;
    const { directory } = directoryOf(() => new Promise((resolve) => (arrive = resolve)));
    const chosen = directory.choose('hits');
    await directory.open();
    directory.forgetLists();
    arrive(lists);
    expect(await chosen).toBe(false);
    expect(directory.group).toBe('all');
  });
});
