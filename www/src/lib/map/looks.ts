import type { ItemAtlas, Look, MapSpace } from './atlas.svelte';
import type { Palette } from './palette';
import { type Colour, shade, strength } from './shades';

/** The colours of a look, from few to many. */
export function rampOf(look: Look, { strongLine, ink, accent, listed }: Palette): Colour[] {
  const middle = look === 'exposure' ? listed : accent;
  return [strongLine, middle, shade([middle, ink], 0.55)];
}

/** How strong each row of a map is: by popularity or by exposure. */
export function strengthsOf(
  { look, cards, exposure, items }: Pick<ItemAtlas, 'look' | 'cards' | 'exposure' | 'items'>,
  space: Pick<MapSpace, 'items'>,
): Float32Array {
  const count = (item: number) =>
    look === 'exposure' ? (exposure?.[item] ?? 0) : (cards[item]?.popularity ?? 0);
  const most = items.reduce((most, item) => Math.max(most, count(item)), 0);
  return Float32Array.from(space.items, (item) => strength(count(item), most));
}
