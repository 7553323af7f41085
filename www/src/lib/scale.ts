import type { HyperParameter } from './types';

type Range = Pick<HyperParameter, 'minimum' | 'maximum' | 'integer' | 'scale'>;

/** A logarithm needs a positive minimum; a range that starts at zero is moved along evenly. */
function logarithmic(range: Range): boolean {
  return range.scale === 'logarithmic' && range.minimum > 0 && range.maximum > range.minimum;
}

/** The slider's position, 0 to 1, for a value. */
export function positionOf(value: number, range: Range): number {
  const { minimum, maximum } = range;
  if (maximum <= minimum) return 0;
  const position = logarithmic(range)
    ? Math.log(value / minimum) / Math.log(maximum / minimum)
    : (value - minimum) / (maximum - minimum);
  return Math.min(1, Math.max(0, Number.isFinite(position) ? position : 0));
}

/** The value at a slider's position: two significant digits, whole when the parameter is. */
export function valueOf(position: number, range: Range): number {
  const { minimum, maximum } = range;
  const raw = logarithmic(range)
    ? minimum * (maximum / minimum) ** position
    : minimum + position * (maximum - minimum);
  const rounded = range.integer ? Math.round(raw) : Number(raw.toPrecision(2));
  return Math.min(maximum, Math.max(minimum, rounded));
}

/** Round values between `smallest` and `largest`, in about `count` steps. */
export function ticks(smallest: number, largest: number, count = 4): number[] {
  const span = largest - smallest;
  if (!(span > 0)) return [smallest];
  const rough = span / count;
  const magnitude = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * magnitude).find((size) => size >= rough) ?? rough;
  const first = Math.ceil(smallest / step - 1e-9);
  const last = Math.floor(largest / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, offset) =>
    Number(((first + offset) * step).toPrecision(12)),
  );
}
