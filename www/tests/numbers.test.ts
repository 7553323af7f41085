import { describe, expect, it } from 'vitest';

import {
  formatBytes,
  formatDuration,
  formatLoss,
  formatMetric,
  formatParameter,
  NO_VALUE,
} from '../src/lib/format';
import { positionOf, ticks, valueOf } from '../src/lib/scale';
import { append, condense, type LossPoint, termsOf } from '../src/lib/series';

describe('formats', () => {
  it('write a metric in its own unit', () => {
    expect(formatMetric('recall', 0.06524)).toBe('0.0652');
    expect(formatMetric('item-coverage-ratio', 0.9383)).toBe('93.8 %');
    expect(formatMetric('item-coverage', 2265)).toBe('2,265');
    expect(formatMetric('arp', 22.44)).toBe('22.4');
    expect(formatMetric('shannon-entropy', 8.123)).toBe('8.12');
  });

  it('write what is undefined as a dash', () => {
    for (const value of [null, undefined, Number.NaN, Number.POSITIVE_INFINITY])
      expect(formatMetric('recall', value)).toBe(NO_VALUE);
  });

  it('write a diverging loss as it is', () => {
    expect(formatLoss(Number.NaN)).toBe('NaN');
    expect(formatLoss(0.69314)).toBe('0.6931');
    expect(formatLoss(0.00001234)).toBe('1.234e-5');
    expect(formatLoss(0)).toBe('0.0000');
  });

  it('write hyper-parameters so that they read back as the same number', () => {
    for (const value of [0, 1e-5, 0.005, 0.3, 64, 1024, 4294967295, 3e7]) {
      expect(Number(formatParameter(value))).toBeCloseTo(value, value > 1e6 ? -5 : 10);
    }
    expect(formatParameter(0.1 + 0.2)).toBe('0.3');
  });

  it('write sizes and times', () => {
    expect(formatBytes(900)).toBe('900 B');
    expect(formatBytes(2_600_000)).toBe('2.6 MB');
    expect(formatBytes(2_150_000_000)).toBe('2.1 GB');
    expect(formatDuration(0.2)).toBe('under a second');
    expect(formatDuration(59.4)).toBe('59 s');
    expect(formatDuration(60 * 62)).toBe('1 h 2 min');
  });
});

describe('sliders', () => {
  const rate = { minimum: 1e-5, maximum: 0.1, integer: false, scale: 'logarithmic' as const };
  const layers = { minimum: 1, maximum: 4, integer: true, scale: 'linear' as const };

  it('reach both ends exactly', () => {
    for (const range of [rate, layers]) {
      expect(valueOf(0, range)).toBe(range.minimum);
      expect(valueOf(1, range)).toBe(range.maximum);
      expect(positionOf(range.minimum, range)).toBe(0);
      expect(positionOf(range.maximum, range)).toBe(1);
    }
  });

  it('spread a logarithmic range evenly over its decades', () => {
    expect(valueOf(0.5, rate)).toBe(0.001);
    expect(positionOf(0.001, rate)).toBeCloseTo(0.5, 10);
  });

  it('stop at whole numbers where the parameter is one', () => {
    expect(valueOf(0.4, layers)).toBe(2);
  });

  it('move evenly when a logarithmic range begins at zero', () => {
    const penalty = { minimum: 0, maximum: 0.1, integer: false, scale: 'logarithmic' as const };
    expect(positionOf(0, penalty)).toBe(0);
    expect(valueOf(0.5, penalty)).toBe(0.05);
  });

  it('never leave the range, whatever was typed', () => {
    expect(positionOf(-3, rate)).toBe(0);
    expect(positionOf(1e9, rate)).toBe(1);
    expect(positionOf(1, { ...layers, maximum: 1 })).toBe(0);
  });
});

describe('ticks', () => {
  it('are round and inside the range', () => {
    expect(ticks(0, 0.0757)).toEqual([0, 0.02, 0.04, 0.06]);
    expect(ticks(0.031, 0.0705)).toEqual([0.04, 0.05, 0.06, 0.07]);
    expect(ticks(1, 1)).toEqual([1]);
  });
});

describe('the loss curve', () => {
  const point = (epochs: number, total: number): LossPoint => ({ epochs, loss: { total } });

  it('condenses the steps of one pump to their mean at the last', () => {
    expect(condense([point(0.1, 1), point(0.2, 3)])).toEqual(point(0.2, 2));
    expect(condense([])).toBeNull();
  });

  it('stays bounded in a long run, in order, and keeps the newest point', () => {
    let points: LossPoint[] = [];
    for (let step = 1; step <= 5000; step += 1) points = append(points, point(step, 1));
    expect(points.length).toBeLessThanOrEqual(600);
    expect(points.at(-1)?.epochs).toBe(5000);
    expect(
      points.every(({ epochs }, index) => index === 0 || epochs > (points[index - 1]?.epochs ?? 0)),
    ).toBe(true);
    expect(points.every(({ loss }) => loss.total === 1)).toBe(true);
  });

  it('draws one line for a single term, the total first among several', () => {
    expect(termsOf([{ epochs: 1, loss: { bpr: 1, total: 1 } }])).toEqual(['total']);
    expect(termsOf([{ epochs: 1, loss: { bpr: 1, l2: 1, total: 2 } }])).toEqual(['total', 'bpr', 'l2']);
    expect(termsOf([])).toEqual([]);
  });
});
