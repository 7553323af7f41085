import {
  FINDINGS,
  formatChange,
  formatDifference,
  type Line,
  nameOf,
  placeIn,
  plotRange,
  relativeInterval,
} from '../../lib/comparisons';
import { ticks } from '../../lib/scale';
import { type Drawing, element, type Palette, text, wrap } from '../figure';

const LABEL = 200;
const PLOT = 340;
const FINDING = 180;
const ROW = 34;
const HEAD = 26;

/** The page's interval plot: each difference on a line of its own, from the low to the high end of its interval. */
export function drawIntervals(
  lines: readonly Line[],
  partner: string | null,
  margin: number,
  palette: Palette,
  limit = Infinity,
): Drawing {
  const range = plotRange(lines, margin, limit);
  const at = (share: number) => LABEL + placeIn(range, share).at * PLOT;
  const colours = {
    higher: palette['series-1'],
    lower: palette['series-2'],
    same: palette['series-3'],
    open: palette.soft,
  };
  const height = HEAD + lines.length * ROW;
  const small = { fill: palette.soft, 'font-size': 11 };

  const rows = lines.map((line, nth) => {
    const { difference } = line;
    const top = HEAD + nth * ROW;
    const middle = top + ROW / 2;
    const { kind, word, sign } = FINDINGS[difference.finding];
    const interval = relativeInterval(difference);
    const colour = colours[kind];
    const mark = { stroke: colour, 'stroke-width': 2 };
    const label = wrap(nameOf(line), LABEL - 12, 12.5);
    // What is beyond the end of the plot is an arrow there.
    const markOf = (share: number) => {
      const x = at(share);
      const back = share < 0 ? x + 9 : x - 9;
      return placeIn(range, share).beyond
        ? element('path', { d: `M${back} ${middle - 6} ${x} ${middle} ${back} ${middle + 6}Z`, fill: colour })
        : element('circle', {
            cx: x,
            cy: middle,
            r: 5,
            fill: kind === 'open' ? palette.card : colour,
            ...mark,
          });
    };
    const value =
      difference.relative === null
        ? formatDifference(difference.difference)
        : formatChange(difference.relative);
    return [
      element('line', { x1: 0, x2: LABEL + PLOT + FINDING, y1: top, y2: top, stroke: palette.line }),
      ...label.map((line, part) =>
        text(0, middle + 4.5 + (part - (label.length - 1) / 2) * 14, line, {
          fill: palette.ink,
          'font-size': 12.5,
        }),
      ),
      ...(interval && difference.relative !== null
        ? [
            element('line', { x1: at(interval[0]), x2: at(interval[1]), y1: middle, y2: middle, ...mark }),
            ...interval
              .filter((end) => !placeIn(range, end).beyond)
              .map((end) =>
                element('line', { x1: at(end), x2: at(end), y1: middle - 4, y2: middle + 4, ...mark }),
              ),
            markOf(difference.relative),
          ]
        : []),
      text(LABEL + PLOT + 76, middle + 4.5, value, {
        fill: palette.ink,
        'font-size': 12.5,
        'text-anchor': 'end',
      }),
      text(LABEL + PLOT + 88, middle + 4.5, `${sign} ${word}`, { fill: colour, 'font-size': 12.5 }),
    ].join('\n');
  });

  const body = [
    element('rect', {
      x: at(-margin),
      y: HEAD,
      width: at(margin) - at(-margin),
      height: height - HEAD,
      fill: palette['series-3'],
      opacity: 0.16,
    }),
    element('line', { x1: at(0), x2: at(0), y1: HEAD, y2: height, stroke: palette['strong-line'] }),
    partner ? text(0, 14, `against ${partner}`, small) : '',
    ...ticks(...range, 4).map((tick) =>
      text(at(tick), 14, tick === 0 ? '0' : formatChange(tick, 0), { ...small, 'text-anchor': 'middle' }),
    ),
    ...rows,
  ].join('\n');
  return { width: LABEL + PLOT + FINDING, height, body };
}
