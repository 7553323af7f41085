import { against, differencesIn } from '../lib/comparisons';
import { metric as describe } from '../lib/metrics';
import type { SuiteAnswer, SuiteComparisons, SuiteRow, SuiteTable } from '../lib/types';
import type { Experiment } from '../measured/measured';
import { differenceCells, differenceColumns } from './differences';
import { dataNote, metricCell, metricColumn, type ResultTable, type Source } from './table';

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
    columns: differenceColumns,
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
      cells: differenceCells(difference),
    })),
  };
}
