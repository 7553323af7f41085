import { describe, expect, it } from 'vitest';

import { placeLabels } from '../src/lib/labels';
import { paretoFront } from '../src/lib/pareto';
import { stripsOf } from '../src/lib/strips';

describe('the Pareto front', () => {
  const points = [
    { x: 3, y: 1 },
    { x: 1, y: 3 },
    { x: 2, y: 2 },
    { x: 1, y: 2 },
    { x: 2, y: 1 },
  ];

  it('is what no other beats, in the order of x', () => {
    expect(paretoFront(points, 'higher', 'higher')).toEqual([1, 2, 0]);
  });

  it('looks to the side that is better', () => {
    expect(paretoFront(points, 'higher', 'lower')).toEqual([0]);
    expect(paretoFront(points, 'lower', 'lower')).toEqual([3, 4]);
  });

  it('keeps equals, and beats who is only as good in one', () => {
    expect(paretoFront([points[0]!, points[0]!], 'higher', 'higher')).toEqual([0, 1]);
    expect(
      paretoFront(
        [
          { x: 1, y: 1 },
          { x: 1, y: 2 },
        ],
        'higher',
        'higher',
      ),
    ).toEqual([1]);
    expect(paretoFront([], 'higher', 'higher')).toEqual([]);
  });
});

describe('strips', () => {
  const values = [
    { mean: 1, deviation: 0.5 },
    { mean: 4, deviation: null },
    null,
    { mean: 2.5, deviation: 0 },
  ];

  it('reach from the worst to the best, the bars within', () => {
    expect(stripsOf(values, 'higher')).toEqual([
      { at: 0.5 / 3.5, from: 0, to: 1 / 3.5 },
      { at: 1, from: 1, to: 1 },
      null,
      { at: 2 / 3.5, from: 2 / 3.5, to: 2 / 3.5 },
    ]);
  });

  it('put the better to the right where less is better', () => {
    const strips = stripsOf(values, 'lower');
    expect(strips[1]?.at).toBe(0);
    expect(strips[0]).toEqual({ at: 1 - 0.5 / 3.5, from: 1 - 1 / 3.5, to: 1 });
  });

  it('stand in the middle where all are equal', () => {
    expect(stripsOf([{ mean: 1, deviation: null }], 'higher')[0]?.at).toBe(0.5);
    expect(stripsOf([null], 'higher')).toEqual([null]);
  });
});

describe('labels', () => {
  it('stand to the right, and turn where there is no room', () => {
    const [first] = placeLabels([{ x: 100, y: 100, title: 'alone' }], 0, 400);
    expect(first?.anchor).toBe('start');
    const [atEdge] = placeLabels([{ x: 390, y: 100, title: 'at the edge' }], 0, 400);
    expect(atEdge?.anchor).toBe('end');
  });

  it('keep off other points, and are left out where none is asked for', () => {
    const [first, second] = placeLabels(
      [
        { x: 100, y: 100, title: 'first' },
        { x: 125, y: 100, title: null },
      ],
      0,
      400,
    );
    expect(first?.anchor).toBe('end');
    expect(second).toBeNull();
  });

  it('are left away where there is no room, but for those that are to be kept', () => {
    const crowd = Array.from({ length: 12 }, (_, nth) => ({
      x: 200 + 3 * nth,
      y: 100,
      title: 'a long title',
    }));
    const labels = placeLabels(crowd, 0, 420);
    expect(labels.filter((label) => label !== null).length).toBeLessThan(6);
    const kept = placeLabels(
      crowd.map((point, nth) => ({ ...point, kept: nth === 5 })),
      0,
      420,
    );
    expect(kept[5]).not.toBeNull();
  });

  it('make room for those that come after them', () => {
    const points = [
      { x: 147, y: 128, title: 'first' },
      { x: 152, y: 104, title: 'second' },
      { x: 168, y: 138, title: 'third' },
      { x: 148, y: 129, title: 'fourth' },
    ];
    const boxes = placeLabels(points, 0, 500).map((label, index) => {
      const width = (points[index]?.title.length ?? 0) * 7.4;
      const { x = 0, y = 0, anchor } = label ?? {};
      const left = x - { start: 0, middle: width / 2, end: width }[anchor ?? 'start'];
      return { left, right: left + width, top: y - 12, bottom: y + 3 };
    });
    boxes.forEach((box, index) => {
      for (const other of boxes.slice(0, index)) {
        const across = box.left < other.right && other.left < box.right;
        expect(across && box.top < other.bottom && other.top < box.bottom).toBe(false);
      }
    });
  });
});
