import type { ItemCard } from '../types';
import type { Palette } from './palette';
import type { Colour } from './shades';

/** A kind of thing, how many of the items on the maps are one, and its colour there. */
export interface Kind {
  name: string;
  count: number;
  colour: Colour;
}

/** Of more kinds than this nobody tells the colours apart: those that are rarer have none. */
export const COLOURED = 40;

/** From one hue to the next, in degrees: kinds that follow each other look different, however many there are. */
const GOLDEN_ANGLE = 137.508;

/** The kinds of the items, those of many first; items whose data do not say are of none. */
export function kindsOf(cards: readonly ItemCard[], items: Uint32Array, { card: paper }: Palette): Kind[] {
  const counts = new Map<string, number>();
  for (const item of items) {
    const name = cards[item]?.kind;
    if (name) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const dark = paper[0] + paper[1] + paper[2] < 3 * 128;
  return [...counts]
    .sort(([one, few], [other, many]) => many - few || one.localeCompare(other, 'en'))
    .slice(0, COLOURED)
    .map(([name, count], nth) => {
      const lightness = (dark ? 0.66 : 0.44) + (nth % 2 ? 0.09 : -0.05);
      return { name, count, colour: hued((nth * GOLDEN_ANGLE + 25) % 360, 0.62, lightness) };
    });
}

/** A colour by its hue in degrees, its saturation and its lightness between 0 and 1. */
function hued(hue: number, saturation: number, lightness: number): Colour {
  const strength = saturation * Math.min(lightness, 1 - lightness);
  const band = (start: number): number => {
    const place = (start + hue / 30) % 12;
    return Math.round(255 * (lightness - strength * Math.max(-1, Math.min(place - 3, 9 - place, 1))));
  };
  return [band(0), band(8), band(4)];
}
