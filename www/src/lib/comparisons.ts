/** How answers are read, of a suite or about the reader's own runs: intervals in per cent, findings in words, a question in a line (docs/statistics.md). */

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
    meaning: 'More than chance would do, after correction for all that is compared here.',
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
    meaning: 'More than chance would do, after correction for all that is compared here.',
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

/** The pairs of an answer that a metric is defined for, each with how it differs. */
export function differencesIn(
  answer: SuiteAnswer,
  metric: string,
): { pair: SuitePair; difference: SuiteDifference }[] {
  return answer.pairs.flatMap((pair) => {
    const difference = pair.differences[metric];
    return difference ? [{ pair, difference }] : [];
  });
}

/** A difference on its way into a plot or a table: one of several that have something in common. */
export interface Line {
  /** Its own among the lines. */
  label: string;
  /** What it is compared with, where that is not the same for all lines. */
  against: string | null;
  /** The metric that the line is about, where that is not the same for all. */
  metric?: string;
  /** What the label means, where that has to be said. */
  meaning?: string;
  difference: SuiteDifference;
}

/** The pairs of a question in one metric. */
export function linesOf(answer: SuiteAnswer, metric: string): Line[] {
  const partner = commonPartner(answer);
  return differencesIn(answer, metric).map(({ pair, difference }) => ({
    label: pair.label,
    against: partner ? null : against(pair),
    difference,
  }));
}

/** What a line is called where it stands alone. */
export function nameOf({ label, against }: Line): string {
  return against ? `${label}, against ${against}` : label;
}

/**
 * From where to where a plot reaches: zero, the margin and every interval are within, but nothing farther from zero than `limit`, so
 * that one line that leaps out does not press the others together.
 */
export function plotRange(
  lines: readonly Line[],
  margin: number,
  limit = Infinity,
): [smallest: number, largest: number] {
  const ends = lines.flatMap(({ difference }) => relativeInterval(difference) ?? []);
  const smallest = Math.max(-limit, Math.min(-1.5 * margin, ...ends));
  const largest = Math.min(limit, Math.max(1.5 * margin, ...ends));
  const room = (largest - smallest) * 0.04;
  return [smallest - room, largest + room];
}

/** Where a share stands within a plot's range, from 0 to 1, and whether it lies beyond its end. */
export function placeIn(
  [smallest, largest]: readonly [number, number],
  share: number,
): { at: number; beyond: boolean } {
  const place = (share - smallest) / (largest - smallest);
  return { at: Math.min(1, Math.max(0, place)), beyond: place < 0 || place > 1 };
}

/** How many pairs of a question have each finding. */
export function tally(answer: SuiteAnswer, metric: string): Record<SuiteFinding, number> {
  const counts = { higher: 0, 'slightly-higher': 0, same: 0, 'slightly-lower': 0, lower: 0, open: 0 };
  for (const { difference } of differencesIn(answer, metric)) counts[difference.finding] += 1;
  return counts;
}

/** A tally as a line: `2 higher, 14 open`. */
export function tallyWords(counts: Record<SuiteFinding, number>): string {
  const findings = Object.keys(FINDINGS) as SuiteFinding[];
  return findings
    .filter((finding) => counts[finding] > 0)
    .map((finding) => `${counts[finding]} ${FINDINGS[finding].word}`)
    .join(', ');
}

/**
 * What a row is compared with, as short as it can be said beside the row's own label: what both labels begin with is left out, so
 * that VBPR is compared with a `placebo`, and `VBPR, TF-IDF` with `MiniLM`.
 */
export function against(pair: SuitePair): string {
  const own = pair.label.split(', ');
  const other = pair['compared-with'].split(', ');
  const apart = other.findIndex((word, index) => word !== own[index]);
  return other.slice(Math.max(0, apart)).join(', ');
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
  return `${sign}${text}\u00a0%`;
}

/** A difference in a metric's own unit, as precise as it is of use: `+0.0367`. */
export function formatDifference(value: number): string {
  const size = Math.abs(value);
  return `${value < 0 ? '−' : '+'}${size >= 1 ? size.toFixed(2) : size.toFixed(4)}`;
}

/** As it stands in a sentence: `p = 0.013`. */
export function pInWords(p: number): string {
  return `p\u00a0${p < 0.0001 ? '' : '= '}${formatP(p)}`.replaceAll(' ', '\u00a0');
}

export function formatP(p: number | null): string {
  if (p === null) return '–';
  if (p < 0.0001) return '< 0.0001';
  return p >= 0.995 ? '1' : String(Number(p.toPrecision(2)));
}
