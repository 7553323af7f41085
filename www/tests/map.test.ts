import { describe, expect, it } from 'vitest';

import { draws } from '../src/lib/map/draws';
import { Gestures } from '../src/lib/map/gestures';
import { layOut } from '../src/lib/map/layout';
import { rampOf, strengthsOf } from '../src/lib/map/looks';
import { kept, nearest } from '../src/lib/map/neighbours';
import { principal, project } from '../src/lib/map/principal';
import { css, parseColour, shade, strength } from '../src/lib/map/shades';
import { drawItems, rowsOf, spaceOf } from '../src/lib/map/space';
import { beside, extentOf, fit, hit, panned, seen, showing, zoomed } from '../src/lib/map/viewport';

const atOnce = async (): Promise<void> => undefined;

const whole = (width: number, height: number) => ({ width, height, zoom: 1, moved: [0, 0] as const });

/** Groups of items around directions that have nothing in common. */
function groups(count: number, each: number, dim: number): Float32Array {
  const draw = draws(3);
  return Float32Array.from({ length: count * each * dim }, (_, at) => {
    const [row, place] = [Math.floor(at / dim), at % dim];
    return (place === Math.floor(row / each) ? 1 : 0) + (draw() - 0.5) * 0.3;
  });
}

describe('a space', () => {
  const items = Uint32Array.of(4, 5, 6, 7);

  it('leaves out what is not there, and never puts it at zero', () => {
    const vectors = Float32Array.of(3, 4, NaN, NaN, 0, 0, 0, -2);
    const space = spaceOf(vectors, items);
    expect([...space.items]).toEqual([4, 7]);
    expect(space.dim).toBe(2);
    [0.6, 0.8, 0, -1].forEach((value, at) => expect(space.unit[at]).toBeCloseTo(value));
  });

  it('may be empty', () => {
    expect(spaceOf(new Float32Array(8).fill(NaN), items).items).toHaveLength(0);
    expect(spaceOf(new Float32Array(), new Uint32Array()).items).toHaveLength(0);
  });

  it('is cut out of all items by their numbers', () => {
    expect([...rowsOf(Float32Array.of(0, 1, 10, 11, 20, 21), 3, Uint32Array.of(0, 2))]).toEqual([
      0, 1, 20, 21,
    ]);
  });

  it('has all items, or as many as asked for, drawn the same every time', () => {
    expect([...drawItems(3, 5)]).toEqual([0, 1, 2]);
    const drawn = drawItems(1000, 50);
    expect(new Set(drawn).size).toBe(50);
    expect([...drawn]).toEqual([...drawItems(1000, 50)]);
    expect([...drawn]).toEqual([...drawn].sort((left, right) => left - right));
    expect(Math.max(...drawn)).toBeGreaterThan(800);
  });
});

describe('principal components', () => {
  it('find the line that points lie on', () => {
    const rows = Float32Array.from([-2, -1, 0, 1, 2].flatMap((t) => [5 + 3 * t, 1 + 4 * t, 7]));
    const { axes, explained, mean } = principal(rows, 3);
    [0.6, 0.8, 0].forEach((value, place) => expect(axes[0][place]).toBeCloseTo(value, 6));
    [5, 1, 7].forEach((value, place) => expect(mean[place]).toBeCloseTo(value, 6));
    expect(explained[0]).toBeCloseTo(1, 6);
    expect(explained[1]).toBeCloseTo(0, 6);
    const points = project(rows, 3, principal(rows, 3));
    [-10, -5, 0, 5, 10].forEach((value, row) => expect(points[row * 2]).toBeCloseTo(value, 4));
  });

  it('explain what is known of a cross: 2 a² and 2 b² of their sum, and c², which no map shows', () => {
    const rows = Float32Array.of(3, 0, 0, -3, 0, 0, 0, 2, 0, 0, -2, 0, 0, 0, 1, 0, 0, -1);
    const { explained, axes } = principal(rows, 3);
    expect(explained[0]).toBeCloseTo(18 / 28, 6);
    expect(explained[1]).toBeCloseTo(8 / 28, 6);
    expect(axes[0][0]).toBeCloseTo(1, 5);
    expect(axes[1][1]).toBeCloseTo(1, 5);
  });

  it('keep their side when they are drawn anew', () => {
    const rows = groups(3, 8, 6);
    const first = principal(rows, 6);
    const mirrored = { ...first, axes: first.axes.map((axis) => axis.map((value) => -value)) };
    const again = principal(rows, 6, mirrored as typeof first);
    first.axes[0].forEach((value, place) => expect(again.axes[0][place]).toBeCloseTo(-value, 6));
  });

  it('are of no size where all rows are one, or there is none', () => {
    expect([...project(Float32Array.of(1, 2, 1, 2), 2, principal(Float32Array.of(1, 2, 1, 2), 2))]).toEqual([
      0, 0, 0, 0,
    ]);
    expect(principal(new Float32Array(), 0).explained).toEqual([0, 0]);
    expect(principal(Float32Array.of(1), 1).explained).toEqual([0, 0]);
  });
});

