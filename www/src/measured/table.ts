import { metric, METRICS, PUBLISHED_METRICS } from '../lib/metrics';
import { meansOf, orderBy, valueAt, type ComparedRow } from '../lib/tables';
import { formatMetric, formatParameter, formatPercentage } from '../lib/format';
import type { SuiteRow, SuiteTable } from '../lib/types';
import { type PaperDataset, paperRowOf } from '../paper/paper';

/** The metrics of a table, accuracy first. */
export function measuredMetrics({ rows }: SuiteTable): string[] {
  const present = new Set(rows.flatMap(({ test }) => Object.keys(test)));
  return METRICS.map(({ name }) => name).filter((name) => present.has(name));
}

const BEYOND = PUBLISHED_METRICS.filter((name) => metric(name).family !== 'accuracy');

/** Hyper-parameters in one line. */
export function setting(values: Record<string, number>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name} ${formatParameter(value)}`)
    .join(', ');
}

/** The rows to compare; below each mean its deviation, and the paper's value where there is one. */
export function comparedRows(
  rows: readonly SuiteRow[],
  cutoff: number,
  paper: PaperDataset | null,
): ComparedRow[] {
  return rows.map((row) => {
    const published = paper ? paperRowOf(paper, row.system)?.row.test : undefined;
    const beside: Record<string, string[]> = {};
    for (const name of Object.keys(row.test)) {
      const deviation = row.test[name]?.[cutoff]?.deviation;
      const papers = valueAt(published, name, cutoff);
      beside[name] = [
        ...(deviation ? [`± ${formatMetric(name, deviation)}`] : []),
        ...(typeof papers === 'number' ? [`paper ${formatMetric(name, papers)}`] : []),
      ];
    }
    const idea =
      row.configurations > 1
        ? `Chosen of ${row.configurations}: ${setting(row.chosen)}`
        : setting(row['hyper-parameters']) || 'There is nothing to set';
    return {
      name: row.label,
      title: row.label,
      idea: `${idea}.${coverage(row)}`,
      test: meansOf(row.test),
      beside,
    };
  });
}

/** How many items had content, as a further sentence; nothing where none is read. */
function coverage({ coverage }: SuiteRow): string {
  const shares = Object.entries(coverage ?? {}).map(([name, share]) => `${name} ${formatPercentage(share)}`);
  return shares.length > 0 ? ` Items with content: ${shares.join(', ')}.` : '';
}

/** What a table says, in a few words. */
export function finding(table: SuiteTable, cutoff: number): string {
  return table.rows.some(({ variant }) => variant === 'as-published')
    ? survival(table, cutoff)
    : ranking(table, cutoff);
}

/** Who finds most, and which of the tuned systems do not beat BPR-MF, which knows interactions alone. */
function ranking(table: SuiteTable, cutoff: number): string {
  const recall = (row: SuiteRow): number => row.test.recall?.[cutoff]?.mean ?? 0;
  const [best] = [...table.rows].sort((left, right) => recall(right) - recall(left));
  const plain = table.rows.find(({ system }) => system === 'bpr-mf');
  if (!best || !plain) return '';
  const more = formatPercentage(recall(best) / recall(plain) - 1, 0);
  const worse = table.rows.filter(
    (row) => row.tuning.length > 0 && row !== plain && recall(row) <= recall(plain),
  );
  const names = list(worse.map(({ label }) => label));
  const rest = worse.length ? ` ${names} ${worse.length > 1 ? 'do' : 'does'} not beat it.` : '';
  return `${best.label} finds most: Recall@${cutoff} is ${formatMetric('recall', recall(best))}, ${more} more than BPR-MF, which knows interactions alone.${rest}`;
}

/** Whether the systems that lead beyond accuracy still do so with the slips of their code corrected. */
function survival(table: SuiteTable, cutoff: number): string {
  const leads = (variant: 'corrected' | 'as-published') => {
    // The slips are in two systems; the others have one variant.
    const rows = table.rows.filter(
      (row) =>
        row.variant === variant ||
        !table.rows.some((other) => other.system === row.system && other.variant === variant),
    );
    return BEYOND.filter((name) => {
      const values = rows.map((row) => row.test[name]?.[cutoff]?.mean);
      const first = rows[orderBy(values, name)[0] ?? 0];
      return first?.test[name] && ['grcn', 'vbpr'].includes(first.system);
    });
  };
  const [before, after] = [leads('as-published'), leads('corrected')].map((names) =>
    list(names.map((name) => metric(name).title)),
  );
  const found = !before
    ? 'Neither leads here.'
    : before === after
      ? `The lead survives the correction: one of the two comes first on ${after}, as published and corrected.`
      : `As published, one of the two comes first here on ${before}; corrected, ${after ? `on ${after}` : 'on nothing'}.`;
  const gini = (variant: string) => {
    const row = table.rows.find((row) => row.system === 'grcn' && row.variant === variant);
    return formatMetric('gini', row?.test.gini?.[cutoff]?.mean);
  };
  const change = `GRCN’s ${metric('gini').title} is ${gini('as-published')} as published and ${gini('corrected')} corrected.`;
  return `In the paper GRCN and VBPR lead beyond accuracy, and both have slips in their published code. ${found} ${change}`;
}

/** Names as a sentence lists them. */
function list(names: readonly string[]): string {
  return new Intl.ListFormat('en').format(names);
}
