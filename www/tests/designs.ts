import type { Check } from '../src/lib/repair';
import type { Axis, Design, SystemDescription } from '../src/lib/types';

export const VBPR: Design = {
  identity: true,
  roles: ['scoring'],
  extraction: 'frozen',
  representation: 'joint',
  normalised: true,
  when: 'never',
  operator: 'none',
  'user-item-graph': 'none',
  'item-item-graph': 'none',
  inference: 'dot-product',
  loss: 'bpr',
  alignment: false,
  sampling: 'users-uniformly',
  regularised: 'start',
  initialisation: 'xavier-uniform',
};

export const BPR_MF: Design = { ...VBPR, roles: [] };

export const LATTICE: Design = {
  ...VBPR,
  roles: ['edge-weights'],
  extraction: 'fine-tuned',
  representation: 'coordinate',
  normalised: false,
  when: 'early',
  operator: 'graph-merge',
  'user-item-graph': 'unit-layers',
  'item-item-graph': 'learned',
  sampling: 'distinct-users',
  regularised: 'end',
};

export const FREEDOM: Design = {
  ...LATTICE,
  roles: ['edge-weights', 'auxiliary-loss'],
  'user-item-graph': 'symmetric',
  'item-item-graph': 'frozen',
  sampling: 'interactions',
  regularised: 'none',
};

export const BM3: Design = {
  ...FREEDOM,
  roles: ['loss-only'],
  when: 'never',
  operator: 'none',
  'item-item-graph': 'itself',
  inference: 'predictor',
  loss: 'bootstrap',
  sampling: 'positive-interactions',
  regularised: 'lengths',
};

export const COORDINATE: Design = { ...VBPR, representation: 'coordinate', when: 'early', operator: 'sum' };

function system(title: string, design: Design, more: Partial<SystemDescription> = {}): SystemDescription {
  return {
    name: title.toLowerCase(),
    title,
    summary: '',
    formula: '',
    trained: true,
    'uses-content': design.roles.length > 0,
    variants: ['corrected'],
    'hyper-parameters': [],
    'modality-weights': null,
    design,
    beyond: null,
    axes: [],
    which: '',
    how: '',
    when: '',
    source: '',
    ...more,
  };
}

function one(name: string, ...choices: string[]): Axis {
  return {
    name,
    question: `${name}?`,
    choices: choices.map((choice) => ({ name: choice, meaning: '' })),
    several: false,
  };
}

export const AXES: Axis[] = [
  one('identity'),
  { ...one('roles', 'scoring', 'edge-weights', 'auxiliary-loss', 'loss-only'), several: true },
  one('representation', 'joint', 'coordinate'),
  one('when', 'early', 'late', 'never'),
  one('operator', 'none', 'concat', 'sum', 'max', 'graph-merge'),
  one('item-item-graph', 'none', 'frozen', 'learned'),
];

export const SYSTEMS = [
  system('BPR-MF', BPR_MF),
  system('VBPR', VBPR),
  system('SGL', BPR_MF, { beyond: 'a second loss' }),
  system('LATTICE', LATTICE),
  system('BM3', BM3),
  system('FREEDOM', FREEDOM),
  system('Composed', VBPR, { axes: AXES }),
];

/** A few of the schema's rules, in its words. */
function refusal({ design, modalities }: { design: Design; modalities: readonly string[] }) {
  const fused = design.when !== 'never';
  const operates = design.operator !== 'none';
  const merged = design.operator === 'graph-merge';
  const has = (role: string): boolean => design.roles.some((one) => one === role);
  const refused = (field: string, message: string) => ({ kind: 'spec', field: `design.${field}`, message });
  if (design.representation === 'joint' && (fused || operates))
    return refused(
      'when',
      'a joint representation is fused from the beginning: `when` must be `never` and `operator` `none`, or `representation` `coordinate`',
    );
  if (design.representation === 'joint' && has('edge-weights'))
    return refused(
      'representation',
      'a graph of similar items is made of each modality alone: `representation` must be `coordinate`',
    );
  if (!fused && operates) return refused('operator', '`when` is `never`, but `operator` is given');
  if (fused && !operates) return refused('operator', '`when` fuses, but `operator` is `none`');
  if (design.when === 'late' && design.operator === 'concat')
    return refused('operator', '`late` cannot be `concat`');
  if (design.when === 'late' && merged) return refused('operator', '`graph-merge` must be `early`');
  if (merged && !has('edge-weights'))
    return refused(
      'roles',
      '`graph-merge` adds graphs of similar items, so `roles` must have `edge-weights`',
    );
  if (merged && has('scoring'))
    return refused('operator', 'content that is scored is not fused by `graph-merge`');
  if (fused && !merged && !has('scoring'))
    return refused('roles', '`operator` fuses what is scored, so `roles` must have `scoring`');
  if (modalities.length > 1 && design.representation === 'coordinate' && has('scoring') && !fused)
    return refused('when', '`when` cannot be `never`');
  if (modalities.length === 1 && fused)
    return refused('when', 'one modality is nothing to fuse: `when` must be `never` and `operator` `none`');
  return null;
}

export const check: Check = (points) => Promise.resolve(points.map(refusal));