describe('nearest items', () => {
  it('are those of the smallest angle, nearest first, whatever their length', async () => {
    const space = spaceOf(Float32Array.of(1, 0, 10, 1, 0, 1, -1, 0.1), Uint32Array.of(0, 1, 2, 3));
    const { each, row, cosine } = await nearest(space, 2, atOnce);
    expect(each).toBe(2);
    expect([...row]).toEqual([1, 2, 0, 2, 1, 3, 2, 1]);
    expect(cosine[0]).toBeCloseTo(10 / Math.sqrt(101));
  });

  it('agree with a search item by item', async () => {
    const dim = 5;
    const space = spaceOf(
      groups(5, 11, dim),
      Uint32Array.from({ length: 55 }, (_, item) => item),
    );
    const { each, row } = await nearest(space, 7, atOnce);
    const vector = (item: number) => space.unit.subarray(item * dim, (item + 1) * dim);
    for (let item = 0; item < 55; item += 1) {
      const cosine = (other: number) =>
        vector(item).reduce((sum, value, place) => sum + value * vector(other)[place]!, 0);
      const others = [...Array(55).keys()].filter((other) => other !== item);
      const expected = others.sort((left, right) => cosine(right) - cosine(left)).slice(0, 7);
      expect([...row.subarray(item * each, (item + 1) * each)]).toEqual(expected);
    }
  });

  it('are no more than there are', async () => {
    const two = spaceOf(Float32Array.of(1, 0, 0, 1), Uint32Array.of(0, 1));
    expect((await nearest(two, 14, atOnce)).each).toBe(1);
    const none = spaceOf(new Float32Array(), new Uint32Array());
    expect((await nearest(none, 14, atOnce)).row).toHaveLength(0);
  });

  it('are all kept by a map that lost nothing, and by chance alone where it lost everything', async () => {
    const angles = Array.from({ length: 60 }, (_, nth) => (nth * Math.PI) / 60);
    const circle = Float32Array.from(angles.flatMap((angle) => [Math.cos(angle), Math.sin(angle)]));
    const space = spaceOf(circle, Uint32Array.from(angles.keys()));
    const near = await nearest(space, 14, atOnce);
    expect(kept(near, circle)).toBe(1);
    const draw = draws(5);
    const chance = kept(
      near,
      circle.map(() => draw()),
    );
    expect(chance).toBeGreaterThan(0.05);
    expect(chance).toBeLessThan(0.35);
  });
});

describe('UMAP', { timeout: 60_000 }, () => {
  const rows = groups(8, 12, 12);
  const space = spaceOf(
    rows,
    Uint32Array.from({ length: 96 }, (_, item) => item),
  );
  const start = project(space.unit, space.dim, principal(space.unit, space.dim));

  it('gives the same map for the same data, and keeps more neighbours than straight lines', async () => {
    const near = await nearest(space, 14, atOnce);
    const [first, second] = [
      await layOut(near, start, atOnce, () => {}),
      await layOut(near, start, atOnce, () => {}),
    ];
    expect(first).toEqual(second);
    expect(first.every(Number.isFinite)).toBe(true);
    expect(kept(near, first)).toBeGreaterThan(kept(near, start));
  });

  it('shows its points on the way, and stops when it is told to', async () => {
    const near = await nearest(space, 14, atOnce);
    const shown: number[] = [];
    const stopped = layOut(
      near,
      start,
      async (share) => {
        if (share > 0.5) throw new Error('stopped');
      },
      (points) => shown.push(points.length),
    );
    await expect(stopped).rejects.toThrow('stopped');
    expect(shown.length).toBeGreaterThan(3);
    expect(new Set(shown)).toEqual(new Set([192]));
  });

  it('leaves two or three items where they are or lays them out', async () => {
    for (const count of [1, 2, 3]) {
      const few = spaceOf(
        rows.slice(0, 12 * count),
        Uint32Array.from({ length: count }, (_, item) => item),
      );
      const placed = await layOut(
        await nearest(few, 14, atOnce),
        start.slice(0, 2 * count),
        atOnce,
        () => {},
      );
      expect(placed).toHaveLength(2 * count);
    }
  });
});

