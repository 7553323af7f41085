import { describe, expect, it } from 'vitest';

import { hitsInWords, rerankingInWords, rerankingOf } from '../src/lib/reranking';
import type { Recommendation } from '../src/lib/types';

function listOf(...items: (number | [number, 'test'])[]): Recommendation[] {
  return items.map((one) => {
    const [item, hit] = Array.isArray(one) ? one : [one, null];
    return {
      card: { item, id: `i${item}`, title: '', description: '', kind: '', thumbnail: null, popularity: 1 },
      score: 0,
      hit,
    };
  });
}

describe('a list made anew', () => {
  it('tells who moved, came and went', () => {
    const { places, gone } = rerankingOf(listOf(1, 2, 3), listOf(3, 4, 2));
    expect(places.map(({ moved }) => moved)).toEqual([2, null, -1]);
    expect(gone.map(({ card }) => card.item)).toEqual([1]);
  });

  it.each([
    [[1, 2], [1, 2], 'The list stays as it was.'],
    [[1, 2], [2, 1], '2 items moved.'],
    [[1, 2, 3], [1, 2, 4], '1 item came, 1 went.'],
    [[1, 2, 3], [3, 2, 4], '1 item moved, 1 came, 1 went.'],
    [[1, 2], [1], '1 item went.'],
  ])('is told in words: %j to %j', (before, after, told) => {
    expect(rerankingInWords(rerankingOf(listOf(...before), listOf(...after)))).toBe(told);
  });

  it('counts hits', () => {
    expect(hitsInWords(listOf(1, 2))).toBe('no hit among 2');
    expect(hitsInWords(listOf([1, 'test'], 2))).toBe('one hit among 2');
    expect(hitsInWords(listOf([1, 'test'], [2, 'test'], 3))).toBe('2 hits among 3');
  });
});
