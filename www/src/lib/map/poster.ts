import type { Palette } from './palette';
import { css } from './shades';

/** What a poster shows of one map. */
export interface Exhibit {
  title: string;
  notes: readonly string[];
  canvas: HTMLCanvasElement;
}

const MARGIN = 36;
const GAP = 28;
/** From line to line. */
const LINE = 19;
const SERIF = "'Iowan Old Style', Palatino, P052, Georgia, 'Liberation Serif', serif";
const SANS = "system-ui, 'Segoe UI', Roboto, 'Liberation Sans', Arial, sans-serif";

/** Sizes are those of the page; the picture is as sharp as the maps on this screen. */
export function drawPoster(
  title: string,
  notes: readonly string[],
  exhibits: readonly Exhibit[],
  palette: Palette,
): HTMLCanvasElement {
  const sharpness = devicePixelRatio;
  const sizes = exhibits.map(({ canvas }) => [canvas.width / sharpness, canvas.height / sharpness] as const);
  const across = sizes.reduce((sum, [width]) => sum + width, GAP * Math.max(0, exhibits.length - 1));
  const down = Math.max(0, ...sizes.map(([, height]) => height));
  const lines = Math.max(0, ...exhibits.map(({ notes }) => notes.length));
  const poster = document.createElement('canvas');
  // Where few maps are narrower than the words, the words decide.
  const width = Math.max(across, 560) + 2 * MARGIN;
  const height = down + 2 * MARGIN + 92 + (lines + notes.length) * LINE;
  poster.width = Math.round(width * sharpness);
  poster.height = Math.round(height * sharpness);
  const context = poster.getContext('2d');
  if (!context) return poster;
  context.scale(sharpness, sharpness);
  context.fillStyle = css(palette.paper);
  context.fillRect(0, 0, width, height);

  const write = (text: string, x: number, y: number, font: string, colour: Palette['ink'], most?: number) => {
    context.font = font;
    context.fillStyle = css(colour);
    context.fillText(text, x, y, most);
  };
  write(title, MARGIN, MARGIN + 26, `600 28px ${SERIF}`, palette.ink, width - 2 * MARGIN);
  let left = MARGIN;
  const top = MARGIN + 84;
  exhibits.forEach(({ title, notes, canvas }, nth) => {
    const [wide, high] = sizes[nth]!;
    write(title, left, top - 14, `600 18px ${SERIF}`, palette.ink);
    context.beginPath();
    context.roundRect(left, top, wide, high, 10);
    context.fillStyle = css(palette.card);
    context.fill();
    context.strokeStyle = css(palette.line);
    context.stroke();
    context.drawImage(canvas, left, top, wide, high);
    notes.forEach((note, line) =>
      write(note, left, top + high + 4 + (line + 1) * LINE, `13px ${SANS}`, palette.soft, wide),
    );
    left += wide + GAP;
  });
  notes.forEach((note, line) =>
    write(
      note,
      MARGIN,
      top + down + 12 + (lines + line + 1) * LINE,
      `13px ${SANS}`,
      palette.soft,
      width - 2 * MARGIN,
    ),
  );
  return poster;
}

export function asPng(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The picture could not be made.')))),
  );
}
