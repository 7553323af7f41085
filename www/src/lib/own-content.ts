import type { Design, ItemCard, RunSpec } from './types';

/**
 * What a run had for a modality of an item when it scored it: the item's own content; a stand-in, because the data have none
 * (`absent`) or because something else was put in the place of everybody's (`replaced`); or one of the two, and the page cannot
 * tell which (`unclear`).
 */
export type Content = 'own' | 'absent' | 'replaced' | 'unclear';

/** The vectors of some items, row by row, NaN for what an item lacks; null where the data have no such modality. */
export type FeaturesOf = (modality: string, items: Uint32Array) => Promise<Float32Array | null>;

/** By item, what a run had for each modality. */
export async function contentsOf(
  spec: RunSpec,
  modalities: readonly string[],
  cards: readonly ItemCard[],
  features: FeaturesOf,
): Promise<Content[][]> {
  const presence = await Promise.all(
    modalities.map((modality) => presenceOf(spec.design, modality, cards, features)),
  );
  return cards.map((_, nth) =>
    modalities.map((modality, at) => contentOf(spec, modality, presence[at]?.[nth] ?? null)),
  );
}

/** Which items have a modality in the data; null where that is not known. */
async function presenceOf(
  design: Design | undefined,
  modality: string,
  cards: readonly ItemCard[],
  features: FeaturesOf,
): Promise<(boolean | null)[]> {
  // Features say nothing of a design that learns from pictures and words themselves.
  if ((design?.['extraction-of']?.[modality] ?? design?.extraction) === 'end-to-end') {
    return cards.map(({ thumbnail, title, description }) => {
      if (modality === 'visual') return thumbnail !== null;
      return modality === 'textual' ? title !== '' || description !== '' : null;
    });
  }
  // Data that do not answer are no reason to keep silent about the scores.
  const rows = await features(
    modality,
    Uint32Array.from(cards, ({ item }) => item),
  ).catch(() => null);
  if (!rows) return cards.map(() => null);
  const width = rows.length / cards.length;
  return cards.map((_, nth) => !Number.isNaN(rows[nth * width]));
}

function contentOf({ missing, placebo }: RunSpec, modality: string, has: boolean | null): Content {
  if (placebo && placebo !== 'none') return 'replaced';
  // What lacks content is on no list then.
  if (missing?.policy === 'drop') return 'own';
  if (has === false) return 'absent';
  const rate = missing && isTaken(missing, modality) ? missing.rate : 0;
  if (rate === 1) return 'replaced';
  // From which items it is taken is drawn by lot in the engine.
  return has === null || rate > 0 ? 'unclear' : 'own';
}

/** Whether a modality is taken away from items when lists are made. */
function isTaken({ modalities = [], side }: NonNullable<RunSpec['missing']>, modality: string): boolean {
  return side !== 'train' && (modalities.length === 0 || modalities.includes(modality));
}
