import type { Recommendation } from './types';

/** A place of a list that is made anew, and where the item stood before. */
export interface Place {
  recommendation: Recommendation;
  /** Places gained (or, below zero, lost); null where the item was not on the list. */
  moved: number | null;
}

/** What became of a list. */
export interface Reranking {
  places: readonly Place[];
  /** Items that are on the list no longer. */
  gone: readonly Recommendation[];
}

export function rerankingOf(before: readonly Recommendation[], after: readonly Recommendation[]): Reranking {
  const ranks = new Map(before.map(({ card }, rank) => [card.item, rank]));
  const kept = new Set(after.map(({ card }) => card.item));
  return {
    places: after.map((recommendation, rank) => {
      const earlier = ranks.get(recommendation.card.item);
      return { recommendation, moved: earlier === undefined ? null : earlier - rank };
    }),
    gone: before.filter(({ card }) => !kept.has(card.item)),
  };
}

export function hitsIn(list: readonly Recommendation[]): number {
  return list.filter(({ hit }) => hit !== null).length;
}

/** “one hit among 10”, “no hit among 10”. */
export function hitsInWords(list: readonly Recommendation[]): string {
  const hits = hitsIn(list);
  return `${hits === 0 ? 'no hit' : hits === 1 ? 'one hit' : `${hits} hits`} among ${list.length}`;
}

/** What a list made anew has come to, in a sentence. */
export function rerankingInWords({ places, gone }: Reranking): string {
  const moved = places.filter(({ moved }) => moved !== null && moved !== 0).length;
  const came = places.filter(({ moved }) => moved === null).length;
  if (moved + came + gone.length === 0) return 'The list stays as it was.';
  const items = (count: number): string => (count === 1 ? '1 item' : `${count} items`);
  const told = [];
  if (moved > 0) told.push(`${items(moved)} moved`);
  if (came > 0) told.push(`${moved > 0 ? came : items(came)} came`);
  if (gone.length > 0) told.push(`${moved + came > 0 ? gone.length : items(gone.length)} went`);
  return `${told.join(', ')}.`;
}
