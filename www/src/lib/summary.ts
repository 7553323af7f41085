import { rateWords } from './rates';
import type { RunSpec } from './types';

/** What sets a run apart, in a few words each. */
export function designWords(spec: RunSpec): string[] {
  const { design, missing, placebo, modalities } = spec;
  return [
    // Without a word of them all are used, or none, which is the system's to say.
    ...(modalities ? [modalities.join(' + ')] : []),
    ...(design
      ? [
          design.representation,
          design.when === 'never' ? 'nothing to fuse' : `${design.when} ${design.operator}`,
          ...(design['user-item-graph'] === 'none' ? [] : ['on the graph of who took what']),
          ...(design['item-item-graph'] === 'none' ? [] : ['on a graph of alike items']),
        ]
      : []),
    ...(placebo && placebo !== 'none' ? [placebo === 'noise' ? 'noise as content' : 'shuffled content'] : []),
    ...(missing && missing.rate > 0 ? [`${Math.round(missing.rate * 100)} % of the content taken away`] : []),
    ...(spec.training.epochs > 0
      ? [`${spec.training.epochs} ${spec.training.epochs === 1 ? 'epoch' : 'epochs'}`]
      : ['not trained']),
    ...(rateWords(spec) ? [rateWords(spec)] : []),
    `seed ${spec.seed}`,
  ];
}
