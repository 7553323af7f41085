import type { JudgedLists } from './everybody';

/** Everybody's lists of a run, wherever they are. */
export interface KeptRun {
  /** How much of the page's memory the lists take. */
  bytes: number;
  lists: () => Promise<JudgedLists>;
  /** The data that they are about. */
  bundle: () => Promise<Uint8Array>;
}

export function inMemory(lists: JudgedLists, bundle: Uint8Array): KeptRun {
  return {
    bytes: lists.start.byteLength + lists.item.byteLength,
    lists: () => Promise.resolve(lists),
    bundle: () => Promise.resolve(bundle),
  };
}

/** Lists of so many runs are kept in memory, and no more bytes of them. */
export const MOST_RUNS = 20;
export const MOST_BYTES = 50_000_000;

/** The latest runs, as many as there is room for; those that take none all stay. */
export function latest(
  runs: ReadonlyMap<number, KeptRun>,
  mostRuns = MOST_RUNS,
  mostBytes = MOST_BYTES,
): Map<number, KeptRun> {
  let [held, bytes] = [0, 0];
  const within = [...runs].reverse().filter(([, run]) => {
    if (run.bytes === 0) return true;
    held += 1;
    bytes += run.bytes;
    return held <= mostRuns && bytes <= mostBytes;
  });
  return new Map(within.reverse());
}

/** Everybody's lists of finished runs: with them runs are held against each other when their Workers are gone. */
export class KeptLists {
  /** By the number of the run. */
  runs = $state.raw<ReadonlyMap<number, KeptRun>>(new Map());
  /** Runs whose lists are still being made. */
  coming = $state.raw<readonly number[]>([]);
  #made: Promise<unknown> = Promise.resolve();

  /** Once there are none that are still being made. */
  async made(): Promise<void> {
    await this.#made;
  }

  /** Those of earlier runs. */
  recall(earlier: readonly (readonly [number: number, kept: KeptRun])[]): void {
    this.runs = latest(new Map([...earlier, ...this.runs]));
  }

  forget(numbers: readonly number[]): void {
    this.runs = new Map([...this.runs].filter(([number]) => !numbers.includes(number)));
  }

  /** Takes the lists of a run when they are made; null where they are not. */
  take(number: number, bundle: Uint8Array, lists: Promise<JudgedLists>): Promise<KeptRun | null> {
    const taken = this.#take(number, bundle, lists);
    this.#made = Promise.all([this.#made, taken]);
    return taken;
  }

  async #take(number: number, bundle: Uint8Array, lists: Promise<JudgedLists>): Promise<KeptRun | null> {
    this.coming = [...this.coming, number];
    try {
      const kept = inMemory(await lists, bundle);
      // Others may have come meanwhile.
      this.runs = latest(new Map([...this.runs, [number, kept]]));
      return kept;
    } catch {
      // The run was ended before; the table says that it has none.
      return null;
    } finally {
      this.coming = this.coming.filter((other) => other !== number);
    }
  }
}
