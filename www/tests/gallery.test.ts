import { describe, expect, it } from 'vitest';

import { ENTRIES, readEntry } from '../src/gallery/gallery';
import { designWords } from '../src/lib/summary';
import type { Missing } from '../src/lib/types';
import index from '../../datasets-small/index.json';

describe('the gallery', () => {
  const read = Promise.all(ENTRIES.map(readEntry));

  it('has entries with titles of their own, in order', () => {
    const titles = ENTRIES.map(({ title }) => title);
    expect(new Set(titles).size).toBe(titles.length);
    expect(ENTRIES[0]?.name).toBe('1-best-sellers');
    expect(ENTRIES.every(({ sentence }) => /\.$/.test(sentence))).toBe(true);
  });

  it('holds links with claims about data that the page has, of which every one is synthetic', async () => {
    for (const { name, shared } of await read) {
      const data = index.find((entry) => entry.name === shared.spec.dataset.name);
      expect(data?.synthetic, name).toBe(true);
      expect(shared.claim?.test.recall?.[20], name).toBeGreaterThan(0);
    }
  });

  /** What the sentences say, held against the claims. */
  it('tells no tales', async () => {
    const claims = Object.fromEntries((await read).map(({ name, shared }) => [name, shared.claim?.test]));
    const at20 = (name: string, metric: string) => claims[name]?.[metric]?.[20] ?? NaN;
    const items = 492;
    expect(at20('1-best-sellers', 'item-coverage') / items).toBeLessThan(0.1);
    expect(at20('3-looks-and-words', 'recall')).toBeGreaterThan(at20('2-taste-alone', 'recall'));
    expect(at20('4-placebo', 'recall')).toBeLessThan(at20('3-looks-and-words', 'recall'));
    expect(at20('6-friends-of-friends', 'recall')).toBeGreaterThan(at20('2-taste-alone', 'recall'));
    expect(at20('6-friends-of-friends', 'item-coverage')).toBeLessThan(
      at20('2-taste-alone', 'item-coverage'),
    );
    expect(at20('7-alike-items', 'gini')).toBeGreaterThan(1.4 * at20('2-taste-alone', 'gini'));
  });

  it('says what sets a run apart', async () => {
    const words = Object.fromEntries(
      (await read).map(({ name, shared }) => [name, designWords(shared.spec)]),
    );
    expect(words['1-best-sellers']).toEqual(['not trained', 'seed 1']);
    const sellers = (await read).find(({ name }) => name === '1-best-sellers')!.shared.spec;
    const draft = { ...sellers, training: { ...sellers.training, epochs: 5 } };
    expect(designWords(draft, false)).toEqual(['not trained', 'seed 1']);
    expect(words['4-placebo']).toContain('shuffled content');
    expect(words['5-gaps']).toContain('90 % of the content taken away');
    const gaps = (await read).find(({ name }) => name === '5-gaps')!.shared.spec;
    const missing = { policy: 'mean', 'taken-from': 'random', rate: 0.5 } as const;
    const taken = (more: Partial<Missing>) => designWords({ ...gaps, missing: { ...missing, ...more } });
    expect(taken({ modalities: ['textual'] })).toContain('50 % of the texts taken away');
    expect(taken({ modalities: ['visual', 'smell'], side: 'test' })).toContain(
      '50 % of the pictures and “smell” taken away in the lists alone',
    );
    expect(taken({ 'taken-from': 'popular', rate: 0.125, side: 'train' })).toContain(
      '12.5 % of the content taken away from popular items first in training alone',
    );
    expect(taken({ rate: 0, dropout: 0.3 })).toContain('content hidden in training with a chance of 30 %');
    expect(words['8-own-design']).toContain('on the graph of who took what');
  });
});
