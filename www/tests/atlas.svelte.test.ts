import { describe, expect, it } from 'vitest';

import { WorkerDied } from '../src/lib/client';
import { FUSED, ItemAtlas, type MappedRun } from '../src/lib/map/atlas.svelte';
import { draws } from '../src/lib/map/draws';
import { rowsOf } from '../src/lib/map/space';
import { Spotlight } from '../src/lib/map/spotlight.svelte';
import { exposureIn } from '../src/worker/exposure';
import { Cartographer } from '../src/worker/map';

const ITEMS = 40;
const DIM = 6;

function vectors(seed: number, lacking: number[] = []): Float32Array {
  const draw = draws(seed);
  return Float32Array.from({ length: ITEMS * DIM }, (_, at) => {
    const value = draw() - 0.5;
    return lacking.includes(Math.floor(at / DIM)) ? Number.NaN : value;
  });
}

/** Data whose second modality some items lack, computed without a Worker. */
function atlas(light = new Spotlight()): ItemAtlas {
  const cards = Array.from({ length: ITEMS }, (_, item) => ({
    item,
    id: `i${item}`,
    title: item % 2 ? `Red pen ${item}` : `Green folder ${item}`,
    description: '',
    kind: '',
    thumbnail: null,
    popularity: item % 7,
  }));
  const source = {
    catalogue: async () => ({ cards, takers: cards.map(() => [0]) }),
    features: async (modality: string, items: Uint32Array) =>
      ({
        textual: rowsOf(vectors(1), ITEMS, items),
        visual: rowsOf(vectors(2, [3, 4]), ITEMS, items),
      })[modality] ?? null,
  };
  return new ItemAtlas(source, ITEMS, light, (notices) => {
    const maps = new Cartographer((message) => {
      if ('notice' in message && message.notice === 'map') notices?.map?.(message);
    });
    const answers: Record<string, (ask: never) => unknown> = {
      'map-place': (ask) => maps.place(ask),
      'map-near': (ask) => maps.near(ask),
      'map-lay-out': (ask) => maps.layOut(ask),
      'map-stop': () => maps.stop(),
      'map-forget': (ask) => maps.forget(ask),
    };
    return { ask: async (request: string, ask: never) => answers[request]?.(ask), end: () => {} } as never;
  });
}

function run(changes: Partial<MappedRun> = {}): MappedRun {
  let asked = 10;
  return {
    items: async (items, before) => rowsOf(vectors(before ? 10 : ++asked), ITEMS, items),
    exposure: async () => new Uint32Array(ITEMS).fill(2),
    ...changes,
  };
}

describe('an atlas', { timeout: 60_000 }, () => {
  it('has a map a modality, without the items that lack it, with nearest items', async () => {
    const opened = atlas();
    await opened.open(['textual', 'visual', 'acoustic']);
    expect(opened.problem).toBeNull();
    expect(opened.spaces.map(({ name, items }) => [name, items.length])).toEqual([
      ['textual', 40],
      ['visual', 38],
    ]);
    const [, visual] = opened.spaces;
    expect([visual?.rowOf[2], visual?.rowOf[3], visual?.rowOf[5]]).toEqual([2, -1, 3]);
    expect(visual?.near?.each).toBe(29);
    expect(visual?.kept.principal).toBeGreaterThan(0);
    expect(visual?.moments).toEqual([]);
  });

  it('finds items by a word of their title, popular ones first', async () => {
    const opened = atlas();
    await opened.open([]);
    expect(opened.matches).toBeNull();
    opened.query = ' FOLDER ';
    expect(opened.found).toHaveLength(20);
    expect(opened.found[0]).toBe(6);
    expect(opened.matches?.has(1)).toBe(false);
  });

  it('shows a run from before its first step to its end', async () => {
    const opened = atlas();
    const trained = run();
    await opened.take(trained, null, false);
    await opened.take(trained, 'in training, epoch 1', false);
    expect(opened.exposure).toBeNull();
    await opened.take(trained, 'after training, epoch 1', true);
    // A second look at the same moment is none.
    await opened.take(trained, 'after training, epoch 1', true);
    const [fused] = opened.spaces;
    expect(fused?.name).toBe(FUSED);
    expect(fused?.moments.map(({ moment }) => moment)).toEqual([
      'before training',
      'in training, epoch 1',
      'after training, epoch 1',
    ]);
    expect(fused?.moments.at(-1)?.points).toEqual(fused?.points);
    expect(opened.exposure?.[0]).toBe(2);
    await opened.forgetRun();
    expect([opened.spaces, opened.exposure]).toEqual([[], null]);
    await opened.take(run(), null, false);
    expect(opened.spaces[0]?.moments).toHaveLength(1);
  });

  it('says why there is no map, unless the run is gone', async () => {
    const opened = atlas();
    const items = (error: Error) => run({ items: () => Promise.reject(error) });
    await opened.take(items(new WorkerDied('ended')), 'now', false);
    expect(opened.unmapped).toBeNull();
    await opened.take(items(new Error('this system has no vectors')), 'now', false);
    expect(opened.unmapped).toBe('this system has no vectors');
    await opened.forgetRun();
    expect(opened.unmapped).toBeNull();
  });

  it('lays all maps out by UMAP, tells how much that keeps, and goes back', async () => {
    const opened = atlas();
    await opened.open(['textual', 'visual']);
    await opened.chooseLayout('umap');
    expect(opened.spaces.every(({ umap, kept }) => umap !== null && kept.umap !== null)).toBe(true);
    expect(opened.working).toBeNull();
    await opened.chooseLayout('principal');
    expect(opened.layout).toBe('principal');
  });

  it('stops when the reader goes back, and can begin again', async () => {
    const opened = atlas();
    await opened.open(['textual', 'visual']);
    const going = opened.chooseLayout('umap');
    await opened.chooseLayout('principal');
    await going;
    expect(opened.working).toBeNull();
    expect(opened.spaces.some(({ umap }) => umap === null)).toBe(true);
    await opened.chooseLayout('umap');
    expect(opened.spaces.every(({ umap }) => umap !== null)).toBe(true);
  });

  it('is lit by what is chosen in a list, and lights it there', async () => {
    const light = new Spotlight();
    const opened = atlas(light);
    light.lighting(3).onpointerenter();
    light.chosen = 3;
    expect([opened.pointed, opened.chosen]).toEqual([3, 3]);
    await opened.open(['visual']);
    expect(opened.absence(opened.spaces[0]!)).toBe('has no visual content');
    opened.chosen = 7;
    expect([3, 7].map((item) => light.lighting(item)['aria-current'])).toEqual([undefined, 'true']);
    light.lighting(3).onpointerleave();
    expect(opened.pointed).toBeNull();
  });

  it('has a sentence for what went wrong', async () => {
    const broken = new ItemAtlas(
      { catalogue: () => Promise.reject(new Error('no data')), features: async () => null },
      3,
    );
    await broken.open(['textual']);
    expect([broken.phase, broken.problem]).toEqual(['open', 'no data']);
  });
});

describe('exposure', () => {
  it('counts the lists that show an item within their first places', () => {
    const exposure = exposureIn(Uint32Array.of(0, 3, 3, 5), Uint32Array.of(4, 1, 2, 1, 4), 5, 2);
    expect([...exposure]).toEqual([0, 2, 0, 0, 2]);
  });
});
