import { describe, expect, it } from 'vitest';

import { metric, METRICS, metricsOf, PUBLISHED_METRICS } from '../src/lib/metrics';
import { cutoffsOf, markColumn, orderBy, shareOfLargest, valueAt } from '../src/lib/tables';
import { PAPER_DATASETS, paperDatasetOf, paperRowOf, paperRows } from '../src/paper/paper';

describe('marks', () => {
  it('gives the best and the second best, and shares a mark between equals', () => {
    expect(markColumn([0.1, 0.3, 0.2, 0.3], 'higher')).toEqual([null, 'best', 'second', 'best']);
  });

  it('takes the smallest where lower is better', () => {
    expect(markColumn([5, 1, 3], 'lower')).toEqual([null, 'best', 'second']);
  });

  it('marks nothing among fewer than two different values, nor where no side is better', () => {
    expect(markColumn([0.2], 'higher')).toEqual([null]);
    expect(markColumn([0.2, 0.2], 'higher')).toEqual([null, null]);
    expect(markColumn([1, 2], 'neither')).toEqual([null, null]);
  });

  it('never marks an undefined value', () => {
    expect(markColumn([null, 0, undefined, Number.NaN, 1], 'lower')).toEqual([
      null,
      'best',
      null,
      null,
      'second',
    ]);
  });
});

describe('order', () => {
  it('puts the best first, undefined last, and keeps ties as they were', () => {
    expect(orderBy([0.1, null, 0.3, 0.1], 'recall')).toEqual([2, 0, 3, 1]);
    expect(orderBy([10, 2, null], 'arp')).toEqual([1, 0, 2]);
  });
});

describe('a metric table', () => {
  const table = { recall: { '20': 0.2, '10': 0.1 }, 'pop-reo': { '10': null } };

  it('lists its cutoffs in order of size, not of spelling', () => {
    expect(cutoffsOf({ recall: { '100': 1, '20': 1, '5': 1 } })).toEqual([5, 20, 100]);
  });

  it('tells an undefined value from a missing one', () => {
    expect(valueAt(table, 'pop-reo', 10)).toBeNull();
    expect(valueAt(table, 'pop-reo', 20)).toBeUndefined();
    expect(valueAt(null, 'recall', 10)).toBeUndefined();
  });

  it('draws shares of the largest without dividing by zero', () => {
    expect(shareOfLargest(0.2, [0.1, 0.4, null])).toBe(0.5);
    expect(shareOfLargest(0, [0, 0])).toBe(0);
    expect(shareOfLargest(null, [1])).toBe(0);
  });
});

describe('the metrics', () => {
  it('are the twenty of a receipt, each once, each with words and a formula', () => {
    const names = METRICS.map(({ name }) => name);
    expect(names).toHaveLength(20);
    expect(new Set(names).size).toBe(20);
    for (const { plain, formula, title } of METRICS) {
      expect(plain).not.toBe('');
      expect(formula).not.toBe('');
      expect(title).not.toBe('');
    }
  });

  it('tell the two nDCGs apart by title and by words', () => {
    expect(metric('ndcg').title).not.toBe(metric('ndcg-binary').title);
    expect(metric('ndcg').plain).toMatch(/stars/);
    expect(metric('ndcg-binary').plain).toMatch(/same/);
  });

  it('lets a table with an unknown metric be shown', () => {
    expect(metric('serendipity').title).toBe('serendipity');
    expect(metricsOf('novelty', ['epc', 'serendipity', 'efd']).map(({ name }) => name)).toEqual([
      'efd',
      'epc',
    ]);
  });
});

describe('the published results', () => {
  it('hold six systems with six metrics at both cutoffs on five datasets', () => {
    for (const { name } of PAPER_DATASETS) {
      const rows = paperRows(name);
      expect(rows).toHaveLength(6);
      for (const { test } of rows) {
        for (const published of PUBLISHED_METRICS) {
          for (const cutoff of [10, 20]) expect(valueAt(test, published, cutoff)).toBeTypeOf('number');
        }
      }
    }
  });

  it('turn the coverage in percent into a ratio', () => {
    const vbpr = paperRows('office').find(({ system }) => system === 'vbpr');
    expect(valueAt(vbpr?.test, 'item-coverage-ratio', 10)).toBeCloseTo(0.9383, 10);
    expect(valueAt(vbpr?.test, 'recall', 20)).toBe(0.1025);
  });

  it('are found for a twin, and for nothing else', () => {
    expect(paperDatasetOf('office-twin')).toBe('office');
    expect(paperDatasetOf('movielens')).toBeNull();
    expect(paperRowOf('toys-twin', 'bm3')?.row.title).toBe('BM3');
    expect(paperRowOf('toys-twin', 'lightgcn')).toBeNull();
  });
});
