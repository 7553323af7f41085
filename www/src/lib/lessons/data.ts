import type { DatasetEntry } from '../dataset';
import type { Setting } from './lesson';

/** The data that settings ask for, of those that the page has: what it does not have cannot be asked for. */
export function dataIn(
  settings: readonly Setting[],
  catalogue: readonly DatasetEntry[],
): DatasetEntry | undefined {
  const last = settings.findLast(
    ({ name, value }) => name === 'data' && catalogue.some((entry) => entry.name === value),
  );
  return catalogue.find(({ name }) => name === last?.value);
}

/** What a reader is told whose link names data that are not here; `used` is what is on the bench instead. */
export function absenceInWords(asked: string, used: string | undefined): string {
  const absent = `This page has no data called “${asked}”, which the link asks for.`;
  return used === undefined ? absent : `${absent} The lesson is done on “${used}” instead.`;
}
