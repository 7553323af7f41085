import { describe, expect, it } from 'vitest';

import { addsUp, isSilent, reachOf, reasonsOf, stretchesOf } from '../src/lib/why';
import { sentenceOf } from '../src/lib/why-in-words';

const BOTH = ['textual', 'visual'];

/** The reason of one item, from its score, its score without any, and those without each. */
function reason(...numbers: number[]) {
  return reasonsOf([7], BOTH.slice(0, numbers.length - 2), Float32Array.from(numbers))[0]!;
}

describe('what pushed an item', () => {
  it('is read row by row, what is there without content first', () => {
    const [first, second] = reasonsOf([4, 9], BOTH, new Float32Array([3, 1, 2.5, 1.5, -1, -1, -1, -1]));
    expect(first).toEqual({
      item: 4,
      score: 3,
      pushes: [
        { modality: null, value: 1 },
        { modality: 'textual', value: 0.5 },
        { modality: 'visual', value: 1.5 },
      ],
      remainder: 0,
    });
    expect(second?.item).toBe(9);
    expect(second?.pushes.map(({ value }) => value)).toEqual([-1, 0, 0]);
  });

  it('is refused where there are other numbers than items', () => {
    expect(() => reasonsOf([4, 9], BOTH, new Float32Array(4))).toThrow('other items');
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
    const [own] = reasonsOf([1], ['looks'], new Float32Array([3, 1, 1]));
    expect(sentenceOf(own!, true)).toBe('Mostly its “looks”: 67 % of the score.');
  });
});
