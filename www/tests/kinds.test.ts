import { describe, expect, it } from 'vitest';

import { COLOURED, kindsOf } from '../src/lib/map/kinds';
import { coloursOf, strengthsOf } from '../src/lib/map/looks';
import type { Palette } from '../src/lib/map/palette';
import { css } from '../src/lib/map/shades';
import type { ItemCard } from '../src/lib/types';

const palette = { card: [255, 255, 255], strongLine: [1, 2, 3] } as unknown as Palette;
const cards = (kinds: readonly string[]) => kinds.map((kind) => ({ kind, popularity: 1 }) as ItemCard);
const items = (count: number) => Uint32Array.from({ length: count }, (_, item) => item);

describe('kinds of items on a map', () => {
  it('come by how many there are, equals by name; items of none do not count', () => {
    const found = kindsOf(cards(['pen', 'cup', '', 'pen', 'axe']), items(5), palette);
    expect(found.map(({ name, count }) => [name, count])).toEqual([
      ['pen', 2],
      ['axe', 1],
      ['cup', 1],
    ]);
  });

  it('have colours of their own, dark on light paper and light on dark', () => {
    const many = cards(Array.from({ length: 60 }, (_, nth) => `kind ${nth}`));
    const light = kindsOf(many, items(60), palette);
    expect(light.length).toBe(COLOURED);
    expect(new Set(light.map(({ colour }) => css(colour))).size).toBe(COLOURED);
    const dark = kindsOf(many, items(60), { ...palette, card: [20, 20, 30] });
    const brightness = (kinds: typeof light) =>
      kinds.reduce((sum, { colour: [red, green, blue] }) => sum + red + green + blue, 0) / kinds.length;
    expect(brightness(dark)).toBeGreaterThan(brightness(light) + 100);
    for (const { colour } of [...light, ...dark])
      for (const band of colour) expect(band >= 0 && band <= 255).toBe(true);
  });

  it('colour the rows of a map, whose dots are alike; others stay grey', () => {
    const atlas = {
      look: 'kind' as const,
      cards: cards(['pen', 'cup', '']),
      exposure: null,
      items: items(3),
    };
    const space = { items: Uint32Array.of(2, 0) };
    const kinds = kindsOf(atlas.cards, atlas.items, palette);
    const strengths = strengthsOf(atlas, space);
    expect(strengths[0]).toBe(strengths[1]);
    const [none, pen] = coloursOf(atlas, space, strengths, kinds, palette);
    expect(none).toEqual(palette.strongLine);
    expect(pen).toEqual(kinds.find(({ name }) => name === 'pen')?.colour);
  });
});
