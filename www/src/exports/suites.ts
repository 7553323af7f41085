import { against, differencesIn, formatChange, formatDifference, formatP } from '../lib/comparisons';
import { metric as describe } from '../lib/metrics';
import type { SuiteAnswer, SuiteComparisons, SuiteDifference, SuiteRow, SuiteTable } from '../lib/types';
import type { Experiment } from '../measured/measured';
import { type Cell, cell, dataNote, metricCell, metricColumn, type ResultTable, type Source } from './table';

export function sourceOfSuite(experiment: Experiment, table: SuiteTable, cutoff: number): Source {
  return {
    name: `${experiment.name}-${cutoff}`,
    title: `${experiment.question} Lists of ${cutoff}`,
    notes: [
      dataNote(table.dataset, experiment.data.synthetic),
      experiment.terms,
      `Receipts: suites/results/${experiment.name} of Fusebox.`,
    ],
  };
}

/** Rows of a suite, their means and deviations over seeds. */
export function tableOfSuite(
  experiment: Experiment,
  table: SuiteTable,
  rows: readonly SuiteRow[],
  metrics: readonly string[],
  cutoff: number,
): ResultTable {
  return {
    ...sourceOfSuite(experiment, table, cutoff),
    rowTitle: 'row',
    columns: metrics.map((name) => metricColumn(name, cutoff)),
    rows: rows.map(({ label, system, variant, modalities, seeds, test }) => ({
      title: label,
      facts: {
        system,
        variant,
        modalities: modalities?.join(' ') ?? '',
        seeds,
        dataset: table.dataset.name,
        'dataset-digest': table.dataset.digest,
        synthetic: experiment.data.synthetic,
      },
      cells: metrics.map((name) => {
        const summary = test[name]?.[cutoff];
        return metricCell(name, summary?.mean, summary?.deviation);
      }),
    })),
  };
}

/** The numbers of a difference, each under its head. */
const NUMBERS: readonly {
  name: string;
  group: string;
  title: string;
  cell: (difference: SuiteDifference) => Cell;
}[] = [
  {
    name: 'difference',
    group: 'Difference',
    title: '',
    cell: ({ difference }) => cell(difference, formatDifference),
  },
  {
    name: 'relative',
    group: 'In per cent',
    title: '',
    cell: ({ relative }) => cell(relative, (share) => formatChange(share)),
  },
  ...([0, 1] as const).map((end) => ({
    name: `interval-${['low', 'high'][end]}`,
    group: '95 % interval',
    title: ['from', 'to'][end] ?? '',
    cell: ({ interval }: SuiteDifference) => cell(interval[end], formatDifference),
  })),
  ...(
    [
      ['difference', 'p, difference'],
      ['signed-rank', 'p, ranks'],
      ['equivalence', 'p, sameness'],
    ] as const
  ).flatMap(([kind, group]) => [
    {
      name: `p-${kind}`,
      group,
      title: 'plain',
      cell: ({ p }: SuiteDifference) => cell(p[kind], formatP),
    },
    {
      name: `p-${kind}-corrected`,
      group,
      title: 'corrected',
      cell: ({ corrected }: SuiteDifference) => cell(corrected[kind], formatP),
    },
  ]),
  {
    name: 'seeds-mean',
    group: 'Seeds',
    title: 'mean',
    cell: ({ seeds }) => cell(seeds?.mean, formatDifference),
  },
  {
    name: 'seeds-deviation',
    group: 'Seeds',
    title: 'deviation',
    cell: ({ seeds }) => cell(seeds?.deviation, (deviation) => deviation.toFixed(4)),
  },
];

export function sourceOfAnswer(
  experiment: Experiment,
  comparisons: SuiteComparisons,
  { question }: SuiteAnswer,
  metric: string,
): Source {
  const number = comparisons.questions.findIndex((answer) => answer.question === question) + 1;
  return {
    name: `${experiment.name}-question-${number}-${metric}`,
    title: `${question} Differences in ${describe(metric).title}`,
    notes: [
      dataNote(comparisons.dataset, experiment.data.synthetic),
      `Lists of ${comparisons.cutoff}, ${comparisons.users} users, corrected for ${comparisons.tests} differences (Holm).`,
      `Receipts: suites/results/${experiment.name} of Fusebox.`,
    ],
  };
}

/** The pairs of a question, with everything their findings rest on. */
export function tableOfAnswer(
  experiment: Experiment,
  comparisons: SuiteComparisons,
  answer: SuiteAnswer,
  metric: string,
): ResultTable {
  return {
    ...sourceOfAnswer(experiment, comparisons, answer, metric),
    rowTitle: 'pair',
    columns: NUMBERS.map(({ name, group, title }) => ({ name, group, title, better: 'neither' })),
    rows: differencesIn(answer, metric).map(({ pair, difference }) => ({
      title: `${pair.label}, against ${against(pair)}`,
      facts: {
        label: pair.label,
        'compared-with': pair['compared-with'],
        metric: `${metric}@${comparisons.cutoff}`,
        finding: difference.finding,
        dataset: comparisons.dataset.name,
        'dataset-digest': comparisons.dataset.digest,
        synthetic: experiment.data.synthetic,
      },
      cells: NUMBERS.map(({ cell }) => cell(difference)),
    })),
  };
}
