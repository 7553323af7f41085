import type { Likeness } from '../worker/alike';
import { sentenceCase } from './format';
import { wordsFor } from './modality-words';
import type { ItemCard } from './types';

/** What an item is called where its title is only part of a sentence. */
export function titleOf({ title, id }: Pick<ItemCard, 'title' | 'id'>): string {
  return title || id;
}

/** What an item is most like among the items of a history, in a sentence or two. */
export function likenessInWords(likeness: readonly Likeness[], history: readonly ItemCard[]): string {
  const alike = likeness.flatMap(({ modality, among }) => {
    const card = history.find(({ item }) => item === among?.[0]?.item);
    return card ? [`${wordsFor(modality).isLike} “${titleOf(card)}”`] : [];
  });
  const unlike = likeness.filter(({ among }) => among?.length === 0).map(nameOf);
  const lacking = likeness.filter(({ among }) => among === null).map(nameOf);
  const told = [];
  if (alike.length > 0) told.push(`Of what this person chose, ${alike.join('; ')}.`);
  if (unlike.length > 0)
    told.push(`By its ${unlike.join(' and its ')} it is like nothing this person chose.`);
  if (lacking.length > 0) told.push(`It has no ${lacking.join(' and no ')} of its own.`);
  return told.map(sentenceCase).join(' ');
}

function nameOf({ modality }: Likeness): string {
  return wordsFor(modality).name;
}
