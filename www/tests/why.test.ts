import { describe, expect, it } from 'vitest';

import type { Content } from '../src/lib/own-content';
import type { Design, Missing, RunSpec } from '../src/lib/types';
import { addsUp, contentAmong, isSilent, reachOf, reasonsOf, stretchesOf } from '../src/lib/why';
import { absenceOf, nameOf, onGraph, replacementOf, sentenceOf } from '../src/lib/why-in-words';

const BOTH = ['textual', 'visual'];

const OWN: Content[] = ['own', 'own'];

/** The reason of one item, from its score, its score without any, and those without each. */
function reason(...numbers: number[]) {
  return reasonOf(OWN, ...numbers);
}

/** The same, where the item may lack content. */
function reasonOf(contents: Content[], ...numbers: number[]) {
  return reasonsOf([7], BOTH.slice(0, numbers.length - 2), Float32Array.from(numbers), [contents])[0]!;
}

describe('what pushed an item', () => {
  it('is read row by row, what is there without content first', () => {
    const numbers = new Float32Array([3, 1, 2.5, 1.5, -1, -1, -1, -1]);
    const [first, second] = reasonsOf([4, 9], BOTH, numbers, [['own', 'absent'], OWN]);
    expect(first).toEqual({
      item: 4,
      score: 3,
      pushes: [
        { modality: null, content: null, value: 1 },
        { modality: 'textual', content: 'own', value: 0.5 },
        { modality: 'visual', content: 'absent', value: 1.5 },
      ],
      remainder: 0,
    });
    expect(second?.item).toBe(9);
    expect(second?.pushes.map(({ value }) => value)).toEqual([-1, 0, 0]);
  });

  it('is refused where there are other numbers than items', () => {
    expect(() => reasonsOf([4, 9], BOTH, new Float32Array(4), [OWN, OWN])).toThrow('other items');
  });

  it('adds up where only rounding is left, measured by the largest number', () => {
    expect(addsUp([reason(3, 1, 2.5, 1.5)])).toBe(true);
    expect(addsUp([reason(0.001, 100, 50.001, 50)])).toBe(true);
    expect(addsUp([reason(3, 1, 2.5, 1.5), reason(3, 1, 2.5, 1.51)])).toBe(false);
    expect(addsUp([reason(0, 0, 0, 0)])).toBe(true);
  });
});

describe('content', () => {
  it('is silent where no modality pushes anything', () => {
    expect(isSilent([reason(3, 3, 3, 3), reason(-1, -1, -1, -1)])).toBe(true);
    expect(isSilent([reason(3, 3, 3, 3), reason(3, 3, 3, 2)])).toBe(false);
  });
});

describe('a bar', () => {
  it('goes right with what pushes up, left with what pushes down, and ends at the score', () => {
    const mixed = reason(1, 2, 2, 0);
    expect(stretchesOf(mixed, true)).toEqual([
      { of: 'bare', from: 0, to: 2 },
      { of: { modality: 'textual' }, from: -1, to: 0 },
      { of: { modality: 'visual' }, from: 2, to: 3 },
    ]);
  });

  it('shows what only all together explain, where scores do not add up', () => {
    const together = reason(4, 1, 3, 3);
    expect(stretchesOf(together, false).at(-1)).toEqual({ of: 'together', from: 3, to: 4 });
    expect(stretchesOf(together, true).some(({ of }) => of === 'together')).toBe(false);
  });

  it('is drawn to the scale of all bars of its list, with zero on it', () => {
    expect(reachOf([reason(3, 1, 2.5, 1.5), reason(-1, 1, 1, -1)], true)).toEqual([-2, 3]);
    expect(reachOf([], true)).toEqual([0, 1]);
  });
});

describe('a sentence', () => {
  const exactly = (...numbers: number[]) => sentenceOf(reason(...numbers), true);
  const byRemoval = (...numbers: number[]) => sentenceOf(reason(...numbers), false);

  it('tells shares of the score where all of it pushes up', () => {
    expect(exactly(10, 2, 8, 4)).toBe('Mostly its picture: 60 % of the score.');
    expect(exactly(10, 4, 7, 7)).toBe('First who took what (40 % of the score), then its words (30 %).');
  });

  it('tells what speaks against an item, and shares of what speaks for it', () => {
    expect(exactly(4, 2, 8, -4 + 2)).toBe(
      'Mostly its picture: 75 % of what speaks for it; its words speak against it.',
    );
    expect(exactly(2, -3, 1, -2)).toBe(
      'Mostly its picture: 80 % of what speaks for it; who took what speaks against it.',
    );
  });

  it('leaves out what is too small for a word', () => {
    expect(exactly(10, 10, 9.9, 10.1)).toBe('Because of who took what alone.');
  });

  it('does without shares where nothing speaks for an item', () => {
    expect(exactly(-3, -1, -2, -2)).toBe(
      'Who took what, its words and its picture speak against it; those below are worse off still.',
    );
    expect(exactly(0, 0, 0, 0)).toBe('Nothing speaks for it, and nothing against it.');
  });

  it('says by removal what the score would be', () => {
    expect(byRemoval(0.52, 0.1, 0.6, 0.21)).toBe(
      'Of its content, its picture matters most: without it the score would fall from 0.520 to 0.210; its words speak against it.',
    );
    expect(byRemoval(0.52, 0.1, 0.9, 0.4)).toBe(
      'Of its content, its words matter most: without them the score would rise from 0.520 to 0.900; its picture speaks for it.',
    );
    expect(byRemoval(0.52, 0.1, 0.521, 0.519)).toMatch(/^No single modality matters much/);
  });

  it('calls a modality of one’s own as it is called', () => {
    const [own] = reasonsOf([1], ['looks'], new Float32Array([3, 1, 1]), [['own']]);
    expect(sentenceOf(own!, true)).toBe('Mostly its “looks”: 67 % of the score.');
  });
});

