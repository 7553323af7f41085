import { formatCount } from './format';

/** One judgement on the validation part. */
interface Judgement {
  epoch: number;
  best: boolean;
}

/** How many judgements without a better one are left before training stops early; null where it never does. */
export function patienceLeft(judgements: readonly Judgement[], patience: number): number | null {
  if (patience === 0) return null;
  const best = judgements.findLastIndex(({ best }) => best);
  return best < 0 ? patience : Math.max(0, patience - (judgements.length - 1 - best));
}

/** Where training stands between its best epoch and an early stop, as a sentence; empty before anything was judged. */
export function stoppingWords(
  judgements: readonly Judgement[],
  patience: number,
  phase: 'going' | 'stopped-early' | 'over',
): string {
  const best = judgements.findLast(({ best }) => best);
  if (!best) return '';
  if (phase !== 'going') {
    const why =
      phase === 'stopped-early' ? `; ${formatCount(patience)} judgements in a row were no better` : '';
    return `Best at epoch ${best.epoch}, which is kept${why}.`;
  }
  const left = patienceLeft(judgements, patience);
  if (left === null) return `Best so far at epoch ${best.epoch}.`;
  const times =
    left === 1 ? 'the next judgement is no better' : `the next ${formatCount(left)} judgements are no better`;
  return `Best so far at epoch ${best.epoch}; training stops if ${times}.`;
}