describe('a viewport', () => {
  const points = Float32Array.of(0, 0, 2, 1, 1, 0.5);
  const places = fit(points, extentOf([points]), 448, 248);

  it('shows all points as large as there is room, and up is up', () => {
    expect([...places]).toEqual([24, 224, 424, 24, 224, 124]);
    expect([...fit(Float32Array.of(3, 3), extentOf([Float32Array.of(3, 3)]), 100, 50)]).toEqual([50, 25]);
    expect(extentOf([]).across).toBe(0);
  });

  it('keeps what is under the pointer there while it zooms', () => {
    const closer = zoomed(whole(448, 248), 4, [24, 224]);
    expect(closer.zoom).toBe(4);
    seen(closer, 24, 224).forEach((value, axis) => expect(value).toBeCloseTo([24, 224][axis]!));
    expect(zoomed(closer, 0.01, [10, 10])).toMatchObject({ zoom: 1 });
    expect(zoomed(closer, 1e9, [10, 10]).zoom).toBeLessThan(100);
  });

  it('never loses the map', () => {
    const [x, y] = seen(panned(whole(448, 248), 1e6, -1e6), 224, 124);
    expect(x).toBeLessThan(448);
    expect(y).toBeGreaterThanOrEqual(0);
  });

  it('brings a place into sight, and only as far as is needed', () => {
    const closer = zoomed(whole(448, 248), 4, [24, 224]);
    const [x, y] = seen(showing(closer, 424, 24), 424, 24);
    expect(x).toBeLessThanOrEqual(448);
    expect(y).toBeGreaterThanOrEqual(0);
    expect(showing(closer, 24, 224)).toBe(closer);
  });

  it('hits the nearest point within reach', () => {
    expect(hit(places, whole(448, 248), [420, 30], 16)).toBe(1);
    expect(hit(places, whole(448, 248), [300, 30], 16)).toBeNull();
    expect(hit(places, zoomed(whole(448, 248), 4, [424, 24]), [424, 24], 5)).toBe(1);
    expect(hit(new Float32Array(), whole(448, 248), [0, 0], 1e9)).toBeNull();
  });

  it('goes on to the next point in a direction, and nowhere at the edge', () => {
    const cross = Float32Array.of(50, 50, 90, 52, 70, 90, 50, 10, 99, 99);
    expect(beside(cross, 0, [1, 0])).toBe(1);
    expect(beside(cross, 0, [0, -1])).toBe(3);
    expect(beside(cross, 0, [-1, 0])).toBeNull();
  });
});

describe('pointers on a map', () => {
  const viewport = { ...whole(400, 400), zoom: 2 };

  it('press when they stay, and drag when they go', () => {
    const gestures = new Gestures();
    gestures.down(1, [100, 100]);
    expect(gestures.move(1, [102, 101], viewport)).toBe(viewport);
    expect(gestures.up(1)).toBe(true);
    gestures.down(1, [100, 100]);
    expect(gestures.move(1, [130, 90], viewport).moved).toEqual([30, -10]);
    expect(gestures.dragging).toBe(true);
    expect(gestures.up(1)).toBe(false);
    expect([gestures.dragging, gestures.up(1), gestures.has(1)]).toEqual([false, false, false]);
  });

  it('zoom when there are two, about the one that rests', () => {
    const gestures = new Gestures();
    gestures.down(1, [100, 100]);
    gestures.down(2, [200, 100]);
    const closer = gestures.move(2, [250, 100], viewport);
    expect(closer.zoom).toBeCloseTo(3);
    const before = seen(viewport, 150, 150);
    const after = seen(closer, 150, 150);
    [0, 1].forEach((axis) => expect(after[axis]! - 100).toBeCloseTo((before[axis]! - 100) * 1.5));
  });
});

describe('colours', () => {
  it('tell few from many by their root', () => {
    expect(strength(0, 100)).toBe(0);
    expect(strength(100, 100)).toBe(1);
    expect(strength(9, 36)).toBe(0.5);
    expect(strength(3, 0)).toBe(0);
  });

  it('lie between their stops', () => {
    const stops = [
      [0, 0, 0],
      [100, 50, 0],
      [200, 200, 200],
    ] as const;
    expect(shade(stops, -1)).toEqual([0, 0, 0]);
    expect(shade(stops, 0.25)).toEqual([50, 25, 0]);
    expect(shade(stops, 2)).toEqual([200, 200, 200]);
    expect(css([1, 2, 3], 0.5)).toBe('rgb(1 2 3 / 0.5)');
    expect(parseColour('rgb(168, 65, 13)')).toEqual([168, 65, 13]);
  });

  it('say what is looked at: popularity, or how often lists show an item', () => {
    const cards = [3, 0, 1].map((popularity, item) => ({ item, popularity }));
    const atlas = { cards, items: Uint32Array.of(0, 1, 2), exposure: Uint32Array.of(0, 7, 1) } as never;
    const space = { items: Uint32Array.of(0, 1) };
    const look = (look: string) => [...strengthsOf({ ...(atlas as object), look } as never, space)];
    expect(look('popularity')).toEqual([1, 0]);
    expect(look('exposure')).toEqual([0, 1]);
    const palette = { strongLine: [9, 9, 9], ink: [0, 0, 0], accent: [200, 0, 0], listed: [0, 0, 200] };
    expect(rampOf('popularity', palette as never)[1]).toEqual([200, 0, 0]);
    expect(rampOf('exposure', palette as never)[1]).toEqual([0, 0, 200]);
  });
});
