import type { Catalogue, Placed } from '../../worker/protocol';
import { spawnWorker, type WorkerClient, WorkerDied } from '../client';
import type { ItemCard } from '../types';
import type { Neighbours } from './neighbours';
import { drawItems } from './space';
import { Spotlight } from './spotlight.svelte';

/** Where items, their vectors and a run's vectors come from. */
export interface AtlasSource {
  catalogue: () => Promise<Catalogue>;
  /** Row by row; null where the data have no such modality. */
  features: (modality: string, items: Uint32Array) => Promise<Float32Array | null>;
}

/** The part of a run that a map is made of. */
export interface MappedRun {
  /** Row by row, now or before the first step; null where nothing was kept. */
  items: (items: Uint32Array, before: boolean) => Promise<Float32Array | null>;
  exposure: (cutoff: number) => Promise<Uint32Array>;
}

export type Layout = 'principal' | 'umap';
export type Look = 'pictures' | 'kind' | 'popularity' | 'exposure';

/** One map: a modality's, or that after fusion. */
export interface MapSpace extends Placed {
  name: string;
  /** The row of each item; −1 where it is not on this map. */
  rowOf: Int32Array;
  near: Neighbours | null;
  umap: Float32Array | null;
  /** The share of nearest items that each layout keeps; null until it is measured. */
  kept: Record<Layout, number | null>;
}

/** The name of the map after fusion; no modality is called so. */
export const FUSED = 'after fusion';

/** More dots would be a smear, and every pair of them is compared. */
export const MOST_ITEMS = 4000;

/** Lists of this length are looked through for how often an item is shown. */
export const EXPOSURE_CUTOFF = 10;

/** All maps of one data set, side by side, and what the reader looks at in them. */
export class ItemAtlas {
  phase = $state<'closed' | 'opening' | 'open'>('closed');
  problem = $state<string | null>(null);
  cards = $state.raw<ItemCard[]>([]);
  /** Who took each item in training. */
  takers = $state.raw<number[][]>([]);
  spaces = $state.raw<MapSpace[]>([]);
  /** Why a run has no map after fusion. */
  unmapped = $state<string | null>(null);

  query = $state('');
  /** The kind of thing that is looked at alone. */
  kind = $state<string | null>(null);
  look = $state<Look>('popularity');
  layout = $state<Layout>('principal');
  /** Which moment of training the map after fusion shows; the last one where null. */
  moment = $state<number | null>(null);
  /** How often lists show each item; null until a run is done. */
  exposure = $state.raw<Uint32Array | null>(null);
  /** The map that is being laid out, how far that is, and where its points are now. */
  working = $state.raw<{ space: string; share: number; points: Float32Array | null } | null>(null);

  /** The items on the maps: all, or as many as can be drawn. */
  readonly items: Uint32Array;

  readonly #spotlight: Spotlight;
  readonly #source: AtlasSource;
  readonly #total: number;
  readonly #spawn: typeof spawnWorker;
  #worker: WorkerClient | null = null;
  #stopped = false;
  #turns: Promise<unknown> = Promise.resolve();

  constructor(
    source: AtlasSource,
    total: number,
    spotlight = new Spotlight(),
    spawn: typeof spawnWorker = spawnWorker,
  ) {
    this.#spotlight = spotlight;
    this.#source = source;
    this.#total = total;
    this.#spawn = spawn;
    this.items = drawItems(total, MOST_ITEMS);
  }

  get chosen(): number | null {
    return this.#spotlight.chosen;
  }

  set chosen(item: number | null) {
    this.#spotlight.chosen = item;
  }

  get pointed(): number | null {
    return this.#spotlight.pointed;
  }

  set pointed(item: number | null) {
    this.#spotlight.pointed = item;
  }

  /** Why the chosen item is not on a map that it is not on. */
  absence({ name }: MapSpace): string {
    return this.chosen === null || this.items.includes(this.chosen)
      ? `has no ${name} content`
      : 'is not among those that were drawn by lot';
  }

  /** The items whose titles hold what the reader looks for, popular ones first; all of them where nothing is looked for. */
  readonly found = $derived.by<number[]>(() => {
    const wanted = this.query.trim().toLowerCase();
    const { cards } = this;
    return [...this.items]
      .filter((item) => wanted === '' || cards[item]?.title.toLowerCase().includes(wanted))
      .sort((left, right) => (cards[right]?.popularity ?? 0) - (cards[left]?.popularity ?? 0));
  });

  /** What is found, to be lit; null where nothing is looked for. */
  readonly matches = $derived(this.query.trim() === '' ? null : new Set(this.found));

