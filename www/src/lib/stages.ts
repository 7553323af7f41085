import type { Stage } from './flow';
import { answerTo, wordsOf } from './schema';
import type { Design } from './types';

/** What a column of the diagram asks, and which of the design's questions stand in it. */
export const QUESTIONS: Record<Stage, { title: string; axes: readonly (keyof Design)[] }> = {
  data: { title: 'Which data?', axes: [] },
  which: { title: 'Which modalities?', axes: ['roles', 'identity'] },
  extract: { title: 'How extracted?', axes: ['extraction'] },
  represent: { title: 'How represented?', axes: ['representation', 'normalised', 'alignment'] },
  fuse: { title: 'When fused?', axes: ['when', 'operator'] },
  graph: { title: 'Along which graphs?', axes: ['user-item-graph', 'item-item-graph'] },
  score: { title: 'How scored?', axes: ['inference'] },
  loss: { title: 'What loss?', axes: ['loss'] },
};

/** Questions that the column's title has asked already. */
export const ASKED: readonly string[] = ['extraction', 'representation', 'when', 'inference', 'loss'];

/** Answers in formulas: x are features, z representations, θ what a user wants of content, γ own vectors, s scores. */
const FORMULAS: Partial<Record<string, Record<string, string>>> = {
  identity: { true: 's = γ_u · γ_i + …', false: 's = …, without γ_i' },
  roles: {
    scoring: 's = … + θ_u · z_i',
    'edge-weights': 'S_ij > 0 for the k items j that are nearest to i in content',
    'auxiliary-loss': 'L = … + λ Σ_m −ln σ(u · z_m,i⁺ − u · z_m,i⁻)',
    'loss-only': 'L = … + λ Σ_m (1 − cos(z_m,i , i))',
  },
  extraction: {
    frozen: 'x = features',
    'fine-tuned': 'x starts as the features; ∂L/∂x moves it',
    'end-to-end': 'x = network(pixels, words or samples)',
  },
  representation: { joint: 'z = [x₁ x₂] P + b', coordinate: 'z_m = x_m P_m + b_m' },
  normalised: { true: 'z ← z / ‖z‖', false: 'z as it is' },
  alignment: { true: 'L = … + λ · InfoNCE(z₁, z₂; τ)', false: 'L as it is' },
  when: {
    early: 's = θ · fuse(z₁, z₂)',
    late: 's = fuse(θ₁ · z₁, θ₂ · z₂)',
    never: 's = θ · z, or no z in s',
  },
  operator: {
    concat: '[z₁ z₂]',
    sum: 'z₁ + z₂',
    mean: '(z₁ + z₂) / 2',
    max: 'max(z₁, z₂)',
    product: 'z₁ ⊙ z₂',
    weighted: 'w₁ z₁ + w₂ z₂',
    attention: 'Σ_m softmax(a_u)_m z_m',
    gated: 'Σ_m σ(z_m w_m + b_m) z_m',
    'graph-merge': 'S = Σ_m w_m S_m',
  },
  'user-item-graph': {
    symmetric: 'e = mean of E⁰ … E^L,  E^(l+1) = D^-½ A D^-½ E^l',
    'unit-layers': 'e = mean of the layers, each of length 1',
  },
  'item-item-graph': {
    itself: 'e_i ← e_i + γ_i',
    frozen: 'e_i ← e_i + (Sⁿ E⁰)_i',
    learned: 'e_i ← e_i + unit((Gⁿ E⁰)_i),  G = (1 − λ) · learned + λ · fixed',
  },
  inference: {
    'dot-product': 's = u · i',
    predictor: 's = R(u) · R(i)',
    perceptron: 's = w · relu(u A + i B + b)',
  },
  loss: {
    bpr: 'L = −ln σ(s⁺ − s⁻)',
    'cross-entropy': 'L = −ln σ(s⁺) − ln σ(−s⁻)',
    bootstrap: 'L = 2 − cos(R(u), i′) − cos(R(i), u′)',
  },
  regularised: { lengths: 'L = … + λ (‖U‖ + ‖I‖) / items' },
};

/** The formula of an answer, where there is one. */
export function formulaOf(axis: string, answer: string): string | null {
  return FORMULAS[axis]?.[answer] ?? null;
}

/** What is to be said of answers that are yes or no; the schema has the question only. */
export const YES: Partial<Record<string, { title: string; meaning: string }>> = {
  identity: {
    title: 'Own vectors',
    meaning: 'Each user and item has a vector of its own, learned from who took what.',
  },
  normalised: { title: 'Length 1', meaning: 'Represented modalities are given length 1.' },
  alignment: {
    title: 'Aligned',
    meaning: 'An item’s modalities are drawn to each other by a term of the loss.',
  },
};

/** A refusal of the schema as people read it: names in quotation marks, and without their hyphens. */
export function plainly(message: string): string {
  return message.replace(/`([^`]+)`/g, (_, name: string) => `“${wordsOf(name)}”`);
}

/** Answers that had to be given along with another. */
export function changesIn(design: Design, along: readonly string[]): string {
  return [...new Set(along)]
    .map(
      (axis) =>
        `${YES[axis]?.title.toLowerCase() ?? wordsOf(axis)} to ${wordsOf(answerTo(design, axis) ?? '')}`,
    )
    .join(', ');
}

/** What a change of the design changed along, and left behind. */
export function tell(
  design: Design,
  along: readonly string[],
  because: string | null,
  beyond: string | null,
): string | null {
  const changes = changesIn(design, along);
  const sentences = [];
  if (changes) sentences.push(`Also changed: ${changes}, because ${plainly(because ?? '')}.`);
  if (beyond) sentences.push(`Left behind, because no answer says it: ${beyond}.`);
  return sentences.length > 0 ? sentences.join(' ') : null;
}
