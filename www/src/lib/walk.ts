import { STAGES, type FlowModality, type Stage } from './flow';
import { formatCount, formatLoss, formatParameter } from './format';
import { rolesOf } from './roles';
import { projects } from './schema';
import type { Design, RunSpec } from './types';
import { extractedWidth } from './wiring';

/** One moment of a training step. */
export interface Moment {
  title: string;
  caption: string;
  /** The stages at work. */
  stages: readonly Stage[];
  /** Gradients flow against everything else. */
  backwards: boolean;
}

/** What the page knows of a training step. */
export interface StepFacts {
  design: Design;
  spec: RunSpec;
  /** Those that are used. */
  modalities: readonly FlowModality[];
  factors: number;
  /** The run's last losses by term; empty where none has been measured. */
  loss: Readonly<Record<string, number>>;
  /** Numbers to learn, where the run has counted them. */
  parameters: number | null;
  stepsPerEpoch: number | null;
}

const WITHOUT_NEGATIVES = 'positive-interactions';

function list(words: readonly string[]): string {
  return words.length > 1 ? `${words.slice(0, -1).join(', ')} and ${words.at(-1)}` : (words[0] ?? '');
}

function batch({ spec, design, stepsPerEpoch }: StepFacts): string {
  const size = formatCount(spec.training['batch-size']);
  const what =
    design.sampling === WITHOUT_NEGATIVES
      ? 'a person and an item they took'
      : 'a person, an item they took, and one they did not, drawn by lot';
  const steps = stepsPerEpoch === null ? '' : ` An epoch has ${formatCount(stepsPerEpoch)} such steps.`;
  return `At most ${size} rows, each of ${what}.${steps}`;
}

function features({ modalities, design, factors }: StepFacts, read: readonly FlowModality[]): string {
  if (read.length === 0) return 'No content is read: only who took what.';
  const widths = read.map(
    (modality) => `${modality.name} is ${formatCount(extractedWidth(design, modality, factors))} numbers`,
  );
  const unread = modalities.length - read.length;
  return `Of each item, ${list(widths)}.${unread > 0 ? ' The rest is not looked at.' : ''}`;
}

function representation({ design, factors }: StepFacts, read: readonly FlowModality[]): string {
  if (!projects(design)) return 'Features are compared as they came; nothing is projected.';
  const several = read.length > 1;
  const what = !several
    ? 'A learned map turns them'
    : design.representation === 'joint'
      ? 'One learned map turns all of them together'
      : 'A learned map for each modality turns them';
  const each = several && design.representation === 'coordinate' ? ' each' : '';
  return `${what} into ${formatCount(factors)} numbers${each}${design.normalised ? ', of length 1' : ''}.`;
}

function fusion({ design, factors }: StepFacts, read: readonly FlowModality[]): string {
  const operator = design.operator.replaceAll('-', ' ');
  if (read.length < 2) return 'There is one modality: nothing to fuse.';
  if (design.operator === 'graph-merge')
    return 'Each modality says which items are alike; their graphs are added.';
  if (design.when === 'early') {
    const width = design.operator === 'concat' ? factors * read.length : factors;
    return `The modalities become one, by ${operator}: ${formatCount(width)} numbers an item.`;
  }
  if (design.when === 'late')
    return `Not yet: each modality is scored first, and the scores meet by ${operator}.`;
  return design.representation === 'joint'
    ? 'They were fused when they were represented together.'
    : 'They are not fused: content never enters the score.';
}

function graphs({ design, spec }: StepFacts): string {
  const number = (name: string): string | null => {
    const value = spec['hyper-parameters'][name];
    return value === undefined ? null : formatCount(value);
  };
  const sentences = [];
  if (design['user-item-graph'] !== 'none') {
    const layers = number('layers');
    const far = layers === null ? '' : `, ${layers} ${layers === '1' ? 'step' : 'steps'} far`;
    sentences.push(`Users learn from the items they took, and items from who took them${far}.`);
  }
  if (design['item-item-graph'] === 'itself') sentences.push('Each item’s own vector counts once more.');
  if (['frozen', 'learned'].includes(design['item-item-graph'])) {
    const neighbours = number('neighbours');
    sentences.push(
      `Items learn from ${neighbours === null ? 'those' : `the ${neighbours}`} most similar in content.`,
    );
  }
  return sentences.join(' ');
}

function scores({ design }: StepFacts): string {
  const by = {
    'dot-product': 'a dot product',
    predictor: 'a dot product of what a linear map makes of both',
    perceptron: 'a small perceptron',
  }[design.inference];
  return design.sampling === WITHOUT_NEGATIVES
    ? `Users and the items they took meet: by how much do their vectors point the same way?`
    : `Two scores for each row, both by ${by}: one of the item taken, one of the other.`;
}

function loss({ design, loss }: StepFacts): string {
  const wanted =
    design.loss === 'bpr'
      ? 'The loss is small when the item taken scores well above the other.'
      : design.loss === 'cross-entropy'
        ? 'The loss is small when the item taken scores high and the other low.'
        : 'The loss is small when vectors point where their partners point.';
  const terms = Object.entries(loss).filter(([term]) => term !== 'total');
  if (terms.length === 0) return `${wanted} Take a step below to see its numbers.`;
  const sum = terms.map(([term, value]) => `${term} ${formatLoss(value)}`).join(' + ');
  const { total } = loss;
  const whole = terms.length > 1 && total !== undefined ? ` = ${formatLoss(total)}` : '';
  return `${wanted} In the run below, most recently: ${sum}${whole}.`;
}

function gradients({ design, spec, parameters }: StepFacts, read: readonly FlowModality[]): string {
  const rate = spec['hyper-parameters']['learning-rate'];
  const count =
    parameters === null ? 'All that is learned' : `All ${formatCount(parameters)} numbers to learn`;
  const by = rate === undefined ? 'Adam' : `Adam, with learning rate ${formatParameter(rate)}`;
  const frozen = read.length > 0 && design.extraction === 'frozen' && !design['extraction-of'];
  return `Back along the same paths, each number hears which way it should go. ${count} move a little, by ${by}.${
    frozen ? ' The features stay as they are.' : ''
  }`;
}

/** A training step, moment by moment. Only numbers that are known are told. */
export function momentsOf(facts: StepFacts): Moment[] {
  const { design } = facts;
  const read = facts.modalities.filter(({ name }) => rolesOf(design, name).length > 0);
  const moment = (title: string, caption: string, ...stages: Stage[]): Moment => ({
    title,
    caption,
    stages,
    backwards: false,
  });
  const content =
    read.length > 0
      ? [
          moment('Representation', representation(facts, read), 'represent'),
          moment('Fusion', fusion(facts, read), 'fuse'),
        ]
      : [];
  const travel = graphs(facts);
  return [
    moment('The batch', batch(facts), 'data'),
    moment('The features', features(facts, read), 'which', 'extract'),
    ...content,
    ...(travel ? [moment('The graphs', travel, 'graph')] : []),
    moment(design.sampling === WITHOUT_NEGATIVES ? 'The score' : 'The two scores', scores(facts), 'score'),
    moment('The loss', loss(facts), 'loss'),
    { ...moment('The gradients, back', gradients(facts, read)), stages: STAGES, backwards: true },
  ];
}
