import { describe, expect, it } from 'vitest';

import { contentsOf } from '../src/lib/own-content';
import type { ItemCard, Missing, RunSpec } from '../src/lib/types';

const none = Number.NaN;

const cards = [
  { item: 4, title: 'Desk', description: '', thumbnail: 2 },
  { item: 9, title: '', description: '', thumbnail: null },
] as ItemCard[];

/** Item 9 has words, and no picture. */
const features = async (modality: string) =>
  modality === 'visual' ? Float32Array.of(1, 0, none, none) : Float32Array.of(1, 1);

function contents(spec: Partial<RunSpec>, from: Parameters<typeof contentsOf>[3] = features) {
  return contentsOf(spec as RunSpec, ['textual', 'visual'], cards, from);
}

const missing = (more: Partial<Missing>): Partial<RunSpec> => ({
  missing: { policy: 'mean', rate: 0, 'taken-from': 'random', ...more },
});

describe('what a run had for a modality of an item', () => {
  it('is the item’s own content where the data have it', async () => {
    const [desk, bare] = await contents({});
    expect(desk).toEqual(['own', 'own']);
    expect(bare).toEqual(['own', 'absent']);
  });

  it('is unclear where content is taken away by lot, but not where the data have none', async () => {
    expect(await contents(missing({ rate: 0.5 }))).toEqual([
      ['unclear', 'unclear'],
      ['unclear', 'absent'],
    ]);
    expect(await contents(missing({ rate: 0.5, modalities: ['textual'], side: 'test' }))).toEqual([
      ['unclear', 'own'],
      ['unclear', 'absent'],
    ]);
    expect((await contents(missing({ rate: 1 })))[0]).toEqual(['replaced', 'replaced']);
    expect((await contents(missing({ rate: 0.5, side: 'train' })))[0]).toEqual(['own', 'own']);
  });

  it('is its own on every list that items without content are not on', async () => {
    expect((await contents(missing({ rate: 0.5, policy: 'drop' })))[0]).toEqual(['own', 'own']);
  });

  it('is never its own with a placebo', async () => {
    expect(await contents({ placebo: 'shuffled' })).toEqual([
      ['replaced', 'replaced'],
      ['replaced', 'replaced'],
    ]);
  });

  it('is what is learned from, where that is pictures and words themselves', async () => {
    const design = { extraction: 'end-to-end', 'extraction-of': {} } as RunSpec['design'];
    expect(await contents({ design })).toEqual([
      ['own', 'own'],
      ['absent', 'absent'],
    ]);
    const sounds = await contentsOf({ design } as RunSpec, ['audio'], cards, features);
    expect(sounds).toEqual([['unclear'], ['unclear']]);
  });

  it('is unclear where the data do not answer', async () => {
    const silent = () => Promise.reject(new Error('The engine is not running.'));
    expect((await contents({}, silent))[0]).toEqual(['unclear', 'unclear']);
  });
});
