import { spawnWorker, type WorkerClient } from './client';
import type { KeptRun } from './kept-lists.svelte';
import type { RowOfRuns, RunsCompared, RunSpec, SliceSummary, ValuesOfRow } from './types';

/** What is to be held against what, as the reader has chosen it. */
export interface Asked {
  /** With their lists, all on the same data. */
  runs: readonly { number: number; spec: RunSpec; kept: KeptRun }[];
  /** The others are compared with the first. */
  rows: readonly RowOfRuns[];
  /** The one row that is compared on every slice; null where all are, on one. */
  onSlices: number | null;
  slice: string;
  metrics: readonly string[];
  cutoff: number;
  cutoffs: readonly number[];
}

export interface Shown {
  asked: Asked;
  slices: readonly SliceSummary[];
  /** On the slice that was chosen. */
  values: readonly ValuesOfRow[];
  compared: RunsCompared;
}

/** Holds runs against each other, in a Worker of its own. */
export class Comparer {
  working = $state(false);
  problem = $state<string | null>(null);
  /** What was last computed; it stays until what comes next is there. */
  shown = $state.raw<Shown | null>(null);

  readonly #packages: string;
  #worker: WorkerClient | null = null;
  /** The runs that the Worker has, and their slices. */
  #opened = '';
  #slices: readonly SliceSummary[] = [];
  #latest: Asked | null = null;
  /** As `working`, for who asks without being told when that changes. */
  #busy = false;

  /** With the wasm packages of this folder. */
  constructor(packages: string) {
    this.#packages = packages;
  }

  /** Computes what is asked; of several questions under way only the last one is answered. */
  async ask(asked: Asked): Promise<void> {
    this.#latest = asked;
    // Whoever is at work takes it up.
    if (this.#busy) return;
    this.#busy = this.working = true;
    try {
      while (this.#latest) {
        const next: Asked = this.#latest;
        const shown = await this.#compute(next);
        this.problem = null;
        if (next === this.#latest) {
          this.shown = shown;
          this.#latest = null;
        }
      }
    } catch (error) {
      this.#latest = null;
      this.problem = error instanceof Error ? error.message : String(error);
    } finally {
      this.#busy = this.working = false;
    }
  }

  /** Gives the Worker and its memory back. */
  end(): void {
    this.#latest = null;
    this.#worker?.end();
    this.#worker = null;
  }

  async #compute(asked: Asked): Promise<Shown> {
    const worker = (this.#worker ??= spawnWorker({
      died: () => {
        // The next one starts afresh.
        this.#worker = null;
        this.#opened = '';
      },
    }));
    const opened = asked.runs.map(({ number }) => number).join(' ');
    const [first] = asked.runs;
    if (opened !== this.#opened && first) {
      this.#slices = await worker.ask('open-runs', {
        packages: this.#packages,
        bundle: first.kept.bundle,
        runs: asked.runs.map(({ spec, kept }) => ({ spec, lists: kept.lists })),
      });
      this.#opened = opened;
    }
    const rows = [...asked.rows];
    // A slice that was chosen for other runs may be none of these.
    const slice = this.#slices.some(({ name }) => name === asked.slice) ? asked.slice : 'everything';
    const values = await worker.ask('values-of-runs', { rows, slice, cutoffs: [...asked.cutoffs] });
    const others = rows.flatMap((_, row) => (row === 0 ? [] : [row]));
    const pairs = asked.onSlices === null ? others : [asked.onSlices];
    const compared = await worker.ask('compare-runs', {
      rows,
      pairs: pairs.map((row): [number, number] => [row, 0]),
      slices: asked.onSlices === null ? [slice] : this.#slices.map(({ name }) => name),
      metrics: [...asked.metrics],
      cutoff: asked.cutoff,
    });
    return { asked: { ...asked, slice }, slices: this.#slices, values, compared };
  }
}
