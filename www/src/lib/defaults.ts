import { LENGTHS } from './lengths.ts';
import type { RunSpec, SystemDescription } from './types';

/** What Play runs when nobody has chosen anything: small enough to see an end within a minute. */
export function firstSpec(): RunSpec {
  return {
    system: 'vbpr',
    variant: 'corrected',
    dataset: { name: 'office-twin' },
    seed: 1,
    'hyper-parameters': {},
    training: { epochs: 40, 'batch-size': 1024, 'evaluate-every': 5, patience: 5, selection: 'recall@20' },
    protocol: { candidates: 'train-items', 'mask-validation': false, split: 'bundle', cutoffs: [...LENGTHS] },
  };
}

/** The registry's hyper-parameters of a system, by name. */
export function defaultsOf(system: SystemDescription): Record<string, number> {
  return Object.fromEntries(
    system['hyper-parameters'].map((parameter) => [parameter.name, parameter.default]),
  );
}

/** Other data may have other modalities: all that they have are used. */
export function forgetModalities(spec: RunSpec): void {
  delete spec.modalities;
  delete spec.missing?.modalities;
}
