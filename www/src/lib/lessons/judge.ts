import { valueAt } from '../tables';
import type { MetricTable } from '../types';
import type { Guess, Measure, Prediction } from './lesson';

/** A finished run as a lesson remembers it. */
export interface KeptRun {
  title: string;
  data: string;
  synthetic: boolean;
  seed: number;
  epoch: number;
  /** How it was trained; null where nothing is, absent in what an older page remembered. */
  training?: { epochs: number; batchSize: number } | null;
  test: MetricTable;
}

export type KeptRuns = Readonly<Record<string, KeptRun>>;

/** What was measured, beside what was expected. */
export interface Judgement {
  first: KeptRun;
  second: KeptRun;
  values: readonly [number, number];
  /** The difference as a share of the second value; null where that is 0. */
  relative: number | null;
  outcome: Guess;
  /** In what else the runs differ, in words, so that more than the question may have changed. */
  differences: readonly string[];
}

export function measured(run: KeptRun, { metric, cutoff }: Measure): number | null {
  return valueAt(run.test, metric, cutoff) ?? null;
}

/** How a prediction came out; null while a run or a value is missing. */
export function judge(prediction: Prediction, kept: KeptRuns): Judgement | null {
  const [first, second] = [kept[prediction.first], kept[prediction.second]];
  if (!first || !second) return null;
  const values = [measured(first, prediction.measure), measured(second, prediction.measure)] as const;
  const [one, other] = values;
  if (one === null || other === null) return null;
  const difference = one - other;
  const same = Math.abs(difference) <= prediction.sameWithin * Math.abs(other);
  return {
    first,
    second,
    values: [one, other],
    relative: other === 0 ? null : difference / Math.abs(other),
    outcome: same ? 'same' : difference > 0 ? 'more' : 'less',
    differences: differencesOf(first, second),
  };
}

/** What should be the same in two runs, and is not. A system that is not trained has no epochs to differ in. */
function differencesOf(first: KeptRun, second: KeptRun): string[] {
  const differ = (what: string, one?: string | number, other?: string | number): string[] =>
    one === undefined || other === undefined || one === other ? [] : [`${what} (${one} and ${other})`];
  return [
    ...differ('data', first.data, second.data),
    ...differ('seed', first.seed, second.seed),
    ...differ('epochs', first.training?.epochs, second.training?.epochs),
    ...differ('batch size', first.training?.batchSize, second.training?.batchSize),
  ];
}
