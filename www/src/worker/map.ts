import { kept, nearest, type Neighbours } from '../lib/map/neighbours';
import { type Principal, principal, project } from '../lib/map/principal';
import { type Space, spaceOf } from '../lib/map/space';
import type { FromWorker, Requests } from './protocol';
import { nextTask } from './pump';

/** Nearest items that are kept: as many as UMAP looks at, the item itself left out. */
const NEAREST = 29;

/** After so many milliseconds of computing, messages are heard and progress is told. */
const BREATH = 60;

/** Moments of training that are kept; of more, every other one. */
const MOST_MOMENTS = 24;

class Stopped extends Error {}

interface Known {
  space: Space;
  axes: Principal;
  points: Float32Array;
  near: Neighbours | null;
  /** What came before, from the first to now. */
  moments: { moment: string; unit: Float32Array }[];
}

/** Computes the maps of items: points, neighbours, and layouts that take a while. */
export class Cartographer {
  readonly #known = new Map<string, Known>();
  readonly #send: (message: FromWorker) => void;
  #stopped = false;

  constructor(send: (message: FromWorker) => void) {
    this.#send = send;
  }

  /** Puts a space on the map by its principal components, and earlier moments of it beside, seen along the same axes. */
  place({ space: name, items, vectors, moment }: Requests['map-place']['ask']): Placed {
    const space = spaceOf(vectors, items);
    const before = this.#known.get(name);
    const axes = principal(space.unit, space.dim, before?.axes ?? null);
    const points = project(space.unit, space.dim, axes);
    const comparable = before?.moments.filter(({ unit }) => unit.length === space.unit.length) ?? [];
    const moments = moment === null ? [] : thinned([...comparable, { moment, unit: space.unit }]);
    this.#known.set(name, { space, axes, points, near: null, moments });
    return {
      items: space.items,
      explained: axes.explained,
      points,
      moments: moments.map(({ moment, unit }) => ({ moment, points: project(unit, space.dim, axes) })),
    };
  }

  async near(name: string): Promise<Requests['map-near']['answer']> {
    const known = this.#of(name);
    const near = await nearest(known.space, NEAREST, nextTaskNowAndThen());
    known.near = near;
    return { near, kept: kept(near, known.points) };
  }

  /** Null when it was stopped. */
  async layOut(name: string): Promise<Requests['map-lay-out']['answer']> {
    this.#stopped = false;
    const known = this.#of(name);
    const { layOut } = await import('../lib/map/layout');
    const near = known.near ?? (await this.near(name)).near;
    let latest: Float32Array | null = null;
    const breathe = nextTaskNowAndThen((share) => {
      this.#send({ notice: 'map', space: name, share, points: latest });
      if (this.#stopped) throw new Stopped();
    });
    try {
      const points = await layOut(near, known.points, breathe, (points) => (latest = points));
      return { points, kept: kept(near, points) };
    } catch (thrown) {
      if (thrown instanceof Stopped) return null;
      throw thrown;
    }
  }

  stop(): void {
    this.#stopped = true;
  }

  forget(name: string): void {
    this.#known.delete(name);
  }

  #of(name: string): Known {
    const known = this.#known.get(name);
    if (!known) throw new Error(`There is no map of ${name}.`);
    return known;
  }
}

type Placed = Requests['map-place']['answer'];

/** The first and the last moment always stay. */
function thinned<T>(moments: T[]): T[] {
  if (moments.length <= MOST_MOMENTS) return moments;
  return moments.filter((_, nth) => nth % 2 === 0 || nth === moments.length - 1);
}

/** Computing goes on for a breath before others have their turn. */
function nextTaskNowAndThen(report: (share: number) => void = () => undefined) {
  let last = performance.now();
  return async (share: number): Promise<void> => {
    if (performance.now() - last < BREATH) return;
    report(share);
    await nextTask();
    last = performance.now();
  };
}
