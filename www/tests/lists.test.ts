import { expect, it } from 'vitest';

import type { Recommendation } from '../src/lib/types';
import { listsText } from '../src/worker/lists';

it('writes everybody’s list, one user after another', async () => {
  const place = (id: string, score: number) => ({ card: { id }, score, hit: null }) as Recommendation;
  const lists = [[place('P3', 1.5), place('P1', -0.25)], [], [place('P2', 2)]];
  const text = await listsText(
    3,
    (user) => `U${user}`,
    async (user) => lists[user] ?? [],
  );
  expect(text).toBe('U0\tP3\t1.5\nU0\tP1\t-0.25\nU2\tP2\t2\n');
});
