import { BOTTOM, HEIGHT, LEFT, RIGHT, type ScatterPoint, scatterLayout, TOP, WIDTH } from '../../lib/scatter';
import { type Drawing, element, type Palette, text } from '../figure';

/** The page's scatter plot of two metrics. */
export function drawScatter(
  x: string,
  y: string,
  points: readonly ScatterPoint[],
  palette: Palette,
): Drawing {
  const { placed, edge, xTicks, yTicks, xTitle, yTitle } = scatterLayout(x, y, points, null);
  const tick = { fill: palette.soft, 'font-size': 12 };
  const axis = { fill: palette.soft, 'font-size': 13 };
  const grid = { stroke: palette.line };
  const body = [
    ...xTicks.flatMap(({ at, text: words }) => [
      element('line', { x1: at, x2: at, y1: TOP, y2: HEIGHT - BOTTOM, ...grid }),
      text(at, HEIGHT - BOTTOM + 17, words, { ...tick, 'text-anchor': 'middle' }),
    ]),
    ...yTicks.flatMap(({ at, text: words }) => [
      element('line', { x1: LEFT, x2: WIDTH - RIGHT, y1: at, y2: at, ...grid }),
      text(LEFT - 8, at + 4, words, { ...tick, 'text-anchor': 'end' }),
    ]),
    text(WIDTH - RIGHT, HEIGHT - 8, xTitle, { ...axis, 'text-anchor': 'end' }),
    text(4, 14, yTitle, axis),
    element('path', {
      d: edge,
      fill: 'none',
      stroke: palette['series-1'],
      'stroke-width': 1.5,
      'stroke-dasharray': '4 4',
      opacity: 0.7,
    }),
    ...placed.map(({ at, best }) =>
      element('circle', {
        cx: at.x,
        cy: at.y,
        r: 6,
        fill: best ? palette['series-1'] : palette.card,
        stroke: palette['series-1'],
        'stroke-width': 2,
      }),
    ),
    ...placed.map(({ label, title, best }) =>
      label
        ? text(label.x, label.y, title, {
            'text-anchor': label.anchor,
            fill: palette.ink,
            'font-size': 13,
            'font-weight': best ? 650 : 500,
            stroke: palette.card,
            'stroke-width': 3,
            'stroke-linejoin': 'round',
            'paint-order': 'stroke',
          })
        : '',
    ),
  ].join('\n');
  return { width: WIDTH, height: HEIGHT, body };
}
