import { expect, it } from 'vitest';

import { VBPR } from './designs';
import type { DatasetSummary } from '../src/lib/types';
import { usable } from '../src/lib/usable';

it('asks for features only where a design looks at them', () => {
  const data = {
    modalities: { textual: {} },
    texts: true,
    thumbnails: { tile: 8, columns: 2 },
    sounds: null,
  };
  const of = (design: Partial<typeof VBPR>) =>
    usable(data as unknown as DatasetSummary, { ...VBPR, ...design });
  expect(usable(data as unknown as DatasetSummary, undefined)).toEqual(['textual']);
  expect(of({})).toEqual(['textual']);
  expect(of({ extraction: 'end-to-end' })).toEqual(['textual', 'visual']);
  expect(of({ 'extraction-of': { visual: 'end-to-end', audio: 'end-to-end' } })).toEqual([
    'textual',
    'visual',
  ]);
});
