import { metric } from '../../lib/metrics';
import { stripsOf } from '../../lib/strips';
import { markColumn } from '../../lib/tables';
import type { SuiteRow } from '../../lib/types';
import { type Drawing, element, type Palette, text, wrap } from '../figure';

const LABEL = 190;
const COLUMN = 84;
const LANE = 68;
const ROW = 26;
const HEAD = 44;

/** The page's strips: for each metric every row between the worst and the best, bars for what seeds change. */
export function drawStrips(
  rows: readonly Pick<SuiteRow, 'label' | 'test'>[],
  metrics: readonly string[],
  cutoff: number,
  palette: Palette,
): Drawing {
  const height = HEAD + rows.length * ROW;
  const columns = metrics.map((name, column) => {
    const left = LABEL + column * COLUMN;
    const values = rows.map(({ test }) => test[name]?.[cutoff] ?? null);
    const { title, better } = metric(name);
    const marks = markColumn(
      values.map((value) => value?.mean),
      better,
    );
    const head = wrap(title, COLUMN - 8, 11.5);
    const lanes = stripsOf(values, better).map((strip, row) => {
      if (!strip) return '';
      const middle = HEAD + row * ROW + ROW / 2;
      const at = (share: number) => left + 6 + share * (LANE - 12);
      const colour = marks[row] ? palette.accent : palette['series-1'];
      return [
        element('line', { x1: left, x2: left + LANE, y1: middle, y2: middle, stroke: palette.line }),
        element('line', {
          x1: at(strip.from),
          x2: at(strip.to),
          y1: middle,
          y2: middle,
          stroke: palette['strong-line'],
          'stroke-width': 4,
          opacity: 0.55,
        }),
        element('circle', {
          cx: at(strip.at),
          cy: middle,
          r: 4.5,
          fill: marks[row] === 'second' ? palette.card : colour,
          stroke: colour,
          'stroke-width': 2,
        }),
      ].join('\n');
    });
    return [
      ...head.map((line, part) =>
        text(left, HEAD - 10 + (part - head.length + 1) * 14, line, {
          fill: palette.ink,
          'font-size': 11.5,
          'font-weight': 600,
        }),
      ),
      ...lanes,
    ].join('\n');
  });
  const labels = rows.map(({ label }, row) => {
    const top = HEAD + row * ROW;
    const lines = wrap(label, LABEL - 10, 12);
    return [
      element('line', {
        x1: 0,
        x2: LABEL + metrics.length * COLUMN,
        y1: top,
        y2: top,
        stroke: palette.line,
      }),
      ...lines.map((line, part) =>
        text(0, top + ROW / 2 + 4 + (part - (lines.length - 1) / 2) * 12, line, {
          fill: palette.ink,
          'font-size': 12,
        }),
      ),
    ].join('\n');
  });
  const legend = text(
    0,
    height + 18,
    'Farther right is better. The best and, hollow, the second are in another colour. Bars: how far seeds move it.',
    { fill: palette.soft, 'font-size': 11.5 },
  );
  return {
    width: Math.max(LABEL + metrics.length * COLUMN, 560),
    height: height + 24,
    body: [...labels, ...columns, legend].join('\n'),
  };
}