describe('what an item lacks', () => {
  const graphs = (userItem: string, itemItem: string) =>
    ({ 'user-item-graph': userItem, 'item-item-graph': itemItem }) as Design;
  const policy = (policy: Missing['policy']) => ({ missing: { policy } }) as RunSpec;

  it('is never called its own', () => {
    const lacking = reasonOf(['own', 'absent'], 0.307, 0.1, 0.307, 0.271);
    expect(sentenceOf(lacking, false)).toBe(
      'Of its content, what stands in for its picture matters most: without it the score would fall from 0.307 to 0.271.',
    );
    expect(sentenceOf(reasonOf(['absent', 'absent'], 10, 2, 8, 4), true)).toBe(
      'Mostly what stands in for its picture: 60 % of the score.',
    );
    expect(sentenceOf(reasonOf(['replaced', 'own'], 0.5, 0.1, 0.3, 0.5), false)).toMatch(
      /what stands in for its words matters most: without it/,
    );
  });

  it('is left open where the page cannot know it', () => {
    expect(nameOf({ modality: 'visual', content: 'unclear' }).its).toBe(
      'its picture or what stands in for it',
    );
    expect(nameOf({ modality: 'textual', content: 'unclear' })).toEqual({
      its: 'its words or what stands in for them',
      several: true,
    });
  });

  it('is told with what counts in its place', () => {
    const lacking = reasonOf(['own', 'absent'], 3, 1, 2, 2);
    expect(absenceOf(lacking, policy('mean'), graphs('none', 'none'))).toBe(
      'It has no picture of its own: the mean of all others stands in.',
    );
    expect(absenceOf(lacking, policy('zeros'), graphs('none', 'learned'))).toBe(
      'It has no picture of its own: zeros stand in, and over the graph the pictures of other items count.',
    );
    expect(absenceOf(reasonOf(['absent', 'absent'], 3, 1, 2, 2), {} as RunSpec, null)).toBe(
      'It has no words and no picture of its own: the mean of all others stands in.',
    );
    expect(absenceOf(reason(3, 1, 2, 2), policy('mean'), null)).toBeNull();
    expect(absenceOf(reasonOf(['replaced', 'unclear'], 3, 1, 2, 2), policy('mean'), null)).toBeNull();
  });

  it('is made good by others over a graph, but not over one that leads to the item itself', () => {
    const all = [graphs('none', 'none'), graphs('none', 'itself'), graphs('none', 'frozen')];
    expect([...all, graphs('symmetric', 'none'), null].map(onGraph)).toEqual([
      false,
      false,
      true,
      true,
      false,
    ]);
  });

  it('is told of a whole list in one word', () => {
    const mixed = [reasonOf(['own', 'absent'], 3, 1, 2, 2), reason(3, 1, 2, 2)];
    expect(contentAmong(mixed, 'textual')).toBe('own');
    expect(contentAmong(mixed, 'visual')).toBe('unclear');
    expect(contentAmong(mixed.slice(0, 1), 'visual')).toBe('absent');
    expect(contentAmong([], 'visual')).toBe('own');
  });

  it('is told of a run that took it away or put something else there', () => {
    const taken = (more: Partial<Missing>) =>
      replacementOf({ missing: { policy: 'mean', rate: 0.5, 'taken-from': 'random', ...more } } as RunSpec);
    expect(taken({})).toMatch(/taken away from some items, and the page does not know from which/);
    expect(taken({ rate: 1 })).toMatch(/taken away from every item/);
    expect([taken({ rate: 0 }), taken({ side: 'train' }), taken({ policy: 'drop' })]).toEqual([
      null,
      null,
      null,
    ]);
    expect(replacementOf({ placebo: 'shuffled' } as RunSpec)).toMatch(/content of other items/);
    expect(replacementOf({ placebo: 'noise' } as RunSpec)).toMatch(/noise/);
  });
});
