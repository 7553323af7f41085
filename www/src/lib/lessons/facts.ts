import type {
  Design,
  Extraction,
  Inference,
  ItemItem,
  Loss,
  Missing,
  Operator,
  Placebo,
  Role,
  RunSpec,
  Space,
  UserItem,
  When,
} from '../types';
import type { Fact, Facts } from './lesson';

/** What can be known of a fact before there is one. */
export interface FactKind {
  type: 'text' | 'number' | 'yes-or-no' | 'list';
  /** What it may be; anything when absent. */
  values?: readonly string[];
}

const text = (...values: string[]): FactKind =>
  values.length > 0 ? { type: 'text', values } : { type: 'text' };
const list = (...values: string[]): FactKind =>
  values.length > 0 ? { type: 'list', values } : { type: 'list' };
const number: FactKind = { type: 'number' };
const yesOrNo: FactKind = { type: 'yes-or-no' };

/** Lists every member of a union, which the compiler holds to the types that Rust gives. */
function all<Name extends string>(members: Record<Name, true>): Name[] {
  return Object.keys(members) as Name[];
}

const SYSTEMS = [
  'random',
  'most-pop',
  'item-knn',
  'item-knn-content',
  'bpr-mf',
  'vbpr',
  'lightgcn',
  'ngcf',
  'sgl',
  'lightgcn-m',
  'mmgcn',
  'grcn',
  'lattice',
  'bm3',
  'freedom',
  'composed',
];

/** What a specification says. A step may ask for it and may set it. */
export const SPEC_FACTS: Readonly<Record<string, FactKind>> = {
  system: text(...SYSTEMS),
  data: text(),
  seed: number,
  epochs: number,
  modalities: list(),
  placebo: text(...all<Placebo>({ none: true, shuffled: true, noise: true })),
  'missing.rate': number,
  'missing.policy': text(
    ...all<Missing['policy']>({ mean: true, zeros: true, neighbours: true, propagation: true, drop: true }),
  ),
  'missing.taken-from': text(...all<Missing['taken-from']>({ random: true, popular: true, unpopular: true })),
  'missing.side': text(...all<NonNullable<Missing['side']>>({ both: true, train: true, test: true })),
  'missing.dropout': number,
  'missing.modalities': list(),
  'design.roles': list(
    ...all<Role>({ scoring: true, 'edge-weights': true, 'auxiliary-loss': true, 'loss-only': true }),
  ),
  'design.identity': yesOrNo,
  'design.extraction': text(...all<Extraction>({ frozen: true, 'fine-tuned': true, 'end-to-end': true })),
  'design.representation': text(...all<Space>({ joint: true, coordinate: true })),
  'design.normalised': yesOrNo,
  'design.when': text(...all<When>({ early: true, late: true, never: true })),
  'design.operator': text(
    ...all<Operator>({
      none: true,
      concat: true,
      sum: true,
      mean: true,
      max: true,
      product: true,
      weighted: true,
      attention: true,
      gated: true,
      'graph-merge': true,
    }),
  ),
  'design.user-item-graph': text(...all<UserItem>({ none: true, symmetric: true, 'unit-layers': true })),
  'design.item-item-graph': text(...all<ItemItem>({ none: true, itself: true, frozen: true, learned: true })),
  'design.inference': text(...all<Inference>({ 'dot-product': true, predictor: true, perceptron: true })),
  'design.loss': text(...all<Loss>({ bpr: true, 'cross-entropy': true, bootstrap: true })),
  'design.alignment': yesOrNo,
};

/** What else is known of the bench. */
export const BENCH_FACTS: Readonly<Record<string, FactKind>> = {
  'run.phase': text('none', 'preparing', 'playing', 'paused', 'done', 'failed'),
  'run.epoch': number,
  'run.steps': number,
  /** Runs finished in this visit. */
  runs: number,
  /** Counted from 1, as it is shown. */
  'people.user': number,
  'people.listed': number,
  'people.hits': number,
};

export const FACTS: Readonly<Record<string, FactKind>> = { ...SPEC_FACTS, ...BENCH_FACTS };

/** Facts of a specification: of the bench, or of a run. */
export function factsOfSpec(spec: RunSpec, design: Design | null, available: readonly string[]): Facts {
  const { missing } = spec;
  const answers: Record<string, Fact | undefined> = {};
  for (const name of Object.keys(SPEC_FACTS)) {
    if (name.startsWith('design.')) {
      answers[name] = design?.[name.slice('design.'.length) as keyof Design] as Fact | undefined;
    }
  }
  return {
    ...answers,
    system: spec.system,
    data: spec.dataset.name,
    seed: spec.seed,
    epochs: spec.training.epochs,
    modalities: spec.modalities ?? available,
    placebo: spec.placebo ?? 'none',
    'missing.rate': missing?.rate ?? 0,
    'missing.policy': missing?.policy ?? 'mean',
    'missing.taken-from': missing?.['taken-from'] ?? 'random',
    'missing.side': missing?.side ?? 'both',
    'missing.dropout': missing?.dropout ?? 0,
    'missing.modalities': missing?.modalities ?? spec.modalities ?? available,
  };
}
