import type { DatasetSummary, RunSpec, Shared } from './types';

/** Whether a location's hash is meant as a link of ours, of whatever version. */
export function looksLikeLink(hash: string): boolean {
  return /^#v\d+\./.test(hash);
}

/** What the browser keeps beside an address that the page wrote itself, so that it is known when the page is loaded again. */
export const OWN_LINK = { own: true } as const;

export function isOwnLink(state: unknown): boolean {
  return state !== null && typeof state === 'object' && 'own' in state;
}

/** A link without what a sentence or a messenger put behind it: a full stop, a bracket, a space. */
export function tidyLink(hash: string): string {
  return hash.replace(/(%20|[^\w-])+$/, '');
}

/** More runs make a link that is cut on its way, and take longer to run again than anybody waits. */
export const MOST_RUNS = 8;

/** Some messengers and mail programs cut longer addresses. */
const SAFE_LENGTH = 2000;

/** What is worth knowing of an address as long as this one, beside how long it is. */
export function lengthAdvice(address: string): string {
  if (address.length <= SAFE_LENGTH) return '';
  return `Every browser opens it, but some messengers cut addresses of more than ${SAFE_LENGTH} characters; the receipt file is never cut.`;
}

/** The address that carries a link: this page, without the query it happened to be opened with. */
export function addressWith(link: string, page: string): string {
  const address = new URL(page);
  address.search = '';
  address.hash = link;
  return address.href;
}

function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, field]) => field !== undefined)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([name, field]) => [name, canonical(field)]),
  );
}

/** Whether two checked specs describe the same run, whatever the order of their fields. */
export function sameSpec(left: RunSpec, right: RunSpec): boolean {
  return JSON.stringify(canonical(left)) === JSON.stringify(canonical(right));
}

/** What a link carries once each run of it is checked; refused with the first that is wrong. */
export async function checkedRuns(
  unpacked: unknown,
  check: (run: unknown) => Promise<Shared>,
): Promise<[Shared, ...Shared[]]> {
  if (!Array.isArray(unpacked)) return [await check(unpacked)];
  const runs: Shared[] = [];
  for (const [place, run] of unpacked.entries()) {
    try {
      runs.push(await check(run));
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      throw new Error(`Run ${place + 1} of the ${unpacked.length} in this link is refused: ${message}`);
    }
  }
  const [first, ...others] = runs;
  if (!first) throw new Error('The link carries no run.');
  return [first, ...others];
}

/** Why what a link carries cannot be re-run with the data open here; null when it can. */
export function obstacleTo(carried: readonly Shared[], here: DatasetSummary | null): string | null {
  const [first, ...others] = carried;
  if (!first) return null;
  // A link carries the beginning of the digest.
  const { name, digest } = first.spec.dataset;
  if (others.some(({ spec: { dataset } }) => dataset.name !== name || dataset.digest !== digest)) {
    return 'Its runs are of different data and cannot be held against each other. Open them one by one.';
  }
  if (here?.name !== name) {
    return `It was made with the dataset “${name}”, which is not open here. Choose or open it below to run it here.`;
  }
  if (digest && !here.digest.startsWith(digest)) {
    return `It was made with another version of “${name}” than the one open here: the digests differ.`;
  }
  return null;
}
