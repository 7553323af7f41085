import type uPlot from 'uplot';

import type { Mark } from './marks';

/** Told apart without colour. */
const DASHES: Record<Mark['kind'], number[]> = { best: [], rate: [2, 3], stop: [6, 4] };

/** Places across at which the heights of curves are looked up for a word that stands there. */
const LOOKS = 9;

/** The heights of all curves between two places across, in pixels of the screen. */
function heights({ data, posToVal, valToPos }: uPlot, from: number, to: number): number[] {
  const [epochs, ...lines] = data;
  const looks = Array.from({ length: LOOKS }, (_, nth) => from + ((to - from) * nth) / (LOOKS - 1));
  return lines.flatMap((line) => {
    const points = Array.from(epochs).flatMap((epoch, nth) => {
      const value = line[nth];
      return value == null ? [] : [{ epoch, value }];
    });
    return looks.flatMap((look) => {
      const epoch = posToVal(look, 'x', true);
      const next = points.findIndex((point) => point.epoch >= epoch);
      const [before, after] = [points[next - 1] ?? points[next], points[next]];
      if (!before || !after) return [];
      const part = (epoch - before.epoch) / (after.epoch - before.epoch || 1);
      return valToPos(before.value + Math.max(0, part) * (after.value - before.value), 'y', true);
    });
  });
}

/** A line for each mark, and its words where curves and other words are farthest, in the colours of an element. */
export function drawMarks(plot: uPlot, marks: readonly Mark[], style: CSSStyleDeclaration): void {
  const { ctx, bbox, valToPos } = plot;
  const pixel = devicePixelRatio;
  const [top, bottom] = [bbox.top, bbox.top + bbox.height];
  ctx.save();
  ctx.font = `${11.5 * pixel}px system-ui, sans-serif`;
  ctx.fillStyle = style.color;
  ctx.lineJoin = 'round';
  const written: { y: number; from: number; to: number }[] = [];
  for (const { epochs, title, kind } of marks) {
    const x = Math.round(valToPos(epochs, 'x', true)) + 0.5;
    ctx.strokeStyle = style.color;
    ctx.lineWidth = pixel;
    ctx.setLineDash(DASHES[kind].map((length) => length * pixel));
    ctx.beginPath();
    ctx.moveTo(x, top);
    ctx.lineTo(x, bottom);
    ctx.stroke();
    const left = x - bbox.left > bbox.width / 2;
    const width = ctx.measureText(title).width + 8 * pixel;
    const [from, to] = left ? [x - width, x] : [x, x + width];
    const others = written.filter((word) => word.from < to && from < word.to);
    const taken = [...heights(plot, from, to), ...others.map(({ y }) => y)];
    const rows = Math.max(1, Math.floor(bbox.height / (14 * pixel)));
    // From below, so that without curves all stand at the bottom.
    const y = Array.from({ length: rows }, (_, row) => bottom - (8 + 14 * row) * pixel)
      .map((middle) => ({
        middle,
        room: Math.min(28 * pixel, ...taken.map((other) => Math.abs(other - middle))),
      }))
      .reduce((best, row) => (row.room > best.room ? row : best)).middle;
    written.push({ y, from, to });
    ctx.textAlign = left ? 'right' : 'left';
    // Words are readable over a curve, too.
    ctx.setLineDash([]);
    ctx.lineWidth = 3 * pixel;
    ctx.strokeStyle = style.outlineColor;
    ctx.strokeText(title, x + (left ? -4 : 4) * pixel, y + 4 * pixel);
    ctx.fillText(title, x + (left ? -4 : 4) * pixel, y + 4 * pixel);
  }
  ctx.restore();
}
