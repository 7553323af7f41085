/** How the answers of a suite are read: intervals in per cent, findings in words, a question in a line (docs/statistics.md). */

import { METRICS } from './metrics';
import type { SuiteAnswer, SuiteDifference, SuiteFinding, SuitePair } from './types';

/** What a finding is called and means; the sign beside the word, so that colour never speaks alone. */
export const FINDINGS: Record<
  SuiteFinding,
  { word: string; sign: string; kind: 'higher' | 'lower' | 'same' | 'open'; meaning: string }
> = {
  higher: {
    word: 'higher',
    sign: '▲',
    kind: 'higher',
    meaning: 'More than chance would do, after correction for all comparisons of the suite.',
  },
  'slightly-higher': {
    word: 'slightly higher',
    sign: '▲',
    kind: 'higher',
    meaning: 'More than chance would do, but by less than counts as different.',
  },
  same: {
    word: 'the same',
    sign: '=',
    kind: 'same',
    meaning: 'Shown to be no farther apart than counts as the same.',
  },
  'slightly-lower': {
    word: 'slightly lower',
    sign: '▼',
    kind: 'lower',
    meaning: 'More than chance would do, but by less than counts as different.',
  },
  lower: {
    word: 'lower',
    sign: '▼',
    kind: 'lower',
    meaning: 'More than chance would do, after correction for all comparisons of the suite.',
  },
  open: {
    word: 'open',
    sign: '○',
    kind: 'open',
    meaning:
      'Neither a difference nor sameness is shown: there may be one that these users are too few to see.',
  },
};

/** The metrics that are compared, accuracy first. */
export function comparedMetrics(answers: readonly SuiteAnswer[]): string[] {
  const present = new Set(
    answers.flatMap(({ pairs }) => pairs.flatMap(({ differences }) => Object.keys(differences))),
  );
  return METRICS.map(({ name }) => name).filter((name) => present.has(name));
}

/** The interval as shares of the second row's value; null where that is zero or cannot be told. */
export function relativeInterval({
  difference,
  relative,
  interval,
}: SuiteDifference): [number, number] | null {
  if (!relative) return interval[0] === 0 && interval[1] === 0 && relative === 0 ? [0, 0] : null;
  const value = difference / relative;
  return [interval[0] / value, interval[1] / value];
}

/** From where to where the plot of a question reaches: zero, the margin and every interval are within. */
export function plotRange(
  answer: SuiteAnswer,
  metric: string,
  margin: number,
): [smallest: number, largest: number] {
  const ends = answer.pairs.flatMap(({ differences }) => {
    const difference = differences[metric];
    return (difference && relativeInterval(difference)) ?? [];
  });
  const smallest = Math.min(-1.5 * margin, ...ends);
  const largest = Math.max(1.5 * margin, ...ends);
  const room = (largest - smallest) * 0.04;
  return [smallest - room, largest + room];
}

export interface Tally {
  higher: number;
  lower: number;
  same: number;
  open: number;
}

/** How many pairs of a question are found higher, lower, the same, or remain open. */
export function tally(answer: SuiteAnswer, metric: string): Tally {
  const counts: Tally = { higher: 0, lower: 0, same: 0, open: 0 };
  for (const { differences } of answer.pairs) {
    const difference = differences[metric];
    if (difference) counts[FINDINGS[difference.finding].kind] += 1;
  }
  return counts;
}

/** A tally as a line: `2 higher, 14 open`. */
export function tallyWords({ higher, lower, same, open }: Tally): string {
  const parts: [number, string][] = [
    [higher, 'higher'],
    [lower, 'lower'],
    [same, 'the same'],
    [open, 'open'],
  ];
  return parts
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count} ${word}`)
    .join(', ');
}

/** What a row is compared with, as short as it can be said beside the row's own label: `VBPR, placebo` is VBPR's `placebo`. */
export function against(pair: SuitePair): string {
  const own = `${pair.label}, `;
  return pair['compared-with'].startsWith(own)
    ? pair['compared-with'].slice(own.length)
    : pair['compared-with'];
}

/** What all pairs of a question are compared with; null where it is not the same for all. */
export function commonPartner({ pairs }: SuiteAnswer): string | null {
  const partners = new Set(pairs.map(against));
  return partners.size === 1 ? ([...partners][0] ?? null) : null;
}

/** A share as a change: `+15.6 %`. */
export function formatChange(share: number, decimals = 1): string {
  const text = Math.abs(share * 100).toFixed(decimals);
  const sign = Number(text) === 0 ? '±' : share < 0 ? '−' : '+';
  return `${sign}${text} %`;
}

/** A difference in a metric's own unit, as precise as it is of use: `+0.0367`. */
export function formatDifference(value: number): string {
  const size = Math.abs(value);
  return `${value < 0 ? '−' : '+'}${size >= 1 ? size.toFixed(2) : size.toFixed(4)}`;
}

export function formatP(p: number | null): string {
  if (p === null) return '–';
  if (p < 0.0001) return '< 0.0001';
  return p >= 0.995 ? '1' : String(Number(p.toPrecision(2)));
}
