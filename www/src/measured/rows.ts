/** Which rows of a suite's table are shown: a suite may have a dozen variations of each of its entries. */

interface Labelled {
  label: string;
}

/** One row as it is, and its variations: the same on a placebo, with a modality less. */
export interface RowGroup<Row> {
  base: Row;
  variations: Row[];
}

const PLACEBO = /, (placebo|noise)$/;

/** Whether a row's content says nothing about the items that it stands at. */
export const isPlacebo = ({ label }: Labelled): boolean => PLACEBO.test(label);

/** Tables up to this long are shown whole at first. */
const SHORT = 12;

/**
 * A suite calls a row by its entry and its variation, as in `VBPR, placebo`. Since an entry may have a comma of its own, a row
 * with variations of its own is no variation: `joint, fine-tuned` is an entry where there is `joint, fine-tuned, placebo`.
 */
export function groupRows<Row extends Labelled>(rows: readonly Row[]): RowGroup<Row>[] {
  const isBelow = (row: Row, base: Row) => row.label.startsWith(`${base.label}, `);
  const baseOf = (row: Row): Row => {
    if (rows.some((other) => isBelow(other, row))) return row;
    const above = rows.filter((other) => isBelow(row, other));
    return (
      above.reduce<Row | null>((longest, other) => {
        return longest && longest.label.length >= other.label.length ? longest : other;
      }, null) ?? row
    );
  };
  const groups = new Map<Row, Row[]>();
  for (const row of rows) {
    const base = baseOf(row);
    const variations = groups.get(base) ?? [];
    if (row !== base) variations.push(row);
    groups.set(base, variations);
  }
  return [...groups].map(([base, variations]) => ({ base, variations }));
}

/** Some of the rows, under a name to choose them by. */
export interface RowView<Row> {
  name: string;
  title: string;
  rows: readonly Row[];
  /** Whether they are one entry's alone. */
  single: boolean;
}

/** The ways to look at a table, from the few to the many; a single one where nothing can be folded. */
export function rowViews<Row extends Labelled>(rows: readonly Row[]): RowView<Row>[] {
  const groups = groupRows(rows);
  const all = { name: 'all', title: `All ${rows.length} rows`, rows, single: false };
  const bases = groups.map(({ base }) => base);
  if (bases.length === rows.length) return [all];
  const views: RowView<Row>[] = [
    { name: 'one', title: `Without variations (${bases.length})`, rows: bases, single: false },
  ];
  const real = rows.filter((row) => !isPlacebo(row) || bases.includes(row));
  if (real.length > bases.length && real.length < rows.length)
    views.push({ name: 'real', title: `Without placebos (${real.length})`, rows: real, single: false });
  views.push(all);
  for (const { base, variations } of groups) {
    if (variations.length > 0)
      views.push({
        name: `row: ${base.label}`,
        title: `${base.label} (${variations.length + 1})`,
        rows: [base, ...variations],
        single: true,
      });
  }
  return views;
}

/** The view to begin with. */
export function firstView<Row>(views: readonly RowView<Row>[]): string {
  const short = views.find(({ name, rows }) => name === 'all' && rows.length <= SHORT);
  return (short ?? views[0])?.name ?? 'all';
}
