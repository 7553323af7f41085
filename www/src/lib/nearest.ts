import { rolesOf } from './roles';
import { answerTo, projects, sameAnswer } from './schema';
import type { Design, Role, SystemDescription } from './types';

/** What a design does otherwise than a known system. */
export interface Difference {
  axis: string;
  words: string;
}

export interface Nearest {
  system: SystemDescription;
  differences: Difference[];
}

/** Questions about details: one of them makes a design less different than another. */
const DETAILS = ['normalised', 'sampling', 'regularised', 'initialisation'];

/** The order in which differences are told. */
const ORDER = [
  'identity',
  'roles',
  'roles-of',
  'extraction',
  'extraction-of',
  'representation',
  'when',
  'operator',
  'user-item-graph',
  'item-item-graph',
  'alignment',
  'inference',
  'loss',
  ...DETAILS,
];

/** Questions about content, which a design without content answers in vain. */
const OF_CONTENT = [
  'extraction',
  'extraction-of',
  'representation',
  'normalised',
  'when',
  'operator',
  'alignment',
];

/** Questions about several modalities. */
const OF_SEVERAL = ['representation', 'when', 'operator', 'alignment'];

const ROLES: Record<Role, string> = {
  scoring: 'scored',
  'edge-weights': 'used to join similar items',
  'auxiliary-loss': 'ranked by alone in a second loss',
  'loss-only': 'seen by the loss only',
};

const OPERATORS: Record<Design['operator'], string> = {
  none: 'nothing',
  concat: 'concatenation',
  sum: 'sum',
  mean: 'mean',
  max: 'max',
  product: 'product',
  weighted: 'weighted sum',
  attention: 'attention',
  gated: 'gates',
  'graph-merge': 'merging graphs',
};

const WORDS: Record<string, Record<string, string>> = {
  identity: { true: 'with a vector for each item', false: 'without vectors of the items’ own' },
  extraction: {
    frozen: 'with frozen features',
    'fine-tuned': 'with features learned on',
    'end-to-end': 'learning from raw pictures, words and sounds',
  },
  representation: { joint: 'represented jointly', coordinate: 'with one representation a modality' },
  normalised: { true: 'with content of length 1', false: 'with content of any length' },
  'user-item-graph': {
    none: 'without a user–item graph',
    symmetric: 'with LightGCN’s user–item graph',
    'unit-layers': 'with LATTICE’s user–item graph',
  },
  'item-item-graph': {
    none: 'without a graph of items',
    itself: 'with each item joined to itself',
    frozen: 'with a frozen graph of similar items',
    learned: 'with a learned graph of similar items',
  },
  alignment: {
    true: 'with modalities drawn to each other',
    false: 'without drawing modalities to each other',
  },
  inference: {
    'dot-product': 'scored by a dot product',
    predictor: 'scored through a predictor',
    perceptron: 'scored by a perceptron',
  },
  loss: {
    bpr: 'trained to rank',
    'cross-entropy': 'trained by cross-entropy',
    bootstrap: 'trained without negatives',
  },
  sampling: { '': 'with other batches' },
  regularised: { '': 'regularised otherwise' },
  initialisation: { '': 'started otherwise' },
};

function fusionWords({ when, operator }: Design, alike: readonly string[]): string {
  if (when === 'never') return 'not fused';
  if (alike.includes('operator')) return `fused ${when}`;
  return alike.includes('when')
    ? `fused by ${OPERATORS[operator]}`
    : `fused ${when} by ${OPERATORS[operator]}`;
}

function roleWords(design: Design, other: Design): string {
  const words = (roles: readonly Role[]): string => roles.map((role) => ROLES[role] ?? role).join(' and ');
  const added = design.roles.filter((role) => !other.roles.includes(role));
  const dropped = other.roles.filter((role) => !design.roles.includes(role));
  if (design.roles.length === 0) return 'without content';
  if (dropped.length === 0 && other.roles.length > 0) return `with content also ${words(added)}`;
  return added.length === 0 ? `with content not ${words(dropped)}` : `with content ${words(design.roles)}`;
}

