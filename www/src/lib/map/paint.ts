import type { Palette } from './palette';
import { cutOf, type Pictures } from './pictures';
import { type Colour, css } from './shades';
import { seen, type Viewport } from './viewport';

/** What is painted of a map. Rows are its own; sizes are in CSS pixels. */
export interface Scene {
  viewport: Viewport;
  /** Where rows lie on the whole map, `x, y, x, y …`. */
  places: Float32Array;
  /** How large the dot of each row is, between 0 and 1. */
  strength: Float32Array;
  /** Rows from weak to strong: strong ones lie above. */
  order: readonly number[];
  /** The colour of each row. */
  colours: readonly Colour[];
  pictures: Pictures | null;
  /** The picture of each row on the sheet; −1 where it has none. */
  picture: Int32Array;
  /** Pictures from afar too, in the place of dots. */
  mosaic: boolean;
  /** Rows that stand back; null where all count alike. */
  faded: ((row: number) => boolean) | null;
  chosen: number | null;
  /** The nearest of the chosen row. */
  near: readonly number[];
  /** What a person took, and what is recommended to them. */
  taken: readonly number[];
  listed: readonly number[];
  palette: Palette;
}

/** Closer than this, dots become pictures. */
const CLOSE = 3.5;
const LARGEST_PICTURE = 76;
/** The opacity of what stands back. */
const FAINT = 0.13;

/** The radius of a row as it is painted. */
export function radiusOf(scene: Scene, row: number): number {
  const { width, height, zoom } = scene.viewport;
  const room = Math.sqrt((width * height) / Math.max(1, scene.places.length / 2));
  const nearer = Math.sqrt(zoom);
  if (isPicture(scene, row)) {
    const size = Math.min(34, Math.max(14, room)) * (scene.mosaic ? nearer : nearer * 0.75);
    return Math.min(LARGEST_PICTURE, size) / 2;
  }
  const dot = Math.min(3.4, Math.max(1.6, room * 0.16));
  return scene.mosaic ? dot : dot * (0.75 + 1.35 * scene.strength[row]!) * Math.min(2, nearer);
}

export function paint(context: CanvasRenderingContext2D, scene: Scene): void {
  const { order, faded, palette, chosen } = scene;
  // What stands back lies below all.
  const behind = faded ? order.filter(faded) : [];
  const before = faded ? order.filter((row) => !faded(row)) : order;
  for (const row of behind) paintRow(context, scene, row, FAINT);
  for (const row of before) paintRow(context, scene, row, 1);

  if (chosen !== null) {
    const [x, y] = placeOf(scene, chosen);
    context.lineWidth = 1.5;
    context.strokeStyle = css(palette.accent, 0.75);
    for (const row of scene.near) {
      context.beginPath();
      context.moveTo(x, y);
      context.lineTo(...placeOf(scene, row));
      context.stroke();
    }
    for (const row of [...scene.near].reverse()) {
      paintRow(context, scene, row, 1);
      ring(context, scene, row, palette.accent, 1.5, 1.5);
    }
  }
  for (const row of [...scene.taken, ...scene.listed]) paintRow(context, scene, row, 1);
  for (const row of scene.taken) ring(context, scene, row, palette.taken, 2.5, 2);
  for (const row of scene.listed) diamond(context, scene, row, palette.listed);
  if (chosen !== null) paintLit(context, scene, chosen);
}

/** A row above all others. */
export function paintLit(context: CanvasRenderingContext2D, scene: Scene, row: number): void {
  paintRow(context, scene, row, 1);
  ring(context, scene, row, row === scene.chosen ? scene.palette.accent : scene.palette.ink, 3, 3);
}

function placeOf({ viewport, places }: Scene, row: number): [number, number] {
  return seen(viewport, places[row * 2]!, places[row * 2 + 1]!);
}

function isPicture({ pictures, picture, mosaic, viewport }: Scene, row: number): boolean {
  return pictures !== null && picture[row]! >= 0 && (mosaic || viewport.zoom >= CLOSE);
}

function paintRow(context: CanvasRenderingContext2D, scene: Scene, row: number, opacity: number): void {
  const [x, y] = placeOf(scene, row);
  const radius = radiusOf(scene, row);
  const { width, height } = scene.viewport;
  if (x < -radius || y < -radius || x > width + radius || y > height + radius) return;
  const colour = scene.colours[row]!;
  if (isPicture(scene, row) && scene.pictures) {
    const { image, tile } = scene.pictures;
    context.globalAlpha = opacity;
    if (!scene.mosaic) {
      context.fillStyle = css(colour);
      context.beginPath();
      context.roundRect(x - radius - 2.5, y - radius - 2.5, 2 * radius + 5, 2 * radius + 5, radius * 0.45);
      context.fill();
    }
    const [left, top] = cutOf(scene.pictures, scene.picture[row]!);
    context.drawImage(image, left, top, tile, tile, x - radius, y - radius, 2 * radius, 2 * radius);
    context.globalAlpha = 1;
    return;
  }
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = css(colour, opacity * 0.9);
  context.fill();
  context.lineWidth = 0.75;
  context.strokeStyle = css(scene.palette.card, opacity);
  context.stroke();
}

function ring(
  context: CanvasRenderingContext2D,
  scene: Scene,
  row: number,
  colour: Colour,
  width: number,
  gap: number,
): void {
  const [x, y] = placeOf(scene, row);
  const radius = radiusOf(scene, row) + gap;
  context.beginPath();
  if (isPicture(scene, row)) context.roundRect(x - radius, y - radius, 2 * radius, 2 * radius, radius * 0.4);
  else context.arc(x, y, radius, 0, 2 * Math.PI);
  // A rim of the paper's colour, so that the ring is seen on any other.
  context.lineWidth = width + 2;
  context.strokeStyle = css(scene.palette.card, 0.9);
  context.stroke();
  context.lineWidth = width;
  context.strokeStyle = css(colour);
  context.stroke();
}

function diamond(context: CanvasRenderingContext2D, scene: Scene, row: number, colour: Colour): void {
  const [x, y] = placeOf(scene, row);
  const radius = radiusOf(scene, row) * (isPicture(scene, row) ? 1.5 : 1) + 5;
  context.beginPath();
  context.moveTo(x, y - radius);
  context.lineTo(x + radius, y);
  context.lineTo(x, y + radius);
  context.lineTo(x - radius, y);
  context.closePath();
  context.lineWidth = 4.5;
  context.strokeStyle = css(scene.palette.card, 0.9);
  context.stroke();
  context.lineWidth = 2.5;
  context.strokeStyle = css(colour);
  context.stroke();
}
