/** What part of a map is seen. Sizes are in CSS pixels. */
export interface Viewport {
  width: number;
  height: number;
  zoom: number;
  /** How far the map was moved. */
  moved: readonly [number, number];
}

/** The rectangle that points lie in, in their own measure. */
export interface Extent {
  centre: readonly [number, number];
  across: number;
  down: number;
}

type Place = readonly [number, number];

const CLOSEST = 40;
/** Room around the outermost points. */
const MARGIN = 24;

/** The rectangle around all the points of several lists, `x, y, x, y …`. */
export function extentOf(lists: readonly Float32Array[]): Extent {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const points of lists) {
    for (let at = 0; at < points.length; at += 2) {
      left = Math.min(left, points[at]!);
      right = Math.max(right, points[at]!);
      top = Math.min(top, points[at + 1]!);
      bottom = Math.max(bottom, points[at + 1]!);
    }
  }
  if (left > right) return { centre: [0, 0], across: 0, down: 0 };
  return { centre: [(left + right) / 2, (top + bottom) / 2], across: right - left, down: bottom - top };
}

/** Where points lie on a canvas that has just room for the extent, both directions to the same scale; up is up, as in charts. */
export function fit(
  points: Float32Array,
  { centre, across, down }: Extent,
  width: number,
  height: number,
): Float32Array {
  const room = (size: number, length: number) =>
    length > 0 ? Math.max(size - 2 * MARGIN, 1) / length : Infinity;
  const scale = Math.min(room(width, across), room(height, down));
  return points.map((value, at) =>
    at % 2 === 0
      ? width / 2 + offset(value - centre[0], scale)
      : height / 2 - offset(value - centre[1], scale),
  );
}

/** Where a place of the whole map is seen. */
export function seen({ width, height, zoom, moved }: Viewport, x: number, y: number): [number, number] {
  return [width / 2 + moved[0] + (x - width / 2) * zoom, height / 2 + moved[1] + (y - height / 2) * zoom];
}

/** Nearer or farther by a factor, with what is seen at a place staying there. */
export function zoomed(viewport: Viewport, factor: number, at: Place): Viewport {
  const zoom = Math.min(CLOSEST, Math.max(1, viewport.zoom * factor));
  const by = zoom / viewport.zoom;
  const move = (moved: number, place: number, size: number) => {
    const from = place - size / 2;
    return from - (from - moved) * by;
  };
  const { width, height, moved } = viewport;
  return within({ ...viewport, zoom, moved: [move(moved[0], at[0], width), move(moved[1], at[1], height)] });
}

export function panned(viewport: Viewport, right: number, down: number): Viewport {
  return within({ ...viewport, moved: [viewport.moved[0] + right, viewport.moved[1] + down] });
}

/** Moved just as far as brings a place of the map into sight. */
export function showing(viewport: Viewport, x: number, y: number): Viewport {
  const push = (at: number, size: number) =>
    at < MARGIN ? MARGIN - at : at > size - MARGIN ? size - MARGIN - at : 0;
  const [left, top] = seen(viewport, x, y);
  const [right, down] = [push(left, viewport.width), push(top, viewport.height)];
  return right === 0 && down === 0 ? viewport : panned(viewport, right, down);
}

/** Of the rows that are seen no farther than `reach` from a place, the nearest; null where there is none. */
export function hit(places: Float32Array, viewport: Viewport, at: Place, reach: number): number | null {
  let found: number | null = null;
  let least = reach * reach;
  for (let row = 0; row * 2 < places.length; row += 1) {
    const [x, y] = seen(viewport, places[row * 2]!, places[row * 2 + 1]!);
    const distance = (x - at[0]) ** 2 + (y - at[1]) ** 2;
    if (distance <= least) [found, least] = [row, distance];
  }
  return found;
}

/** The row that comes next in a direction (right and down): near, and not far off the way; null at the edge. */
export function beside(places: Float32Array, row: number, direction: Place): number | null {
  let found: number | null = null;
  let least = Infinity;
  for (let other = 0; other * 2 < places.length; other += 1) {
    const right = places[other * 2]! - places[row * 2]!;
    const down = places[other * 2 + 1]! - places[row * 2 + 1]!;
    const ahead = right * direction[0] + down * direction[1];
    const aside = Math.abs(right * direction[1] - down * direction[0]);
    if (ahead <= 0 || aside > ahead) continue;
    const cost = ahead + 2 * aside;
    if (cost < least) [found, least] = [other, cost];
  }
  return found;
}

/** Nothing is off the middle where all is one place, however large the scale. */
function offset(from: number, scale: number): number {
  return Number.isFinite(scale) ? from * scale : 0;
}

/** No farther aside than leaves some of the map on the canvas. */
function within(viewport: Viewport): Viewport {
  const clamp = (value: number, size: number) => {
    const room = (size / 2) * (viewport.zoom - 0.5);
    return Math.max(-room, Math.min(room, value));
  };
  const { width, height, moved } = viewport;
  return { ...viewport, moved: [clamp(moved[0], width), clamp(moved[1], height)] };
}
