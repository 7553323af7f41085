import { spawnWorker, type WorkerClient } from './client';
import type { KeptRun } from './kept-lists.svelte';
import type { RowOfRuns, RunsCompared, RunSpec, RunsQuestion, SliceSummary, ValuesOfRow } from './types';

/** A finished run with its lists. */
export interface RunWithLists {
  number: number;
  spec: RunSpec;
  kept: KeptRun;
}

/** Finished runs, opened in a Worker of their own to be judged anew. */
export class OpenedRuns {
  readonly #packages: string;
  #worker: WorkerClient | null = null;
  /** The runs that the Worker has, by their numbers, and their slices. */
  #numbers = '';
  #slices: readonly SliceSummary[] = [];

  /** With the wasm packages of this folder. */
  constructor(packages: string) {
    this.#packages = packages;
  }

  /** Takes in runs on the same data, unless they are the ones that are open, and tells which slices there are. */
  async open(runs: readonly RunWithLists[]): Promise<readonly SliceSummary[]> {
    const numbers = runs.map(({ number }) => number).join(' ');
    const [first] = runs;
    if (numbers === this.#numbers || !first) return this.#slices;
    this.#slices = await this.#ready.ask('open-runs', {
      packages: this.#packages,
      bundle: await first.kept.bundle(),
      runs: await Promise.all(runs.map(async ({ spec, kept }) => ({ spec, lists: await kept.lists() }))),
    });
    this.#numbers = numbers;
    return this.#slices;
  }

  values(rows: readonly RowOfRuns[], slice: string, cutoffs: readonly number[]): Promise<ValuesOfRow[]> {
    return this.#ready.ask('values-of-runs', { rows: [...rows], slice, cutoffs: [...cutoffs] });
  }

  compare(question: RunsQuestion): Promise<RunsCompared> {
    return this.#ready.ask('compare-runs', question);
  }

  /** Gives the Worker and its memory back. */
  end(): void {
    this.#worker?.end();
    this.#forget();
  }

  get #ready(): WorkerClient {
    // After one that died, the next starts afresh.
    return (this.#worker ??= spawnWorker({ died: () => this.#forget() }));
  }

  #forget(): void {
    this.#worker = null;
    this.#numbers = '';
  }
}
