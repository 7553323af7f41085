import { describe, expect, it } from 'vitest';

import type { SuiteRow, SuiteTable, Variant } from '../src/lib/types';
import { comparedRows, finding, measuredMetrics, setting } from '../src/measured/table';
import { paperRowOf } from '../src/paper/paper';

type Values = Record<string, number>;

/** A row with these means at 20 and a deviation of a hundredth of each. */
function row(system: string, values: Values, variant: Variant = 'corrected', tried: number[] = []): SuiteRow {
  const summary = (mean: number) => ({ 20: { mean, deviation: mean / 100 } });
  const label = variant === 'corrected' ? system : `${system}, as published`;
  return {
    label,
    system,
    variant,
    modalities: ['textual'],
    coverage: { textual: 0.75 },
    'hyper-parameters': { factors: 64, 'learning-rate': 0.001 },
    chosen: tried.length ? { 'learning-rate': 0.001 } : {},
    configurations: Math.max(1, tried.length),
    seeds: 5,
    test: Object.fromEntries(Object.entries(values).map(([name, mean]) => [name, summary(mean)])),
    validation: null,
    'seconds-per-epoch': null,
    'best-epoch': null,
    tuning: tried.map((validation, seed) => ({
      name: `${label}-${seed}`,
      seed,
      'hyper-parameters': {},
      validation,
      failure: null,
    })),
    runs: [],
  };
}

function table(rows: SuiteRow[]): SuiteTable {
  return {
    name: '',
    description: '',
    dataset: { name: 'amazon-office', digest: '' },
    programs: [],
    selection: 'recall@20',
    cutoffs: [20],
    rows,
  };
}

describe('what a tuned table says', () => {
  const tuned = (recalls: Values) =>
    table(Object.entries(recalls).map(([system, recall]) => row(system, { recall }, 'corrected', [recall])));

  it('names the best, and who does not beat BPR-MF', () => {
    const text = finding(tuned({ 'bpr-mf': 0.1, freedom: 0.125, mmgcn: 0.09, ngcf: 0.1 }), 20);
    expect(text).toContain('freedom finds most: Recall@20 is 0.1250, 25 % more than BPR-MF');
    expect(text).toContain('mmgcn and ngcf do not beat it.');
  });

  it('says nothing of losers where there are none', () => {
    expect(finding(tuned({ 'bpr-mf': 0.1, freedom: 0.125 }), 20)).not.toContain('beat');
  });
});

describe('whether a lead survives the correction', () => {
  it('tells the metrics on which GRCN or VBPR lead, as published and corrected', () => {
    const text = finding(
      table([
        row('vbpr', { efd: 0.2, gini: 0.5, aplt: 0.2 }),
        row('vbpr', { efd: 0.4, gini: 0.5, aplt: 0.2 }, 'as-published'),
        row('grcn', { efd: 0.1, gini: 0.1, aplt: 0.1 }),
        row('grcn', { efd: 0.1, gini: 0.1, aplt: 0.9 }, 'as-published'),
        row('freedom', { efd: 0.3, gini: 0.3, aplt: 0.3 }),
      ]),
      20,
    );
    expect(text).toContain(
      'As published, one of the two comes first here on EFD, Gini (1\u00a0−\u00a0G), and APLT; corrected, on Gini (1\u00a0−\u00a0G).',
    );
  });

  it('says so when nothing changes, and when there is no lead', () => {
    const rows = (gini: number) => [
      row('vbpr', { gini }),
      row('vbpr', { gini }, 'as-published'),
      row('freedom', { gini: 0.3 }),
    ];
    expect(finding(table(rows(0.5)), 20)).toContain('The lead survives the correction');
    expect(finding(table(rows(0.1)), 20)).toContain('Neither leads here.');
  });
});

describe('the rows', () => {
  it('stand beside the paper’s values where the data are the paper’s', () => {
    const paper = paperRowOf('office', 'vbpr')?.row.test.recall?.['20'];
    const rows = table([row('vbpr', { recall: 0.11 })]);
    expect(comparedRows(rows.rows, 20, 'office')[0]?.beside?.recall).toEqual([
      '± 0.0011',
      `paper ${paper?.toFixed(4)}`,
    ]);
    expect(comparedRows(rows.rows, 20, null)[0]?.beside?.recall).toEqual(['± 0.0011']);
  });

  it('have the metrics of a receipt’s order, those that are there', () => {
    expect(measuredMetrics(table([row('vbpr', { gini: 0.1, recall: 0.1, own: 1 })]))).toEqual([
      'recall',
      'gini',
    ]);
  });

  it('say what was set', () => {
    const rows = comparedRows([row('vbpr', { recall: 0.1 })], 20, null);
    expect(rows[0]?.idea).toBe('factors 64, learning-rate 0.001. Items with content: textual 75.0 %.');
    const tuned = comparedRows([row('vbpr', { recall: 0.1 }, 'corrected', [0.1, 0.2])], 20, null);
    expect(tuned[0]?.idea).toBe('Chosen of 2: learning-rate 0.001. Items with content: textual 75.0 %.');
    expect(setting({ factors: 64, 'learning-rate': 1e-5 })).toBe('factors 64, learning-rate 1e-5');
  });
});
