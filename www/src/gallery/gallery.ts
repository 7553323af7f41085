/** Runs to open and to re-run. Each is a file in `entries/`: a title, a sentence, and the link that the page or the program made. */

import { unpackLink } from '../lib/packing';
import type { Shared } from '../lib/types';

export interface Entry {
  name: string;
  title: string;
  sentence: string;
  link: string;
}

export interface ReadEntry extends Entry {
  shared: Shared;
}

const FILES = import.meta.glob<Omit<Entry, 'name'>>('./entries/*.json', { eager: true, import: 'default' });

/** In the order of their files' names. */
export const ENTRIES: readonly Entry[] = Object.entries(FILES)
  .map(([path, entry]) => ({ name: path.replace(/^.*\/|\.json$/g, ''), ...entry }))
  .sort((left, right) => left.name.localeCompare(right.name, 'en', { numeric: true }));

/** What a link of our own says, to be shown before the engine is there. Others are checked by the engine first. */
export async function readEntry(entry: Entry): Promise<ReadEntry> {
  return { ...entry, shared: (await unpackLink(entry.link)) as Shared };
}
