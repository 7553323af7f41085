import type { Mark } from '../../lib/marks';
import { ticks } from '../../lib/scale';
import { type Drawing, element, type Palette, text } from '../figure';

const WIDTH = 640;
const HEIGHT = 320;
const LEFT = 60;
const RIGHT = 12;
const TOP = 34;
const BOTTOM = 40;

const SERIES = ['series-1', 'series-2', 'series-3', 'series-4', 'series-5'] as const;
/** Dashes, so that lines are not told apart by colour alone. */
const DASHES = [undefined, '7 4', '2 3', '9 3 2 3', '4 2'];

const MARK_DASHES: Record<Mark['kind'], string | undefined> = { best: undefined, rate: '2 3', stop: '6 4' };

export interface Line {
  title: string;
  values: readonly (number | null)[];
}

/** The page's curves over the epochs of a run. */
export function drawCurve(
  epochs: readonly number[],
  lines: readonly Line[],
  marks: readonly Mark[],
  until: number,
  format: (value: number) => string,
  palette: Palette,
): Drawing {
  const values = lines.flatMap((line) => line.values.filter((value) => value !== null));
  const smallest = Math.min(...values);
  const largest = Math.max(...values);
  const room = (largest - smallest || Math.abs(largest) || 1) * 0.06;
  const [from, to] = [smallest - room, largest + room];
  const across = (epoch: number) => LEFT + (epoch / Math.max(1, until)) * (WIDTH - LEFT - RIGHT);
  const down = (value: number) => HEIGHT - BOTTOM - ((value - from) / (to - from)) * (HEIGHT - TOP - BOTTOM);
  const small = { fill: palette.soft, 'font-size': 12 };

  const drawn = lines.flatMap(({ title, values }, nth) => {
    const colour = palette[SERIES[nth % SERIES.length] ?? 'ink'];
    const stroke = { stroke: colour, 'stroke-width': 2, 'stroke-dasharray': DASHES[nth % DASHES.length] };
    const points = values.flatMap((value, at) =>
      value === null ? [] : [`${across(epochs[at] ?? 0).toFixed(1)},${down(value).toFixed(1)}`],
    );
    const left = LEFT + nth * 150;
    return [
      element('polyline', { points: points.join(' '), fill: 'none', 'stroke-linejoin': 'round', ...stroke }),
      element('line', { x1: left, x2: left + 20, y1: 12, y2: 12, ...stroke }),
      text(left + 27, 16, title, { fill: palette.ink, 'font-size': 12.5 }),
    ];
  });
  const marked = marks.flatMap(({ epochs, title, kind }, nth) => {
    const x = across(epochs);
    const left = epochs > until / 2;
    const down = 15 * (nth % 4);
    return [
      element('line', {
        x1: x,
        x2: x,
        y1: TOP,
        y2: HEIGHT - BOTTOM,
        stroke: palette.soft,
        'stroke-dasharray': MARK_DASHES[kind],
      }),
      text(x + (left ? -5 : 5), kind === 'rate' ? TOP + 10 + down : HEIGHT - BOTTOM - 6 - down, title, {
        ...small,
        'text-anchor': left ? 'end' : 'start',
      }),
    ];
  });
  const body = [
    ...ticks(from, to).flatMap((tick) => [
      element('line', {
        x1: LEFT,
        x2: WIDTH - RIGHT,
        y1: down(tick),
        y2: down(tick),
        stroke: palette.line,
      }),
      text(LEFT - 8, down(tick) + 4, format(tick), { ...small, 'text-anchor': 'end' }),
    ]),
    ...ticks(0, Math.max(1, until), 6).map((tick) =>
      text(across(tick), HEIGHT - BOTTOM + 18, String(tick), { ...small, 'text-anchor': 'middle' }),
    ),
    text(WIDTH - RIGHT, HEIGHT - 4, 'Epochs', { ...small, 'text-anchor': 'end' }),
    ...marked,
    ...drawn,
  ].join('\n');
  return { width: WIDTH, height: HEIGHT, body };
}
