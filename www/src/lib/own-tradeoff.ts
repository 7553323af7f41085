/** Which of the reader's runs are drawn together, two of their metrics against each other. */

import type { FinishedRun } from './finished-run';
import { formatMetric } from './format';
import { obstacle, type OwnRow, rowsOf } from './own-runs';
import { type ComparedRow, cutoffsOf, valueAt } from './tables';

export interface Drawn {
  /** Those that are drawn, of one design each. */
  own: readonly OwnRow[];
  /** The same, with means over their seeds. */
  rows: readonly ComparedRow[];
  /** The name of the row that a run is in, by the run's number. */
  names: ReadonlyMap<number, string>;
  /** How many runs are left out, and why. */
  leftOut: string;
}

function compared({ label, runs }: OwnRow, cutoff: number): ComparedRow {
  const tables = runs.map(({ receipt }) => receipt.metrics.test);
  const test: ComparedRow['test'] = {};
  const beside: Record<string, string[]> = {};
  for (const name of Object.keys(tables[0] ?? {})) {
    const values = tables.flatMap((table) => valueAt(table, name, cutoff) ?? []);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    test[name] = { [cutoff]: values.length > 0 ? mean : null };
    const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    if (values.length > 1)
      beside[name] = [`± ${formatMetric(name, Math.sqrt(squares / (values.length - 1)))}`];
  }
  return { name: String(runs[0]?.number), title: label, idea: '', test, beside };
}

/** The runs that are judged as the latest is, on its data, at lists of a length. */
export function drawnTogether(runs: readonly FinishedRun[], cutoff: number): Drawn {
  const latest = runs.at(-1);
  const reasonOf = (run: FinishedRun): string | null =>
    (latest && obstacle(run, latest)) ??
    (cutoffsOf(run.receipt.metrics.test).includes(cutoff) ? null : `not judged at ${cutoff}`);
  const reasons = runs.flatMap((run) => reasonOf(run) ?? []);
  const own = rowsOf(runs.filter((run) => reasonOf(run) === null));
  const counted = [...new Set(reasons)].map((reason) => {
    const count = reasons.filter((other) => other === reason).length;
    return `${count} ${count === 1 ? 'run' : 'runs'} (${reason})`;
  });
  return {
    own,
    rows: own.map((row) => compared(row, cutoff)),
    names: new Map(
      own.flatMap((row) => row.runs.map(({ number }) => [number, String(row.runs[0]?.number)] as const)),
    ),
    leftOut: counted.length > 0 ? `Left out: ${counted.join(', ')}.` : '',
  };
}
