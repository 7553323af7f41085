import { metric } from './metrics';

/** Written where a value is undefined. */
export const NO_VALUE = '–';

/** A whole number with its thousands apart. Not by `Intl`, whose tables took a twentieth of what the first view computes. */
export function formatCount(value: number): string {
  return Math.round(value)
    .toString()
    .replace(/\B(?=(?:\d{3})+$)/g, ',');
}

export function formatPercentage(ratio: number, decimals = 1): string {
  return `${(ratio * 100).toFixed(decimals)} %`;
}

/** A metric's value, as many digits as it deserves. */
export function formatMetric(name: string, value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return NO_VALUE;
  switch (metric(name).unit) {
    case 'percentage':
      return formatPercentage(value);
    case 'count':
      return Number.isInteger(value) ? formatCount(value) : value.toFixed(1);
    case 'bits':
      return value.toFixed(2);
    case 'score':
      return Math.abs(value) >= 10 ? value.toFixed(2) : value.toFixed(4);
  }
}

/** A score, to three digits. */
export function formatScore(value: number): string {
  const digits = Math.abs(value) >= 1000 ? value.toFixed(0) : value.toPrecision(3);
  return digits.replace(/^-/, '−');
}

/** A loss, steady in width while it falls. */
export function formatLoss(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size !== 0 && (size < 0.001 || size >= 100_000)) return value.toExponential(3);
  return value.toFixed(size >= 100 ? 1 : 4);
}

/** A hyper-parameter, without the tail of a binary fraction. */
export function formatParameter(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  return size < 0.001 || size >= 1e6
    ? value.toExponential().replace('e+', 'e')
    : String(Number(value.toPrecision(6)));
}

export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(0)} kB`;
  if (bytes < 1_000_000_000) return `${(bytes / 1_000_000).toFixed(1)} MB`;
  return `${(bytes / 1_000_000_000).toFixed(1)} GB`;
}

/** A duration in words short enough for a status line. */
export function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds)) return NO_VALUE;
  if (seconds < 1) return 'under a second';
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** How long one step takes: from tenths of a millisecond on. */
export function formatStep(seconds: number): string {
  const milliseconds = seconds * 1000;
  if (milliseconds < 10) return `${milliseconds.toFixed(1)} ms`;
  return milliseconds < 1000 ? `${milliseconds.toFixed(0)} ms` : `${seconds.toFixed(1)} s`;
}

/** The beginning of a digest: enough to tell two apart by eye. */
export function shortDigest(digest: string): string {
  return digest.length > 12 ? `${digest.slice(0, 12)}…` : digest;
}

/** The first letter as a capital, for names that come from data. */
export function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
