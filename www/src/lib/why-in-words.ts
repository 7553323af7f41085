import { formatPercentage, formatScore, sentenceCase } from './format';
import { wordsFor } from './modality-words';
import type { Design, Missing, RunSpec } from './types';
import type { Push, Reason } from './why';

/** Pushes smaller than this share of the largest are not worth a word. */
const WORTH_A_WORD = 0.05;

/** What is there without any modality is what was learned from who took what. */
const BARE = { its: 'who took what', several: false };

/** What a push is called, and whether that is a plural. Only its own content is called an item's. */
export function nameOf({ modality, content }: Pick<Push, 'modality' | 'content'>): {
  its: string;
  several: boolean;
} {
  if (modality === null) return BARE;
  const { name, several } = wordsFor(modality);
  if (content === 'own') return { its: `its ${name}`, several };
  if (content === 'unclear')
    return { its: `its ${name} or what stands in for ${several ? 'them' : 'it'}`, several };
  return { its: `what stands in for its ${name}`, several: false };
}

/** What stands in for what an item lacks, as the end of a sentence. */
const STANDS_IN: Record<Missing['policy'], string> = {
  mean: 'the mean of all others stands in',
  zeros: 'zeros stand in',
  neighbours: 'the mean of the most alike stands in',
  propagation: 'what flows there from who took it stands in',
  drop: 'nothing stands in',
};

/** Whether what other items have reaches an item over a graph. */
export function onGraph(design: Design | null): boolean {
  return (
    design !== null &&
    (design['user-item-graph'] !== 'none' || ['frozen', 'learned'].includes(design['item-item-graph']))
  );
}

/** What an item lacks, and what counts in its place; null where it lacks nothing. */
export function absenceOf({ pushes }: Reason, { missing }: RunSpec, design: Design | null): string | null {
  const lacking = pushes.flatMap(({ modality, content }) =>
    modality !== null && content === 'absent' ? [wordsFor(modality)] : [],
  );
  if (lacking.length === 0) return null;
  const names = lacking.map(({ name }) => `no ${name}`).join(' and ');
  const others = lacking.map(({ content }) => content).join(' and ');
  const told = `It has ${names} of its own: ${STANDS_IN[missing?.policy ?? 'mean']}`;
  return onGraph(design) ? `${told}, and over the graph the ${others} of other items count.` : `${told}.`;
}

/** What a run had in the place of the content of many or all items; null where each had its own, or what stands in for a gap. */
export function replacementOf({ missing, placebo }: RunSpec): string | null {
  if (placebo === 'shuffled')
    return 'In this run the content of other items stands in for that of each item.';
  if (placebo === 'noise') return 'In this run noise stands in for the content of every item.';
  if (!missing || missing.rate === 0 || missing.side === 'train' || missing.policy === 'drop') return null;
  return missing.rate === 1
    ? 'In this run content was taken away from every item.'
    : 'In this run content was taken away from some items, and the page does not know from which.';
}

function listOf(pushes: readonly Push[]): string {
  const names = pushes.map((push) => nameOf(push).its);
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : (names[0] ?? '');
}

function speaks(pushes: readonly Push[], how: string): string {
  const [first] = pushes;
  const several = pushes.length > 1 || (first !== undefined && nameOf(first).several);
  return `${listOf(pushes)} ${several ? 'speak' : 'speaks'} ${how}`;
}

/** One plain sentence of why an item has its score. */
export function sentenceOf(reason: Reason, exact: boolean): string {
  return exact ? ofParts(reason) : ofRemovals(reason);
}

/** Where scores add up, a push is a share of the whole. */
function ofParts({ pushes }: Reason): string {
  const largest = Math.max(...pushes.map(({ value }) => Math.abs(value)));
  if (largest === 0) return 'Nothing speaks for it, and nothing against it.';
  const heard = pushes.filter(({ value }) => Math.abs(value) >= WORTH_A_WORD * largest);
  const against = heard.filter(({ value }) => value < 0);
  const [first, second] = heard
    .filter(({ value }) => value > 0)
    .sort((one, other) => other.value - one.value);
  if (!first) return `${sentenceCase(speaks(against, 'against it'))}; those below are worse off still.`;

  const sum = pushes.reduce((sum, { value }) => sum + Math.max(0, value), 0);
  const share = ({ value }: Push): string => formatPercentage(value / sum, 0);
  // Where something is taken off again, a share of the score would be more than the score.
  const whole = pushes.some(({ value }) => value < 0) ? 'what speaks for it' : 'the score';
  const { its } = nameOf(first);
  let told = second
    ? first.value >= sum / 2
      ? `Mostly ${its}: ${share(first)} of ${whole}`
      : `First ${its} (${share(first)} of ${whole}), then ${nameOf(second).its} (${share(second)})`
    : `Because of ${its}${heard.length > 1 ? '' : ' alone'}`;
  if (against.length > 0) told += `; ${speaks(against, 'against it')}`;
  return `${told}.`;
}

/** Where they do not, it can be said only what the score would be without one. */
function ofRemovals({ score, pushes }: Reason): string {
  const modalities = pushes.filter(({ modality }) => modality !== null);
  const sorted = [...modalities].sort((one, other) => Math.abs(other.value) - Math.abs(one.value));
  const [most] = sorted;
  if (!most || Math.abs(most.value) < WORTH_A_WORD * Math.abs(score)) {
    return 'No single modality matters much: without any one of them the score stays about the same.';
  }
  const { its, several } = nameOf(most);
  const without = formatScore(score - most.value);
  const matters = `Of its content, ${its} ${several ? 'matter' : 'matters'} most: without ${several ? 'them' : 'it'} the score would`;
  const lead =
    most.value > 0
      ? `${matters} fall from ${formatScore(score)} to ${without}`
      : `${matters} rise from ${formatScore(score)} to ${without}`;
  const others = sorted
    .slice(1)
    .filter(
      ({ value }) =>
        Math.sign(value) !== Math.sign(most.value) && Math.abs(value) >= WORTH_A_WORD * Math.abs(most.value),
    );
  if (others.length === 0) return `${lead}.`;
  return `${lead}; ${speaks(others, most.value > 0 ? 'against it' : 'for it')}.`;
}
