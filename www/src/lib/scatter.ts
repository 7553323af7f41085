import { formatPercentage } from './format';
import { type Label, placeLabels } from './labels';
import { metric } from './metrics';
import { paretoFront } from './pareto';
import { ticks } from './scale';

/** Where everything of a scatter plot is drawn, on the page and in files. */

export interface ScatterPoint {
  name: string;
  title: string;
  x: number;
  y: number;
}

export interface PlacedPoint extends ScatterPoint {
  at: { x: number; y: number };
  /** No other is better in both metrics. */
  best: boolean;
  label: Label | null;
}

interface Tick {
  value: number;
  at: number;
  text: string;
}

/** Where nobody says otherwise. */
export const WIDTH = 420;
export const HEIGHT = 350;
export const LEFT = 52;
export const RIGHT = 18;
export const TOP = 30;
export const BOTTOM = 46;

/** With more points than this, only those on the front and the chosen one are labelled. */
const LABELLED = 16;

/** The range of the points with a margin: positions need no zero, and the differences are the point. */
function rangeOf(values: readonly number[]): [number, number] {
  const smallest = Math.min(...values);
  const largest = Math.max(...values);
  const margin = (largest - smallest || largest || 1) * 0.12;
  return [smallest - margin, largest + margin];
}

function tickText(name: string, tick: number): string {
  return metric(name).unit === 'percentage' ? formatPercentage(tick, 0) : String(tick);
}

/** The title of an axis with an arrow to its better side. */
function axisTitle(
  name: string,
  higher: (title: string) => string,
  lower: (title: string) => string,
): string {
  const { title, better } = metric(name);
  return better === 'higher' ? higher(title) : better === 'lower' ? lower(title) : title;
}

/** In a drawing that is so wide: as wide as it is seen, words are as large as elsewhere. */
export function scatterLayout(
  x: string,
  y: string,
  points: readonly ScatterPoint[],
  chosen: string | null,
  width = WIDTH,
) {
  const xRange = rangeOf(points.map((point) => point.x));
  const yRange = rangeOf(points.map((point) => point.y));
  const across = (value: number) =>
    LEFT + ((value - xRange[0]) / (xRange[1] - xRange[0])) * (width - LEFT - RIGHT);
  const down = (value: number) =>
    HEIGHT - BOTTOM - ((value - yRange[0]) / (yRange[1] - yRange[0])) * (HEIGHT - TOP - BOTTOM);

  const front = paretoFront(points, metric(x).better, metric(y).better);
  /** Along the edge of what the front beats. */
  const edge = front.reduce((path, index, nth) => {
    const at = points[index];
    if (!at) return path;
    const [right, bottom] = [across(at.x), down(at.y)];
    if (nth === 0) return `M${right} ${bottom}`;
    return path + (metric(x).better === 'lower' ? `H${right}V${bottom}` : `V${bottom}H${right}`);
  }, '');

  const shown = points.map((point, index) => ({
    ...point,
    at: { x: across(point.x), y: down(point.y) },
    best: front.includes(index),
  }));
  const labels = placeLabels(
    shown.map(({ at, best, name, title }) => ({
      ...at,
      title: points.length <= LABELLED || best || name === chosen ? title : null,
      kept: best || name === chosen,
    })),
    LEFT,
    width,
  );
  const placed: PlacedPoint[] = shown.map((point, index) => ({ ...point, label: labels[index] ?? null }));

  return {
    placed,
    edge,
    xTicks: ticks(...xRange).map((value): Tick => ({ value, at: across(value), text: tickText(x, value) })),
    yTicks: ticks(...yRange).map((value): Tick => ({ value, at: down(value), text: tickText(y, value) })),
    xTitle: axisTitle(
      x,
      (title) => `${title} →`,
      (title) => `← ${title}`,
    ),
    yTitle: axisTitle(
      y,
      (title) => `↑ ${title}`,
      (title) => `↓ ${title}`,
    ),
  };
}
