import type { ItemCard } from '../lib/types';
import type { DatasetHandle } from './wasm';

/** An item that is like another one, and how much: the cosine of their features, 1 for the same. */
export interface Alike<Item = ItemCard> {
  item: Item;
  cosine: number;
}

/** What an item is like in a modality. */
export interface Likeness {
  modality: string;
  /** Of some chosen items, most alike first; null where the item lacks the modality. */
  among: Alike<number>[] | null;
  /** Of all items. */
  anywhere: Alike[] | null;
}

/**
 * The items that are most like `item`, with a cosine above 0. `features` has a row of `width` numbers an item, NaN where an item has
 * none; null where `item` has none.
 */
export function mostAlike(
  features: Float32Array,
  width: number,
  item: number,
  among: Iterable<number>,
  count: number,
): Alike<number>[] | null {
  const own = features.subarray(item * width, (item + 1) * width);
  const length = Math.sqrt(own.reduce((sum, value) => sum + value * value, 0));
  if (!(length > 0)) return null;
  const found: Alike<number>[] = [];
  for (const other of new Set(among)) {
    if (other === item) continue;
    let [product, square] = [0, 0];
    const begin = other * width;
    for (let at = 0; at < width; at += 1) {
      const value = features[begin + at] ?? Number.NaN;
      product += (own[at] ?? 0) * value;
      square += value * value;
    }
    const cosine = product / (length * Math.sqrt(square));
    // Neither what points away nor what has no features (a cosine that is no number) is alike.
    if (cosine > 0) found.push({ item: other, cosine });
  }
  return found.sort((one, another) => another.cosine - one.cosine || one.item - another.item).slice(0, count);
}

/** What an item is like in every modality of a dataset. */
export function likenessOf(
  dataset: DatasetHandle,
  cards: readonly ItemCard[],
  item: number,
  among: readonly number[],
  count: number,
): Likeness[] {
  return Object.entries(dataset.summary().modalities).flatMap(([modality, { dim }]) => {
    const features = dataset.features(modality);
    if (!features) return [];
    const anywhere = mostAlike(features, dim, item, cards.keys(), count);
    return [
      {
        modality,
        among: mostAlike(features, dim, item, among, count),
        anywhere:
          anywhere?.flatMap(({ item, cosine }) => {
            const card = cards[item];
            return card ? [{ item: card, cosine }] : [];
          }) ?? null,
      },
    ];
  });
}
