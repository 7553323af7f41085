/** The reader's own runs held against each other, on their way out of the page. */

import { type Line, nameOf } from '../lib/comparisons';
import type { FinishedRun } from '../lib/finished-run';
import { METRICS } from '../lib/metrics';
import type { OwnRow } from '../lib/own-runs';
import type { ValuesOfRow } from '../lib/types';
import { differenceCells, differenceColumns } from './differences';
import { dataNote, type Fact, metricCell, metricColumn, type ResultTable, type Source } from './table';

/** What is compared, as it stands in every file. */
export interface OwnComparison {
  rows: readonly OwnRow[];
  /** The label of the row that others are compared with. */
  base: string;
  title: string;
  slice: string;
  cutoff: number;
  users: number;
  /** How many differences were corrected together. */
  tests: number;
}

function factsOf({ receipt, synthetic }: FinishedRun): Record<string, Fact> {
  return { dataset: receipt.dataset.name, 'dataset-digest': receipt.dataset.digest, synthetic };
}

function seedsOf(rows: readonly OwnRow[]): string {
  return rows
    .map(({ label, runs }) => `${label}: seed ${runs.map(({ receipt }) => receipt.spec.seed).join(', ')}`)
    .join('; ');
}

/** Runs of a visit on the same data, not compared user by user. */
export function sourceOfRows(rows: readonly OwnRow[], cutoff: number): Source {
  const [first] = rows.flatMap(({ runs }) => runs);
  return {
    name: `fusebox-runs-${cutoff}`,
    title: `Runs of one visit, lists of ${cutoff}`,
    notes: [
      ...(first ? [dataNote(first.receipt.dataset, first.synthetic)] : []),
      `Means over seeds on test. ${seedsOf(rows)}. Differences may be chance.`,
    ],
  };
}

export function sourceOfOwn({ rows, title, cutoff, users, tests }: OwnComparison): Source {
  const [first] = rows.flatMap(({ runs }) => runs);
  const single = rows.some(({ runs }) => runs.length === 1);
  return {
    name: `fusebox-comparison-${cutoff}`,
    title,
    notes: [
      ...(first ? [dataNote(first.receipt.dataset, first.synthetic)] : []),
      `Lists of ${cutoff}, ${users} users, corrected for ${tests} differences (Holm).`,
      `${seedsOf(rows)}.${single ? ' What another seed would change is not in the intervals of a single run.' : ''}`,
    ],
  };
}

/** The values of the rows beside each other, which are a chart of their own. */
export function sourceOfStrips(comparison: OwnComparison): Source {
  return { ...sourceOfOwn(comparison), name: `fusebox-comparison-strips-${comparison.cutoff}` };
}

/** Differences, with everything their findings rest on. */
export function tableOfLines(
  comparison: OwnComparison,
  lines: readonly Line[],
  metric: string | null,
): ResultTable {
  const { rows, base, slice, cutoff } = comparison;
  const [first] = rows.flatMap(({ runs }) => runs);
  return {
    ...sourceOfOwn(comparison),
    rowTitle: 'difference',
    columns: differenceColumns,
    rows: lines.map((line) => ({
      title: nameOf(line),
      facts: {
        'compared-with': base,
        metric: `${line.metric ?? metric ?? ''}@${cutoff}`,
        slice,
        finding: line.difference.finding,
        ...(first ? factsOf(first) : {}),
      },
      cells: differenceCells(line.difference),
    })),
  };
}

/** Every metric of every row at every length. */
export function tableOfValues(
  comparison: OwnComparison,
  values: readonly ValuesOfRow[],
  cutoffs: readonly number[],
): ResultTable {
  const names = METRICS.map(({ name }) => name).filter((name) => values[0]?.test[name]);
  const columns = names.flatMap((name) => cutoffs.map((cutoff) => ({ name, cutoff })));
  return {
    ...sourceOfOwn(comparison),
    name: 'fusebox-comparison-values',
    title: `Every metric, ${comparison.slice}`,
    rowTitle: 'row',
    columns: columns.map(({ name, cutoff }) => metricColumn(name, cutoff)),
    rows: values.map(({ label, test }, index) => {
      const runs = comparison.rows[index]?.runs ?? [];
      return {
        title: label,
        facts: { slice: comparison.slice, seeds: runs.length, ...(runs[0] ? factsOf(runs[0]) : {}) },
        cells: columns.map(({ name, cutoff }) => {
          const value = test[name]?.[cutoff];
          return metricCell(name, value?.mean, value?.deviation);
        }),
      };
    }),
  };
}
