/** Charts as files that stand alone: drawn from data, in the page's colours, with title and source inside. */

import type { Source } from './table';

/** The colours of styles/page.css that charts use. */
export const COLOURS = [
  'card',
  'ink',
  'soft',
  'line',
  'strong-line',
  'accent',
  'series-1',
  'series-2',
  'series-3',
  'series-4',
  'series-5',
] as const;

export type Palette = Record<(typeof COLOURS)[number], string>;

/** What is drawn, from its own corner. */
export interface Drawing {
  width: number;
  height: number;
  body: string;
}

export interface Figure {
  source: Source;
  draw: (palette: Palette) => Drawing;
}

type Attributes = Record<string, string | number | undefined>;

const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Liberation Sans', Arial, sans-serif";
const MARGIN = 20;
/** How much wider bold letters are. */
const BOLD = 1.16;

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

function rounded(value: string | number): string {
  return typeof value === 'number' ? String(Number(value.toFixed(2))) : escape(value);
}

/** An element; attributes without a value are left out. `children` is markup, not text. */
export function element(name: string, attributes: Attributes, children = ''): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${rounded(value ?? '')}"`)
    .join('');
  return children ? `<${name}${written}>${children}</${name}>` : `<${name}${written}/>`;
}

export function text(x: number, y: number, words: string, attributes: Attributes): string {
  return element('text', { x, y, ...attributes }, escape(words));
}

/** Lines of at most `width`, judged by the mean width of a letter: a file has nobody to measure it for. */
export function wrap(words: string, width: number, size: number): string[] {
  const letters = Math.max(1, Math.floor(width / (size * 0.53)));
  const lines: string[] = [];
  for (const word of words.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= letters) {
      lines[lines.length - 1] = `${last} ${word}`;
    } else {
      lines.push(word);
    }
  }
  return lines;
}

/** The file: title, chart, source. */
export function toSvg({ source, draw }: Figure, palette: Palette): string {
  const { width: chart, height, body } = draw(palette);
  const width = chart + 2 * MARGIN;
  const heading = wrap(source.title, chart, 17 * BOLD);
  const notes = source.notes.flatMap((note) => wrap(note, chart, 11.5));
  const top = MARGIN + heading.length * 22 + 6;
  const bottom = top + height + 14;
  const all = bottom + notes.length * 15 + MARGIN - 8;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${rounded(width)} ${rounded(all)}" width="${rounded(width)}" height="${rounded(all)}" font-family="${FONT}">`,
    element('title', {}, escape(source.title)),
    element('desc', {}, escape(source.notes.join(' '))),
    element('rect', { width, height: all, fill: palette.card }),
    ...heading.map((line, nth) =>
      text(MARGIN, MARGIN + 15 + nth * 22, line, {
        fill: palette.ink,
        'font-size': 17,
        'font-weight': 600,
      }),
    ),
    element('g', { transform: `translate(${MARGIN} ${top})` }, body),
    ...notes.map((line, nth) =>
      text(MARGIN, bottom + 11 + nth * 15, line, { fill: palette.soft, 'font-size': 11.5 }),
    ),
    '</svg>\n',
  ].join('\n');
}
