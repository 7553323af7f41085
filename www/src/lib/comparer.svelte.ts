import { OpenedRuns, type RunWithLists } from './opened-runs';
import type { RowOfRuns, RunsCompared, SliceSummary, ValuesOfRow } from './types';

/** What is to be held against what, as the reader has chosen it. */
export interface Asked {
  /** All on the same data. */
  runs: readonly RunWithLists[];
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

  readonly #opened: OpenedRuns;
  #latest: Asked | null = null;
  /** As `working`, for who asks without being told when that changes. */
  #busy = false;

  /** With the wasm packages of this folder. */
  constructor(packages: string) {
    this.#opened = new OpenedRuns(packages);
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
    this.#opened.end();
  }

  async #compute(asked: Asked): Promise<Shown> {
    const opened = this.#opened;
    const slices = await opened.open(asked.runs);
    const rows = [...asked.rows];
    // A slice that was chosen for other runs may be none of these.
    const slice = slices.some(({ name }) => name === asked.slice) ? asked.slice : 'everything';
    const values = await opened.values(rows, slice, asked.cutoffs);
    const others = rows.flatMap((_, row) => (row === 0 ? [] : [row]));
    const pairs = asked.onSlices === null ? others : [asked.onSlices];
    const compared = await opened.compare({
      rows,
      pairs: pairs.map((row): [number, number] => [row, 0]),
      slices: asked.onSlices === null ? [slice] : slices.map(({ name }) => name),
      metrics: [...asked.metrics],
      cutoff: asked.cutoff,
    });
    return { asked: { ...asked, slice }, slices, values, compared };
  }
}
