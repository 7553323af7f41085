import { describe, expect, it } from 'vitest';
import { firstSpec } from '../src/lib/defaults';
import type { Design, Extraction } from '../src/lib/types';
import { learnsFromPictures } from '../src/worker/pictures';

describe('pictures are decoded', () => {
  const learns = (extraction: Extraction, visual?: Extraction) => {
    const own = visual ? { 'extraction-of': { visual } } : {};
    return learnsFromPictures({ ...firstSpec(), design: { extraction, ...own } as Design });
  };

  it('where a design learns from them, and not where it learns from others alone', () => {
    expect(learns('end-to-end')).toBe(true);
    expect(learns('frozen', 'end-to-end')).toBe(true);
    expect(learns('end-to-end', 'frozen')).toBe(false);
    expect(learns('fine-tuned')).toBe(false);
    expect(learnsFromPictures(firstSpec())).toBe(false);
  });
});
