/** What is drawn of a comparison of the reader's own runs. */

import type { Shown } from './comparer.svelte';
import { type Line, linesOf } from './comparisons';
import { metric as describe, METRICS, PUBLISHED_METRICS } from './metrics';
import { sliceMeaning, sliceTitle } from './slices';

/** What suites compare. */
const FIRST_METRICS = [...PUBLISHED_METRICS, 'shannon-entropy'];
/** Without a value for one user, and not of exposure alone: there is no test for these. */
const UNTESTED = ['pop-reo', 'pop-rsp'];

/** The metrics that are compared: the usual ones, or all that there is a test for. */
export function metricsCompared(all: boolean): readonly string[] {
  return all ? METRICS.map(({ name }) => name).filter((name) => !UNTESTED.includes(name)) : FIRST_METRICS;
}

/** Every metric of one pair of rows, every pair in one metric, or one pair in one metric on every slice. */
export type View = 'metrics' | 'runs' | 'slices';

export interface OwnAnswer {
  /** Who against whom, in what. */
  title: string;
  lines: readonly Line[];
  /** What all lines are about; null where each has a metric of its own. */
  metric: string | null;
  /** What all of them are compared with. */
  base: string;
  /** On what, in words. */
  slice: string;
  /** Users who are judged. */
  users: number;
}

/** Null where what was computed last is the answer to another question. */
export function answerOf(
  { asked, slices, compared }: Shown,
  view: View,
  label: string,
  metric: string,
): OwnAnswer | null {
  const { onSlices, rows } = asked;
  if ((onSlices !== null) !== (view === 'slices')) return null;
  const base = rows[0]?.label ?? '';
  const [first] = compared.answers;
  const summary = slices.find(({ name }) => name === asked.slice);
  const common = { base, users: first?.users ?? 0, slice: summary ? sliceTitle(summary) : '' };
  if (onSlices !== null) {
    const measured = asked.metrics[0] ?? metric;
    const lines = compared.answers.flatMap(({ slice, pairs }): Line[] => {
      const difference = pairs[0]?.differences[measured];
      const summary = slices.find(({ name }) => name === slice);
      return difference && summary
        ? [{ label: sliceTitle(summary), against: null, meaning: sliceMeaning(summary), difference }]
        : [];
    });
    const title = `${describe(measured).title}, ${rows[onSlices]?.label ?? ''} against ${base}`;
    return { ...common, title, lines, metric: measured, slice: 'every slice' };
  }
  const pairs = first?.pairs ?? [];
  if (view === 'runs') {
    const title = `${describe(metric).title} against ${base}`;
    return { ...common, title, lines: linesOf({ question: '', pairs }, metric), metric };
  }
  const pair = pairs.find((pair) => pair.label === label);
  const lines = METRICS.flatMap(({ name, title }): Line[] => {
    const difference = pair?.differences[name];
    return difference ? [{ label: title, against: null, metric: name, difference }] : [];
  });
  return { ...common, title: `${label} against ${base}`, lines, metric: null };
}
