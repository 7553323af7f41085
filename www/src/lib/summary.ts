import { formatParameter } from './format';
import { wordsFor } from './modality-words';
import { rateWords } from './rates';
import type { Missing, RunSpec } from './types';

/**
 * What sets a run apart, in a few words each. `trainable`: whether the system is trained at all, for a draft of it may name epochs
 * that a receipt does not.
 */
export function designWords(spec: RunSpec, trainable = true): string[] {
  const trained = trainable && spec.training.epochs > 0;
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
    ...(missing ? missingWords(missing) : []),
    ...(trained
      ? [`${spec.training.epochs} ${spec.training.epochs === 1 ? 'epoch' : 'epochs'}`]
      : ['not trained']),
    ...(trained && rateWords(spec) ? [rateWords(spec)] : []),
    `seed ${spec.seed}`,
  ];
}

const SIDES: Record<NonNullable<Missing['side']>, string> = {
  both: '',
  train: ' in training alone',
  test: ' in the lists alone',
};

const TAKEN_FROM: Record<Missing['taken-from'], string> = {
  random: '',
  popular: ' from popular items first',
  unpopular: ' from unpopular items first',
};

/** What is taken away and what is hidden, of which content and when. */
function missingWords(missing: Missing): string[] {
  const { rate, modalities = [], side = 'both', dropout = 0 } = missing;
  const content =
    modalities.length > 0 ? modalities.map((name) => wordsFor(name).content).join(' and ') : 'content';
  const percent = (share: number): string => `${formatParameter(share * 100)} %`;
  return [
    ...(rate > 0
      ? [`${percent(rate)} of the ${content} taken away${TAKEN_FROM[missing['taken-from']]}${SIDES[side]}`]
      : []),
    ...(dropout > 0 ? [`content hidden in training with a chance of ${percent(dropout)}`] : []),
  ];
}
