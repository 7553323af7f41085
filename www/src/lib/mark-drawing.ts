import type uPlot from 'uplot';

import type { Mark } from './marks';

/** Told apart without colour. */
const DASHES: Record<Mark['kind'], number[]> = { best: [], rate: [2, 3], stop: [6, 4] };

/** The heights of all curves between two places across, in pixels of the screen. */
function heights({ data, valToPos }: uPlot, from: number, to: number): number[] {
  const [epochs, ...lines] = data;
  return Array.from(epochs).flatMap((epoch, nth) => {
    const across = valToPos(epoch, 'x', true);
    if (across < from || across > to) return [];
    const values = lines.flatMap((line) => line[nth] ?? []);
    return values.map((value) => valToPos(value, 'y', true));
  });
}

/** A line for each mark, and its words at that end which is farther from the curves, in the colours of an element. */
export function drawMarks(plot: uPlot, marks: readonly Mark[], style: CSSStyleDeclaration): void {
  const { ctx, bbox, valToPos } = plot;
  const pixel = devicePixelRatio;
  const [top, bottom] = [bbox.top, bbox.top + bbox.height];
  ctx.save();
  ctx.font = `${11.5 * pixel}px system-ui, sans-serif`;
  ctx.fillStyle = style.color;
  ctx.lineJoin = 'round';
  marks.forEach(({ epochs, title, kind }, nth) => {
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
    const curves = heights(plot, left ? x - width : x, left ? x : x + width);
    const high = Math.min(...curves) - top > bottom - Math.max(...curves);
    // Those at one moment stand below each other.
    const row = 14 * (nth % 4);
    const y = high ? top + (11 + row) * pixel : bottom - (4 + row) * pixel;
    ctx.textAlign = left ? 'right' : 'left';
    // Words are readable over a curve, too.
    ctx.setLineDash([]);
    ctx.lineWidth = 3 * pixel;
    ctx.strokeStyle = style.outlineColor;
    ctx.strokeText(title, x + (left ? -4 : 4) * pixel, y);
    ctx.fillText(title, x + (left ? -4 : 4) * pixel, y);
  });
  ctx.restore();
}
