import { fetchJson } from './download';
import type { DatasetSummary, RunSpec } from './types';

/** One line of `datasets/index.json`. */
export interface DatasetEntry {
  name: string;
  title: string;
  /** Relative to the index. */
  file: string;
  synthetic: boolean;
  note: string;
}

/** Where the page's data are, whatever folder it is served from. */
export const DATASETS = new URL('datasets/', new URL('.', document.baseURI)).href;

/** The data that the page was published with; none where it came without. */
export async function fetchCatalogue(): Promise<DatasetEntry[]> {
  return (await fetchJson<DatasetEntry[]>(new URL('index.json', DATASETS).href)) ?? [];
}

/** The thumbnails of a dataset, as the page draws them: one picture, cut into square tiles. */
export interface Sheet {
  address: string;
  /** Of the whole picture, in its own pixels, as `tile` is. */
  width: number;
  height: number;
  tile: number;
  columns: number;
}

export interface OpenDataset {
  summary: DatasetSummary;
  /** They did not come with the page. */
  own: boolean;
  title: string;
  note: string;
  sheet: Sheet | null;
}

/** Whether these are the data that a specification names; a link names them by the beginning of their digest, too. */
export function areNamed({ name, digest }: DatasetSummary, named: RunSpec['dataset']): boolean {
  return name === named.name && digest.startsWith(named.digest ?? '');
}

/** Makes the picture of all thumbnails ready to draw; null when the dataset has none. */
export async function drawSheet(
  { thumbnails }: DatasetSummary,
  picture: Uint8Array | null,
): Promise<Sheet | null> {
  if (!thumbnails || !picture) return null;
  const type = picture[0] === 0x89 ? 'image/png' : 'image/jpeg';
  const blob = new Blob([new Uint8Array(picture)], { type });
  try {
    const { width, height } = await createImageBitmap(blob);
    return { address: URL.createObjectURL(blob), width, height, ...thumbnails };
  } catch {
    // A sheet that is no picture costs the pictures, not the dataset.
    return null;
  }
}
