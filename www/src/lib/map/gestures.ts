import { panned, type Viewport, zoomed } from './viewport';

type Place = readonly [number, number];

/** A pointer that goes less far, in CSS pixels, has pressed and not dragged. */
const STILL = 5;

/** Pointers that are down on a map: one moves it, two zoom it, and one that stays where it is presses. */
export class Gestures {
  /** Where each was last, and how far it has gone. */
  readonly #pointers = new Map<number, { at: Place; gone: number }>();

  has(pointer: number): boolean {
    return this.#pointers.has(pointer);
  }

  down(pointer: number, at: Place): void {
    this.#pointers.set(pointer, { at, gone: 0 });
  }

  /** What is seen after a pointer has gone on. */
  move(pointer: number, at: Place, viewport: Viewport): Viewport {
    const known = this.#pointers.get(pointer);
    if (!known) return viewport;
    const [right, down] = [at[0] - known.at[0], at[1] - known.at[1]];
    const gone = known.gone + Math.hypot(right, down);
    this.#pointers.set(pointer, { at, gone });
    const other = [...this.#pointers].find(([other]) => other !== pointer)?.[1];
    if (!other) return gone > STILL ? panned(viewport, right, down) : viewport;
    const apart = (from: Place) => Math.max(1, Math.hypot(from[0] - other.at[0], from[1] - other.at[1]));
    return zoomed(viewport, apart(at) / apart(known.at), other.at);
  }

  /** Whether the pointer that goes up has pressed. */
  up(pointer: number): boolean {
    const known = this.#pointers.get(pointer);
    this.#pointers.delete(pointer);
    return known !== undefined && known.gone <= STILL;
  }

  get dragging(): boolean {
    return [...this.#pointers.values()].some(({ gone }) => gone > STILL);
  }
}

/** How much nearer a turn of the wheel brings the map. */
export function wheelFactor({ ctrlKey, deltaMode, deltaY }: WheelEvent): number {
  const pixels = deltaMode === WheelEvent.DOM_DELTA_LINE ? deltaY * 18 : deltaY;
  // A pinch on a touchpad says so by a control key that nobody presses, and moves little.
  return Math.exp(-pixels * (ctrlKey ? 0.012 : 0.0025));
}
