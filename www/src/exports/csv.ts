import type { Fact, ResultTable } from './table';

/** A field as RFC 4180 has it; numbers with every digit, what is undefined as nothing. */
function field(value: Fact): string {
  const text = value === null ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One line a row, facts before numbers; deviations in columns of their own where there are any. */
export function toCsv({ rowTitle, columns, rows }: ResultTable): string {
  const facts = Object.keys(rows[0]?.facts ?? {});
  const deviates = columns.map((_, at) => rows.some(({ cells }) => cells[at]?.deviation != null));
  const head = columns.flatMap(({ name }, at) => (deviates[at] ? [name, `${name} deviation`] : [name]));
  const lines = rows.map((row) => {
    const numbers = columns.flatMap((_, at) => {
      const { value = null, deviation = null } = row.cells[at] ?? {};
      return deviates[at] ? [value, deviation] : [value];
    });
    return [row.title, ...facts.map((name) => row.facts[name] ?? null), ...numbers];
  });
  return [[rowTitle, ...facts, ...head], ...lines].map((line) => `${line.map(field).join(',')}\r\n`).join('');
}
