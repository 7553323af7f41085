/** The slices of what was held out, as they are called and explained (docs/metrics.md). */

import { formatCount } from './format';
import type { SliceSummary } from './types';

const CONTENT: Record<string, string> = { visual: 'a picture', textual: 'a text', audio: 'a sound' };

export function sliceTitle({ name, modality }: SliceSummary): string {
  switch (name) {
    case 'everything':
      return 'Everything';
    case 'light-users':
      return 'People with few things';
    case 'heavy-users':
      return 'People with many things';
    case 'popular-items':
      return 'Popular items';
    case 'long-tail-items':
      return 'Items of the long tail';
    case 'cold-items':
      return 'Cold items';
  }
  const content = CONTENT[modality ?? ''] ?? modality ?? name;
  return name.startsWith('without-') ? `Items without ${content}` : `Items with ${content}`;
}

/** Which people or items, and what that means for the metrics. */
export function sliceMeaning(slice: SliceSummary): string {
  const { name, over, users, interactions } = slice;
  const [fewest, most] = slice['train-interactions'];
  const size = `${formatCount(interactions)} held-out interactions of ${formatCount(users)} people.`;
  if (over === 'everything') return `Everybody, and everything that was held out: ${size}`;
  if (over === 'users') {
    const which =
      name === 'light-users'
        ? `The half of the people who took least in train, at most ${most}`
        : `The half of the people who took most in train, at least ${fewest}`;
    return `${which}: ${size} Only they are averaged, and only their lists count as shown.`;
  }
  const which = {
    'popular-items': 'The most popular items, which make up 80 % of train',
    'long-tail-items': 'All but the most popular items, which make up 80 % of train',
    'cold-items': 'Items that nobody took in train',
  }[name];
  const described = which ?? `${sliceTitle(slice)}, as the data have it`;
  return `${described}: ${size} Only they can be hit, as if nothing else had been held out; people without any drop out. Lists stay as they are, so metrics of what is shown do not change and are left out.`;
}
