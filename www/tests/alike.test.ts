import { describe, expect, it } from 'vitest';

import { likenessInWords } from '../src/lib/likeness';
import type { ItemCard } from '../src/lib/types';
import { likenessOf, mostAlike } from '../src/worker/alike';
import type { DatasetHandle } from '../src/worker/wasm';

const none = Number.NaN;

/** Items 0 to 5 in the plane; 4 has no features, 5 none but zeros. */
const features = Float32Array.of(1, 0, 2, 0, 1, 1, -1, 0, none, none, 0, 0);

const cards = [0, 1, 2, 3, 4].map((item) => ({ item, id: `i${item}`, title: `Item ${item}` }) as ItemCard);

describe('what is most alike', () => {
  it('points in the same direction, however long', () => {
    const found = mostAlike(features, 2, 0, [0, 1, 2, 3, 4, 5], 3);
    expect(found?.map(({ item }) => item)).toEqual([1, 2]);
    expect(found?.[0]?.cosine).toBeCloseTo(1);
    expect(found?.[1]?.cosine).toBeCloseTo(Math.SQRT1_2);
  });

  it('is looked for among those that are asked about, each once, and no more than wanted', () => {
    expect(mostAlike(features, 2, 0, [2, 2, 3], 3)?.map(({ item }) => item)).toEqual([2]);
    expect(mostAlike(features, 2, 0, [1, 2], 1)).toHaveLength(1);
  });

  it('is unknown where an item has nothing to compare', () => {
    expect(mostAlike(features, 2, 4, [0, 1], 3)).toBeNull();
    expect(mostAlike(features, 2, 5, [0, 1], 3)).toBeNull();
  });

  it('is told by modality, in words', () => {
    const dataset = {
      summary: () => ({ modalities: { textual: { dim: 2 }, visual: { dim: 2 }, audio: { dim: 2 } } }),
      features: (modality: string) =>
        modality === 'visual' ? features : Float32Array.of(none, none, 0, 1, 1, 0, 0, 2, 1, 1, 0, 0),
    } as unknown as DatasetHandle;
    const history = cards.slice(1, 3);
    const likeness = likenessOf(dataset, cards, 0, [1, 2], 2);
    expect(likeness.map(({ modality, among }) => [modality, among?.map(({ item }) => item)])).toEqual([
      ['textual', undefined],
      ['visual', [1, 2]],
      ['audio', undefined],
    ]);
    expect(likeness[1]?.anywhere?.[0]?.item.title).toBe('Item 1');
    expect(likenessInWords(likeness, history)).toBe(
      'Of what this person chose, it looks most like “Item 1”. It has no words and no sound of its own.',
    );
    const other = likenessOf(dataset, cards, 3, [1, 2], 2);
    expect(likenessInWords(other, history)).toBe(
      'Of what this person chose, its words are nearest to those of “Item 1”; it sounds most like “Item 1”. By its picture it is like nothing this person chose.',
    );
  });
});
