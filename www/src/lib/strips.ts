import type { Metric } from './metrics';
import type { Summary } from './types';

/** Where a value stands between the worst of its column and the best, from 0 to 1, and how far seeds move it. */
export interface Strip {
  at: number;
  from: number;
  to: number;
}

/** A strip for each value of a column: the better, the farther right. Undefined values have none. */
export function stripsOf(
  values: readonly (Summary | null | undefined)[],
  better: Metric['better'],
): (Strip | null)[] {
  const spans = values.map((value) => {
    if (!value || !Number.isFinite(value.mean)) return null;
    const deviation = value.deviation ?? 0;
    return { mean: value.mean, low: value.mean - deviation, high: value.mean + deviation };
  });
  const smallest = Math.min(...spans.map((span) => span?.low ?? Infinity));
  const largest = Math.max(...spans.map((span) => span?.high ?? -Infinity));
  const place = (value: number) => {
    if (largest <= smallest) return 0.5;
    const share = (value - smallest) / (largest - smallest);
    return better === 'lower' ? 1 - share : share;
  };
  return spans.map((span) => {
    if (!span) return null;
    const ends = [place(span.low), place(span.high)];
    return { at: place(span.mean), from: Math.min(...ends), to: Math.max(...ends) };
  });
}
