import type { JudgedLists } from '../everybody';
import type { FinishedRun } from '../finished-run';

/** A finished run as it is stored. */
export interface Entry extends Omit<FinishedRun, 'number' | 'earlier'> {
  format: typeof FORMAT;
}

/** Of entries. Those of another are left where they are: another version of this page may read them. */
export const FORMAT = 1;

/** Whether what was found is an entry as this page writes them. */
export function isEntry(found: unknown): found is Entry {
  if (found === null || typeof found !== 'object') return false;
  const { format, id, at, receipt, systemTitle, datasetTitle, link, drafted } = found as Partial<Entry>;
  return (
    format === FORMAT &&
    typeof id === 'string' &&
    typeof at === 'number' &&
    typeof systemTitle === 'string' &&
    typeof datasetTitle === 'string' &&
    typeof link === 'string' &&
    typeof drafted?.system === 'string' &&
    typeof receipt?.spec?.system === 'string' &&
    typeof receipt.backend?.kind === 'string' &&
    typeof receipt.dataset?.digest === 'string' &&
    typeof receipt.metrics?.test === 'object'
  );
}

/** Whether what was found are everybody's lists. */
export function areLists(found: unknown): found is JudgedLists {
  if (found === null || typeof found !== 'object') return false;
  const { start, item } = found as Partial<JudgedLists>;
  return start instanceof Uint32Array && item instanceof Uint32Array && start.at(-1) === item.length;
}

/** A name for a run: names sort by when they were given, and two pages give no name twice. */
export function nameAt(at: number): string {
  const [lot = 0] = crypto.getRandomValues(new Uint32Array(1));
  return `${String(at).padStart(15, '0')}-${lot.toString(36)}`;
}
