/** Lengths of lists: at which of them lists are judged, and which is looked at. */

/** Those that are offered: what a phone shows, what a page shows, and what tables of the field have. */
export const LENGTHS: readonly number[] = [5, 10, 20, 50];

/** The length of most tables of the field. */
const USUAL_LENGTH = 20;

/** Each once, the shortest first. */
export function inOrder(lengths: Iterable<number>): number[] {
  return [...new Set(lengths)].sort((left, right) => left - right);
}

/** The length that is looked at: the wanted one where there is such, or else the usual one, or else the longest. */
export function lengthShown(lengths: readonly number[], wanted: number | null): number {
  const found = [wanted, USUAL_LENGTH].find((length) => length !== null && lengths.includes(length));
  return found ?? Math.max(0, ...lengths);
}

/** The lengths with or without one of them; the last one stays, since lists that are judged at no length are not judged. */
export function withLength(lengths: readonly number[], length: number, wanted: boolean): number[] {
  const changed = inOrder(wanted ? [...lengths, length] : lengths.filter((other) => other !== length));
  return changed.length > 0 ? changed : [...lengths];
}
