import { describe, expect, it } from 'vitest';

import {
  against,
  commonPartner,
  comparedMetrics,
  formatChange,
  formatDifference,
  formatP,
  linesOf,
  pInWords,
  placeIn,
  plotRange,
  relativeInterval,
  tally,
  tallyWords,
} from '../src/lib/comparisons';
import type { SuiteAnswer, SuiteDifference, SuiteFinding } from '../src/lib/types';

function difference(relative: number | null, finding: SuiteFinding = 'open'): SuiteDifference {
  const p = { difference: 1, 'signed-rank': null, equivalence: 1 };
  const value = (relative ?? 1) * 0.2;
  return {
    difference: value,
    relative,
    interval: [value - 0.02, value + 0.02],
    seeds: null,
    p,
    corrected: p,
    finding,
  };
}

const answer = (differences: Record<string, SuiteDifference>[], partners = ['joint']): SuiteAnswer => ({
  question: '?',
  pairs: differences.map((differences, index) => ({
    label: `row ${index}`,
    'compared-with': partners[index % partners.length] ?? '',
    differences,
  })),
});

describe('an interval', () => {
  it('is taken in shares of the second row’s value', () => {
    const [low, high] = relativeInterval(difference(0.5)) ?? [];
    expect(low).toBeCloseTo(0.4, 12);
    expect(high).toBeCloseTo(0.6, 12);
    expect(relativeInterval(difference(-0.5))?.[0]).toBeCloseTo(-0.6, 12);
  });

  it('cannot be where the second value is zero, and is nothing where nothing differs', () => {
    expect(relativeInterval(difference(null))).toBeNull();
    expect(relativeInterval({ ...difference(0), interval: [0, 0] })).toEqual([0, 0]);
  });

  it('fits into the plot with the margin around zero', () => {
    const [smallest, largest] = plotRange(linesOf(answer([{ recall: difference(0.5) }]), 'recall'), 0.02);
    expect(smallest).toBeLessThan(-0.02);
    expect(largest).toBeGreaterThan(0.6);
    expect(plotRange(linesOf(answer([{}]), 'recall'), 0.02)[1]).toBeGreaterThan(0.02);
    const leaping = linesOf(answer([{ recall: difference(13) }, { recall: difference(-0.1) }]), 'recall');
    const range = plotRange(leaping, 0.02, 1);
    expect(range[1]).toBeLessThan(1.1);
    expect(placeIn(range, 13)).toEqual({ at: 1, beyond: true });
    expect(placeIn(range, -0.1).beyond).toBe(false);
  });
});

describe('an answer', () => {
  const asked = answer([
    { gini: difference(0.5, 'higher'), recall: difference(0.01, 'slightly-lower') },
    { gini: difference(0.5, 'slightly-higher'), recall: difference(0, 'same') },
    { gini: difference(0.5, 'open') },
  ]);

  it('is counted by what is found', () => {
    expect(tallyWords(tally(asked, 'gini'))).toBe('1 higher, 1 slightly higher, 1 open');
    expect(tallyWords(tally(asked, 'recall'))).toBe('1 the same, 1 slightly lower');
    expect(tallyWords(tally(asked, 'efd'))).toBe('');
  });

  it('names its metrics in their order, and the row that all are compared with', () => {
    expect(comparedMetrics([asked])).toEqual(['recall', 'gini']);
    expect(commonPartner(asked)).toBe('joint');
    expect(commonPartner(answer([{}, {}], ['joint', 'BPR-MF']))).toBeNull();
  });

  it('says in short what a row’s own variation is', () => {
    expect(against({ label: 'VBPR', 'compared-with': 'VBPR, placebo', differences: {} })).toBe('placebo');
    expect(
      against({ label: 'VBPR, 60 %, zeros', 'compared-with': 'VBPR, 60 %, mean', differences: {} }),
    ).toBe('mean');
    expect(against({ label: 'VBPR, 30 %, mean', 'compared-with': 'VBPR', differences: {} })).toBe('VBPR');
    expect(against({ label: 'VBPR', 'compared-with': 'VBPR-M, placebo', differences: {} })).toBe(
      'VBPR-M, placebo',
    );
    expect(commonPartner(answer([{}, {}], ['row 0, noise', 'row 1, noise']))).toBe('noise');
  });
});

describe('numbers', () => {
  it('have a sign, also where they are nearly nothing', () => {
    expect(formatChange(0.1562)).toBe('+15.6\u00a0%');
    expect(formatChange(-0.1562, 0)).toBe('−16\u00a0%');
    expect(formatChange(-0.0001)).toBe('±0.0\u00a0%');
    expect(formatDifference(-0.03667)).toBe('−0.0367');
    expect(formatDifference(12.345)).toBe('+12.35');
  });

  it('are as exact as a p-value deserves', () => {
    expect([null, 1, 0.01335, 0.00001].map(formatP)).toEqual(['–', '1', '0.013', '< 0.0001']);
    expect([0.01335, 0.00001].map(pInWords)).toEqual(['p\u00a0=\u00a00.013', 'p\u00a0<\u00a00.0001']);
  });
});
