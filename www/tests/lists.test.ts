import { expect, it } from 'vitest';

import type { ItemCard } from '../src/lib/types';
import { listsText } from '../src/worker/lists';

it('writes everybody’s list, one user after another, with scores as short as they can be', () => {
  const cards = ['P1', 'P2', 'P3'].map((id) => ({ id }) as ItemCard);
  const start = Uint32Array.of(0, 3, 3, 4);
  const score = Float32Array.of(1.5, -0.1, -0.25, 1 / 3);
  const text = listsText([start, Uint32Array.of(2, 0, 1, 1), score], 2, ['U0', 'U1', 'U2'], cards);
  expect(text).toBe('U0\tP3\t1.5\nU0\tP1\t-0.1\nU2\tP2\t0.33333334\n');
});
