/** A colour as numbers from 0 to 255. */
export type Colour = readonly [number, number, number];

/** From nothing to the most, between 0 and 1: by the root, so that the area of a dot goes with the count. */
export function strength(count: number, most: number): number {
  return most > 0 ? Math.sqrt(Math.min(1, count / most)) : 0;
}

/** A colour between several, which stand evenly from 0 to 1. */
export function shade(stops: readonly Colour[], at: number): Colour {
  const place = Math.min(1, Math.max(0, at)) * (stops.length - 1);
  const first = stops[Math.floor(place)] ?? [0, 0, 0];
  const second = stops[Math.ceil(place)] ?? first;
  const share = place - Math.floor(place);
  return first.map((value, band) => Math.round(value + (second[band]! - value) * share)) as [
    number,
    number,
    number,
  ];
}

export function css([red, green, blue]: Colour, opacity = 1): string {
  return `rgb(${red} ${green} ${blue} / ${opacity})`;
}

/** A colour as a browser computes it: `rgb(1, 2, 3)`. */
export function parseColour(text: string): Colour {
  const [red = 0, green = 0, blue = 0] = (text.match(/[\d.]+/g) ?? []).map(Number);
  return [red, green, blue];
}
