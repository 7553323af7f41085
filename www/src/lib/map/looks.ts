import type { ItemAtlas, Look, MapSpace } from './atlas.svelte';
import type { Kind } from './kinds';
import type { Palette } from './palette';
import { type Colour, shade, strength } from './shades';

/** The size of dots whose colour says all, between 0 and 1. */
const EVEN = 0.35;

/** The colours of a look that counts, from few to many. */
export function rampOf(look: Look, { strongLine, ink, accent, listed }: Palette): Colour[] {
  const middle = look === 'exposure' ? listed : accent;
  return [strongLine, middle, shade([middle, ink], 0.55)];
}

/** How strong each row of a map is: by popularity or by exposure; all alike where colours tell kinds. */
export function strengthsOf(
  { look, cards, exposure, items }: Pick<ItemAtlas, 'look' | 'cards' | 'exposure' | 'items'>,
  space: Pick<MapSpace, 'items'>,
): Float32Array {
  if (look === 'kind') return new Float32Array(space.items.length).fill(EVEN);
  const count = (item: number) =>
    look === 'exposure' ? (exposure?.[item] ?? 0) : (cards[item]?.popularity ?? 0);
  const most = items.reduce((most, item) => Math.max(most, count(item)), 0);
  return Float32Array.from(space.items, (item) => strength(count(item), most));
}

/** The colour of each row of a map. */
export function coloursOf(
  { look, cards }: Pick<ItemAtlas, 'look' | 'cards'>,
  space: Pick<MapSpace, 'items'>,
  strengths: Float32Array,
  kinds: readonly Kind[],
  palette: Palette,
): Colour[] {
  if (look === 'pictures') return Array.from(strengths, () => palette.strongLine);
  if (look === 'kind') {
    const colours = new Map(kinds.map(({ name, colour }) => [name, colour]));
    return Array.from(space.items, (item) => colours.get(cards[item]?.kind ?? '') ?? palette.strongLine);
  }
  const ramp = rampOf(look, palette);
  return Array.from(strengths, (strength) => shade(ramp, strength));
}
