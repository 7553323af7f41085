import { describe, expect, it } from 'vitest';

import type { SuiteRow, SuiteTable, Variant } from '../src/lib/types';
import { comparedRows, finding, MEASUREMENTS } from '../src/measured/measured';
import { paperRowOf } from '../src/paper/paper';

type Values = Record<string, number>;

/** A row with these means at 20 and a deviation of a hundredth of each. */
function row(system: string, values: Values, variant: Variant = 'corrected'): SuiteRow {
  const summary = (mean: number) => ({ 20: { mean, deviation: mean / 100 } });
  return {
    label: variant === 'corrected' ? system : `${system}, as published`,
    system,
    variant,
    modalities: ['textual'],
    'hyper-parameters': { factors: 64, 'learning-rate': 0.001 },
    chosen: {},
    configurations: 1,
    seeds: 5,
    test: Object.fromEntries(Object.entries(values).map(([name, mean]) => [name, summary(mean)])),
    validation: null,
    'seconds-per-epoch': null,
    'best-epoch': null,
    tuning: [],
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
      'As published, one of the two comes first here on EFD, Gini (1 − G), and APLT; corrected, on Gini (1 − G).',
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
    expect(comparedRows(rows, 20, 'office')[0]?.beside?.recall).toEqual([
      '± 0.0011',
      `paper ${paper?.toFixed(4)}`,
    ]);
    expect(comparedRows(rows, 20, null)[0]?.beside?.recall).toEqual(['± 0.0011']);
  });

  it('say what was set', () => {
    const rows = comparedRows(table([row('vbpr', { recall: 0.1 })]), 20, null);
    expect(rows[0]?.idea).toBe('factors 64, learning-rate 0.001');
  });
});

describe('the committed tables', () => {
  it.each(MEASUREMENTS)(
    '$title has a finding and a name of its own for each row',
    async ({ load, paper }) => {
      const committed = await load();
      expect(finding(committed, 20)).not.toBe('');
      expect(new Set(committed.rows.map(({ label }) => label)).size).toBe(committed.rows.length);
      for (const compared of comparedRows(committed, 20, paper))
        expect(compared.test.recall?.['20']).toBeGreaterThan(0);
    },
  );
});
