import { describe, expect, it } from 'vitest';

import { Reasons } from '../src/lib/reasons.svelte';
import type { Recommendation } from '../src/lib/types';

function listOf(...items: number[]): Recommendation[] {
  return items.map((item) => ({
    card: { item, id: `i${item}`, title: '', description: '', kind: '', thumbnail: null, popularity: 1 },
    score: 1,
    hit: null,
  }));
}

interface Question {
  weights: number[];
  answer: (list: Recommendation[]) => void;
  refuse: (error: Error) => void;
}

/** A run that takes itself apart at once, and makes other lists when the test says so. */
function run(why?: () => Promise<Float32Array>) {
  const asked: Question[] = [];
  const explained: number[][] = [];
  const reasons = new Reasons({
    modalities: ['textual', 'visual'],
    why:
      why ??
      (async (_, items) => {
        explained.push([...items]);
        return Float32Array.from([...items].flatMap(() => [3, 1, 2, 2]));
      }),
    contents: async (cards) => cards.map(() => ['own', 'own']),
    reweighted: (_, __, weights) =>
      new Promise((answer, refuse) => asked.push({ weights: [...weights], answer, refuse })),
    training: () => false,
  });
  return { reasons, asked, explained };
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

const trained = { user: 0, length: 2, list: listOf(1, 2) };

describe('reasons', () => {
  it('are those of the list as it is, with no other list asked for', async () => {
    const { reasons, asked } = run();
    await reasons.find(trained);
    expect([...reasons.reasons.keys()]).toEqual([1, 2]);
    expect([reasons.exact, reasons.list, asked.length]).toEqual([true, null, 0]);
  });

  it('say why there are none', async () => {
    const { reasons } = run(() => Promise.reject(new Error('its scores cannot be taken apart')));
    await reasons.find(trained);
    expect(reasons.problem).toBe('its scores cannot be taken apart');
    expect(reasons.reasons.size).toBe(0);
  });

  it('come with the list that other weights make, and that one goes with the reset', async () => {
    const { reasons, asked, explained } = run();
    reasons.weigh(1, 0);
    const found = reasons.find(trained);
    asked[0]?.answer(listOf(2, 3));
    await found;
    expect(asked[0]?.weights).toEqual([1, 0]);
    expect(reasons.list?.map(({ card }) => card.item)).toEqual([2, 3]);
    expect(explained).toEqual([[2, 3]]);
    reasons.weigh(1, 0.5);
    const again = reasons.find(trained);
    asked[1]?.answer(listOf(3, 4));
    await again;
    expect(explained, 'what is known already is not asked again').toEqual([[2, 3], [4]]);
    reasons.reset();
    await reasons.find(trained);
    expect([reasons.list, reasons.changed]).toEqual([null, false]);
  });

  it('follow a weight while it is moved, leaving out what was passed by', async () => {
    const { reasons, asked } = run();
    for (const weight of [0.9, 0.8, 0.7]) {
      reasons.weigh(0, weight);
      void reasons.find(trained);
    }
    expect(asked).toHaveLength(1);
    asked[0]?.answer(listOf(2, 1));
    await settle();
    expect(reasons.list?.map(({ card }) => card.item)).toEqual([2, 1]);
    expect(asked[1]?.weights[0]).toBeCloseTo(0.7);
    asked[1]?.answer(listOf(3, 1));
    await settle();
    expect(reasons.list?.map(({ card }) => card.item)).toEqual([3, 1]);
    expect(asked).toHaveLength(2);
  });

  it('never show a list of weights that were taken back, or of another user', async () => {
    const { reasons, asked } = run();
    reasons.weigh(0, 0);
    void reasons.find(trained);
    reasons.reset();
    void reasons.find(trained);
    asked[0]?.answer(listOf(9));
    await settle();
    expect(reasons.list).toBeNull();

    reasons.weigh(0, 0);
    void reasons.find(trained);
    reasons.forget();
    asked[1]?.answer(listOf(9));
    await settle();
    expect([reasons.list, reasons.reasons.size]).toEqual([null, 0]);
  });

  it('stay where the list cannot be made anew, and say so', async () => {
    const { reasons, asked } = run();
    reasons.weigh(0, 0);
    const found = reasons.find(trained);
    asked[0]?.refuse(new Error('weights are part of what was learned'));
    await found;
    expect(reasons.fixed).toBe('weights are part of what was learned');
    expect(reasons.reasons.size).toBe(2);
  });
});
