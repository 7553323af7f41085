import type { FinishedRun } from '../lib/finished-run';
import { METRICS } from '../lib/metrics';
import { rateWords } from '../lib/rates';
import { runName } from '../lib/receipt';
import { cutoffsOf, valueAt } from '../lib/tables';
import type { DatasetSummary, RunSpec } from '../lib/types';
import { paperRowOf } from '../paper/paper';
import { dataNote, type Fact, metricCell, metricColumn, type ResultTable, type Source } from './table';

/** What is known of a run beside its numbers. */
export function factsOf({ receipt, synthetic }: FinishedRun): Record<string, Fact> {
  const { spec, dataset } = receipt;
  return {
    system: spec.system,
    variant: spec.variant,
    modalities: spec.modalities?.join(' ') ?? '',
    placebo: spec.placebo ?? 'none',
    dataset: dataset.name,
    'dataset-digest': dataset.digest,
    synthetic,
    seed: spec.seed,
    'learning-rate-changes': rateWords(spec),
    'best-epoch': receipt['best-epoch'],
    backend: receipt.backend.kind,
    program: receipt.program,
  };
}

/** Told from other runs of the same system. */
function titleOf({ systemTitle, receipt }: FinishedRun): string {
  const { modalities, seed } = receipt.spec;
  const facts = [modalities?.join(' + '), rateWords(receipt.spec), `seed ${seed}`].filter(Boolean);
  return `${systemTitle} (${facts.join(', ')})`;
}

export function sourceOfRun({ receipt, systemTitle, synthetic }: FinishedRun): Source {
  return {
    name: runName(receipt),
    title: `${systemTitle} on ${receipt.dataset.name}`,
    notes: [
      dataNote(receipt.dataset, synthetic),
      `One run, seed ${receipt.spec.seed}, epoch ${receipt['best-epoch']} of at most ${receipt.spec.training.epochs}, program ${receipt.program.slice(0, 16)}.`,
    ],
  };
}

/** A run that may still go on. */
export function sourceOfTraining(
  { spec, epoch }: { spec: RunSpec; epoch: number },
  systemTitle: string,
  { name, digest, provenance }: DatasetSummary,
): Source {
  return {
    name: `${spec.system}-${name}-seed-${spec.seed}`,
    title: `${systemTitle} on ${name}`,
    notes: [
      dataNote({ name, digest }, provenance.synthetic),
      `One run, seed ${spec.seed}, after epoch ${epoch} of at most ${spec.training.epochs}; metrics are of the validation part.`,
    ],
  };
}

/** All metrics of one run, a row each. */
export function tableOfRun(run: FinishedRun): ResultTable {
  const { metrics } = run.receipt;
  const facts = factsOf(run);
  const parts = (['test', 'validation'] as const).flatMap((part) =>
    cutoffsOf(metrics[part]).map((cutoff) => ({ part, cutoff })),
  );
  return {
    ...sourceOfRun(run),
    rowTitle: 'metric',
    columns: parts.map(({ part, cutoff }) => ({
      name: `${part}@${cutoff}`,
      group: part === 'test' ? 'Test' : 'Validation',
      title: `@${cutoff}`,
      // What is in a column are different metrics, among which there is no best.
      better: 'neither',
    })),
    rows: METRICS.filter(({ name }) => metrics.test[name]).map(({ name, title }) => ({
      title,
      facts: { name, ...facts },
      cells: parts.map(({ part, cutoff }) => metricCell(name, valueAt(metrics[part], name, cutoff))),
    })),
  };
}

/** Runs side by side on test, those of the paper below where they are asked for. */
export function tableOfRuns(
  runs: readonly FinishedRun[],
  names: readonly string[],
  cutoffs: readonly number[],
  paper: boolean,
): ResultTable {
  const columns = names.flatMap((name) => cutoffs.map((cutoff) => ({ name, cutoff })));
  const published = runs.flatMap(
    ({ receipt }) => paperRowOf(receipt.dataset.name, receipt.spec.system) ?? [],
  );
  const distinct = [...new Map(published.map((found) => [found.row.system, found])).values()];
  const blank: Record<string, Fact> = Object.fromEntries(
    Object.keys(runs[0] ? factsOf(runs[0]) : {}).map((name) => [name, null]),
  );
  const datasets = new Map(runs.map((run) => [run.receipt.dataset.digest, run]));
  return {
    name: 'fusebox-runs',
    title: 'Test results of runs side by side',
    notes: [
      ...[...datasets.values()].map(({ receipt, synthetic }) => dataNote(receipt.dataset, synthetic)),
      'One run a row: differences may be chance.',
    ],
    rowTitle: 'run',
    columns: columns.map(({ name, cutoff }) => metricColumn(name, cutoff)),
    rows: [
      ...runs.map((run) => ({
        title: titleOf(run),
        facts: factsOf(run),
        cells: columns.map(({ name, cutoff }) =>
          metricCell(name, valueAt(run.receipt.metrics.test, name, cutoff)),
        ),
      })),
      ...(paper ? distinct : []).map(({ dataset, row }) => ({
        title: `${row.title} (paper, ${dataset}: other data)`,
        facts: { ...blank, system: row.system, dataset: `${dataset} of the paper`, synthetic: false },
        cells: columns.map(({ name, cutoff }) => metricCell(name, valueAt(row.test, name, cutoff))),
        apart: true,
      })),
    ],
  };
}
