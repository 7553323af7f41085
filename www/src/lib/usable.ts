import type { DatasetSummary, Design } from './types';
import { extractionOf } from './wiring';

/**
 * The modalities that a design may use: those of which the data have features, and those that it learns from raw input which the data
 * have.
 */
export function usable(data: DatasetSummary, design: Design | undefined): string[] {
  const featured = Object.keys(data.modalities);
  const raw = { audio: data.sounds !== null, textual: data.texts, visual: data.thumbnails !== null };
  const learned = Object.entries(raw).flatMap(([name, there]) =>
    there && !featured.includes(name) && design && extractionOf(design, name) === 'end-to-end' ? [name] : [],
  );
  return [...featured, ...learned];
}