function wordsFor(axis: string, design: Design, other: Design): string {
  if (axis === 'roles') return roleWords(design, other);
  const words = WORDS[axis];
  return (
    words?.[String(answerTo(design, axis))] ??
    words?.[''] ??
    `with ${axis.replace(/-of$/, ' by modality').replaceAll('-', ' ')}`
  );
}

/** The questions that the two answer differently. Answers without effect are no difference. */
function axesApart(design: Design, other: Design, modalities: readonly string[]): string[] {
  const content = design.roles.length > 0;
  if (content !== other.roles.length > 0) {
    const rest = axesApart({ ...design, roles: [] }, { ...other, roles: [] }, modalities);
    return ['roles', ...rest];
  }
  const fields = new Set([...Object.keys(design), ...Object.keys(other)]);
  return [...fields].filter((field) => {
    if (!content && OF_CONTENT.includes(field)) return false;
    if (modalities.length < 2 && OF_SEVERAL.includes(field)) return false;
    if (
      ['extraction', 'extraction-of', 'normalised'].includes(field) &&
      !projects(design) &&
      !projects(other)
    )
      return false;
    if (field === 'roles-of')
      return modalities.some((name) => !sameAnswer(rolesOf(design, name), rolesOf(other, name)));
    return !sameAnswer(answerTo(design, field), answerTo(other, field));
  });
}

/** How far apart: content or none is as much as all that content could be. */
function distance(axes: readonly string[], design: Design, other: Design): number {
  const apart = design.roles.length > 0 === other.roles.length > 0 ? 0 : OF_CONTENT.length;
  return axes.reduce((sum, axis) => sum + (DETAILS.includes(axis) ? 0.5 : 1), apart);
}

function differencesOf(axes: readonly string[], design: Design, other: Design): Difference[] {
  const place = (axis: string): number => (ORDER.includes(axis) ? ORDER.indexOf(axis) : ORDER.length);
  const sorted = [...axes].sort((left, right) => place(left) - place(right));
  const fused: string[] = sorted.filter((axis) => axis === 'when' || axis === 'operator');
  const alike = ['when', 'operator'].filter((axis) => !fused.includes(axis));
  return sorted
    .filter((axis) => axis !== 'operator' || !fused.includes('when'))
    .map((axis) => ({
      axis,
      words: fused.includes(axis) ? fusionWords(design, alike) : wordsFor(axis, design, other),
    }));
}

/** The systems that are their designs and nothing more. */
export function knownSystems(
  systems: readonly SystemDescription[],
): (SystemDescription & { design: Design })[] {
  return systems.filter(
    (system): system is SystemDescription & { design: Design } =>
      system.design !== null && system.beyond === null && system.axes.length === 0,
  );
}

/** The known system that a design of these modalities is, or is nearest to. Of equally near ones, `origin` comes first. */
export function nearestTo(
  design: Design,
  modalities: readonly string[],
  systems: readonly SystemDescription[],
  origin: string | null = null,
): Nearest | null {
  const candidates = knownSystems(systems).map((system) => {
    const axes = axesApart(design, system.design, modalities);
    return { system, axes, distance: distance(axes, design, system.design) };
  });
  const least = Math.min(...candidates.map(({ distance }) => distance));
  const nearest = candidates.filter(({ distance }) => distance === least);
  const chosen = nearest.find(({ system }) => system.name === origin) ?? nearest[0];
  return chosen
    ? { system: chosen.system, differences: differencesOf(chosen.axes, design, chosen.system.design) }
    : null;
}

/** Differences that are told; of more, how many there are. */
const TOLD = 3;

/** More differences than so many, and the name says little. */
const OWN = 5;

/** The design's name, as a sentence. */
export function nameOf({ system: { title }, differences }: Nearest): string {
  if (differences.length === 0) return `This is ${title}.`;
  if (differences.length > OWN)
    return `This is a design of its own; ${title} is the nearest known one, ${differences.length} answers away.`;
  const told = differences.slice(0, TOLD).map(({ words }) => words);
  const more = differences.length - told.length;
  const words = told.join(', ') + (more > 0 ? `, and ${more} more` : '');
  return `This is ${title}, but ${words}.`;
}
