import { inOrder } from './lengths';
import { metric } from './metrics';
import type { MetricTable, Summary } from './types';

export type Mark = 'best' | 'second' | null;

/** A row of a table that compares systems. */
export interface ComparedRow {
  /** Its own among the table's. */
  name: string;
  title: string;
  /** What is worth knowing about it, in a line. */
  idea: string;
  /** What stands below its title. */
  note?: string;
  test: MetricTable;
  /** Lines below a value, by metric. */
  beside?: Record<string, string[]>;
}

/**
 * Marks the best and the second best of a column. Equal values share a mark; a column with fewer than two different
 * values, or a metric without a better side, has none.
 */
export function markColumn(
  values: readonly (number | null | undefined)[],
  better: 'higher' | 'lower' | 'neither',
): Mark[] {
  const defined = values.filter(
    (value): value is number => typeof value === 'number' && Number.isFinite(value),
  );
  const ranked = [...new Set(defined)].sort((left, right) =>
    better === 'lower' ? left - right : right - left,
  );
  if (better === 'neither' || ranked.length < 2) return values.map(() => null);
  return values.map((value) => (value === ranked[0] ? 'best' : value === ranked[1] ? 'second' : null));
}

/** The value of a metric at a cutoff; undefined where the table does not have it. */
export function valueAt(
  table: MetricTable | null | undefined,
  name: string,
  cutoff: number,
): number | null | undefined {
  return table?.[name]?.[String(cutoff)];
}

/** The means alone. */
export function meansOf(table: Record<string, Record<number, Summary | null>>): MetricTable {
  const columns = Object.entries(table).map(([name, values]) => [
    name,
    Object.fromEntries(Object.entries(values).map(([cutoff, summary]) => [cutoff, summary?.mean ?? null])),
  ]);
  return Object.fromEntries(columns) as MetricTable;
}

/** The cutoffs that occur in a table, ascending. */
export function cutoffsOf(table: MetricTable): number[] {
  return inOrder(Object.values(table).flatMap((column) => Object.keys(column).map(Number)));
}

/** Row indices in the order of a column, best first; undefined values last, ties in the given order. */
export function orderBy(values: readonly (number | null | undefined)[], name: string): number[] {
  const sign = metric(name).better === 'lower' ? 1 : -1;
  return values
    .map((value, row) => ({ row, value: typeof value === 'number' && Number.isFinite(value) ? value : null }))
    .sort((left, right) => {
      if (left.value === null || right.value === null)
        return Number(left.value === null) - Number(right.value === null);
      return sign * (left.value - right.value) || left.row - right.row;
    })
    .map(({ row }) => row);
}

/** How far a value reaches between zero and the largest of its column, from 0 to 1. */
export function shareOfLargest(
  value: number | null | undefined,
  values: readonly (number | null | undefined)[],
): number {
  if (typeof value !== 'number') return 0;
  const largest = Math.max(0, ...values.filter((other): other is number => typeof other === 'number'));
  return largest > 0 ? Math.max(0, value / largest) : 0;
}
