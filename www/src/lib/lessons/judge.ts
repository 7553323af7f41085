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
  /** The runs differ in data or seed, so that more than the question changed. */
  mixed: boolean;
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
    mixed: first.data !== second.data,
  };
}
