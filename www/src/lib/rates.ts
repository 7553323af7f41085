import { formatParameter } from './format';
import type { LearningRate, RunSpec } from './types';

/** The changes of a spec's learning rate, in order; epochs count from 1. */
export function rateChanges({ training }: RunSpec): readonly LearningRate[] {
  return training['learning-rate-from'] ?? [];
}

/** The learning rate that was set last; undefined where nothing is trained. */
export function latestRate(spec: RunSpec): number | undefined {
  return rateChanges(spec).at(-1)?.rate ?? spec['hyper-parameters']['learning-rate'];
}

/** As in `learning rate 0.005, 0.001 from epoch 6`; empty where it never changes. */
export function rateWords(spec: RunSpec): string {
  const changes = rateChanges(spec).map(({ epoch, rate }) => `${formatParameter(rate)} from epoch ${epoch}`);
  if (changes.length === 0) return '';
  const own = spec['hyper-parameters']['learning-rate'];
  return `learning rate ${[...(own === undefined ? [] : [formatParameter(own)]), ...changes].join(', ')}`;
}

/** Takes the changes out of a spec. */
export function withoutRateChanges({ training }: RunSpec): void {
  delete training['learning-rate-from'];
}

/** The spec with another's changes of the learning rate. */
export function withRatesOf(spec: RunSpec, other: RunSpec): RunSpec {
  const changes = rateChanges(other);
  return changes.length > 0
    ? { ...spec, training: { ...spec.training, 'learning-rate-from': [...changes] } }
    : spec;
}

/** Whether two specs change the learning rate alike, or not at all. */
export function sameRates(left: RunSpec, right: RunSpec): boolean {
  return JSON.stringify(rateChanges(left)) === JSON.stringify(rateChanges(right));
}
