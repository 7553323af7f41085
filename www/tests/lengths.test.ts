import { describe, expect, it } from 'vitest';

import { inOrder, LENGTHS, lengthShown, withLength } from '../src/lib/lengths';

describe('lengths of lists', () => {
  it('are each there once, in order of size', () => {
    expect(inOrder([50, 5, 20, 5])).toEqual([5, 20, 50]);
  });

  it('are looked at as wanted, or else as usual, or else the longest', () => {
    expect(lengthShown(LENGTHS, 5)).toBe(5);
    expect(lengthShown(LENGTHS, null)).toBe(20);
    expect(lengthShown([5, 10], 50)).toBe(10);
    expect(lengthShown([], null)).toBe(0);
  });

  it('are taken and left out, but never all', () => {
    expect(withLength([10, 50], 20, true)).toEqual([10, 20, 50]);
    expect(withLength([10, 20], 20, true)).toEqual([10, 20]);
    expect(withLength([10, 20], 20, false)).toEqual([10]);
    expect(withLength([10], 10, false)).toEqual([10]);
  });
});
