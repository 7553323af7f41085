import type { JudgedLists } from './everybody';

export interface KeptRun {
  lists: JudgedLists;
  /** The data that they are about. */
  bundle: Uint8Array;
}

/** Lists of so many runs are kept, and no more bytes of them. */
export const MOST_RUNS = 20;
export const MOST_BYTES = 50_000_000;

/** The latest runs, as many as there is room for. */
export function latest(
  runs: ReadonlyMap<number, KeptRun>,
  mostRuns = MOST_RUNS,
  mostBytes = MOST_BYTES,
): Map<number, KeptRun> {
  let bytes = 0;
  const within = [...runs].reverse().filter(([, { lists }], nth) => {
    bytes += lists.start.byteLength + lists.item.byteLength;
    return nth < mostRuns && bytes <= mostBytes;
  });
  return new Map(within.reverse());
}

/** Everybody's lists of the runs of this visit: with them runs are held against each other when their Workers are gone. */
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

  take(number: number, bundle: Uint8Array, lists: Promise<JudgedLists>): Promise<void> {
    const taken = this.#take(number, bundle, lists);
    this.#made = Promise.all([this.#made, taken]);
    return taken;
  }

  async #take(number: number, bundle: Uint8Array, lists: Promise<JudgedLists>): Promise<void> {
    this.coming = [...this.coming, number];
    try {
      const kept = { lists: await lists, bundle };
      // Others may have come meanwhile.
      this.runs = latest(new Map([...this.runs, [number, kept]]));
    } catch {
      // The run was ended before; the table says that it has none.
    } finally {
      this.coming = this.coming.filter((other) => other !== number);
    }
  }
}
