import type { Cell, ResultTable } from './table';

/** Every digit, by the names that receipts use; `null` where a value is undefined. */
export function toJson({ title, notes, rowTitle, columns, rows }: ResultTable): string {
  const by = (cells: readonly Cell[], number: 'value' | 'deviation') =>
    Object.fromEntries(columns.map(({ name }, at) => [name, cells[at]?.[number] ?? null]));
  const deviates = rows.some(({ cells }) => cells.some(({ deviation }) => deviation !== null));
  const lines = rows.map((row) => ({
    [rowTitle]: row.title,
    ...row.facts,
    values: by(row.cells, 'value'),
    ...(deviates && { deviations: by(row.cells, 'deviation') }),
  }));
  return `${JSON.stringify({ title, notes, rows: lines }, null, 2)}\n`;
}