  /** Makes the maps of the modalities, one after another. */
  async open(modalities: readonly string[]): Promise<void> {
    if (this.phase !== 'closed') return;
    this.phase = 'opening';
    await this.#guarded(async () => {
      const { cards, takers } = await this.#source.catalogue();
      this.cards = cards;
      this.takers = takers;
      for (const modality of modalities) {
        const vectors = await this.#source.features(modality, this.items);
        if (vectors) await this.#place(modality, vectors, null);
      }
    });
    this.phase = 'open';
  }

  /** The map after fusion as a run has it at a moment of training, in words; null before the first step. */
  take(run: MappedRun, moment: string | null, done: boolean): Promise<void> {
    // One moment after the other, in the order in which they were.
    const taken = this.#turns.then(() => this.#take(run, moment, done));
    this.#turns = taken;
    return taken;
  }

  /** Forgets the run: it is gone, and another one may begin. */
  forgetRun(): Promise<void> {
    const forgotten = this.#turns.then(async () => {
      this.spaces = this.spaces.filter(({ name }) => name !== FUSED);
      this.exposure = this.unmapped = this.moment = null;
      if (this.look === 'exposure') this.look = 'popularity';
      await this.#guarded(async () => this.#worker?.ask('map-forget', FUSED));
    });
    this.#turns = forgotten;
    return forgotten;
  }

  chooseLayout(layout: Layout): Promise<void> {
    this.layout = layout;
    return layout === 'umap' ? this.layOut() : this.stop();
  }

  /** Lays out by UMAP every map that is not yet. */
  async layOut(): Promise<void> {
    if (this.working) return;
    this.#stopped = false;
    await this.#guarded(async () => {
      for (;;) {
        const next = this.spaces.find(({ umap }) => umap === null);
        if (!next || this.#stopped || this.layout !== 'umap') return;
        this.working = { space: next.name, share: 0, points: null };
        const laidOut = await this.#desk().ask('map-lay-out', next.name);
        if (!laidOut) return;
        this.#change(next, { umap: laidOut.points, kept: { ...next.kept, umap: laidOut.kept } });
      }
    });
    this.working = null;
  }

  /** Stops laying out; what is laid out already stays. */
  async stop(): Promise<void> {
    if (!this.working) return;
    this.#stopped = true;
    await this.#worker?.ask('map-stop', null);
  }

  /** Gives the Worker back. */
  end(): void {
    this.#worker?.end();
    this.#worker = null;
  }

  async #take(run: MappedRun, moment: string | null, done: boolean): Promise<void> {
    const known = this.spaces.find(({ name }) => name === FUSED);
    // The maps came into sight again.
    if (known?.moments.at(-1)?.moment === moment) return;
    try {
      if (!known) {
        const before = await run.items(this.items, true);
        if (before) await this.#place(FUSED, before, 'before training');
      }
      if (moment !== null) {
        const now = await run.items(this.items, false);
        if (now) await this.#place(FUSED, now, moment);
      }
      this.unmapped = null;
    } catch (error) {
      // A run that has ended is no reason; a system without vectors is.
      if (!(error instanceof WorkerDied)) this.unmapped = sentence(error);
    }
    if (done) {
      try {
        this.exposure = await run.exposure(EXPOSURE_CUTOFF);
      } catch (error) {
        if (!(error instanceof WorkerDied)) this.problem = sentence(error);
      }
      if (this.layout === 'umap') void this.layOut();
    }
  }

  async #place(name: string, vectors: Float32Array, moment: string | null): Promise<void> {
    const placed = await this.#desk().ask('map-place', { space: name, items: this.items, vectors, moment });
    const rowOf = new Int32Array(this.#total).fill(-1);
    placed.items.forEach((item, row) => (rowOf[item] = row));
    const space: MapSpace = {
      ...placed,
      name,
      rowOf,
      near: null,
      umap: null,
      kept: { principal: null, umap: null },
    };
    const known = this.spaces.some((other) => other.name === name);
    this.spaces = known
      ? this.spaces.map((other) => (other.name === name ? space : other))
      : [...this.spaces, space];
    const { near, kept } = await this.#desk().ask('map-near', name);
    this.#change(space, { near, kept: { ...space.kept, principal: kept } });
  }

  /** Adds what became known of a map, unless it is another one by now. */
  #change(space: MapSpace, more: Partial<MapSpace>): void {
    this.spaces = this.spaces.map((other) =>
      other.name === space.name && other.items === space.items ? { ...other, ...more } : other,
    );
  }

  #desk(): WorkerClient {
    this.#worker ??= this.#spawn({
      map: ({ space, share, points }) => {
        if (this.working?.space === space) this.working = { space, share, points };
      },
      died: () => (this.#worker = null),
    });
    return this.#worker;
  }

  async #guarded(job: () => Promise<unknown>): Promise<void> {
    try {
      this.problem = null;
      await job();
    } catch (error) {
      this.problem = sentence(error);
    }
  }
}

function sentence(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
