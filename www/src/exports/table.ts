/** A table of results on its way out of the page: what every format is made from. */

import { formatMetric } from '../lib/format';
import { metric, type Metric } from '../lib/metrics';

export type Fact = string | number | boolean | null;

/** A number as it was measured, and as the page writes it. */
export interface Cell {
  value: number | null;
  text: string;
  /** Over seeds, where there are several. */
  deviation: number | null;
  deviationText: string;
}

export interface Column {
  /** Its own among the table's, as `recall@10`. */
  name: string;
  /** Columns side by side with the same group stand below one head. */
  group: string;
  title: string;
  better: Metric['better'];
}

export interface Row {
  title: string;
  /** What else is known of the row, by name; all rows of a table have the same. */
  facts: Record<string, Fact>;
  /** One for each column. */
  cells: readonly Cell[];
  /** Shown beside the others, but in no competition with them. */
  apart?: boolean;
}

/** Where results come from, as it is said in every file. */
export interface Source {
  /** What files are called, without their endings. */
  name: string;
  title: string;
  /** Sentences: which data, synthetic or not, which digest, what the values are. */
  notes: readonly string[];
}

export interface ResultTable extends Source {
  /** What the rows are. */
  rowTitle: string;
  columns: readonly Column[];
  rows: readonly Row[];
}

export function cell(
  value: number | null | undefined,
  format: (value: number) => string,
  deviation: number | null | undefined = null,
): Cell {
  const text = (value: number | null | undefined) => (typeof value === 'number' ? format(value) : '');
  return {
    value: value ?? null,
    text: text(value),
    deviation: deviation ?? null,
    deviationText: text(deviation),
  };
}

export function metricCell(
  name: string,
  value: number | null | undefined,
  deviation: number | null | undefined = null,
): Cell {
  return cell(value, (value) => formatMetric(name, value), deviation);
}

export function metricColumn(name: string, cutoff: number): Column {
  const { title, better } = metric(name);
  return { name: `${name}@${cutoff}`, group: title, title: `@${cutoff}`, better };
}

/** Which data, in a sentence, with the digest that tells them from others of the same name. */
export function dataNote(dataset: { name: string; digest: string }, synthetic: boolean): string {
  return `Data: ${dataset.name}${synthetic ? ', which is synthetic' : ''}, digest ${dataset.digest.slice(0, 16)}.`;
}
