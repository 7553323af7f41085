import type { FinishedRun } from './finished-run';
import type { KeptLists, KeptRun } from './kept-lists.svelte';
import { obstacle } from './own-runs';

/** A run that can be compared, with everybody's lists. */
export interface ChosenRun {
  run: FinishedRun;
  kept: KeptRun;
}

/** Which finished runs are to be compared. The first says what the others have to be like, and they are compared with it. */
export class Choosing {
  /** By their numbers. */
  numbers = $state.raw<readonly number[]>([]);
  /** Whether the comparison is open. */
  comparing = $state(false);

  readonly #runs: () => readonly FinishedRun[];
  readonly #lists: KeptLists;

  constructor(runs: () => readonly FinishedRun[], lists: KeptLists) {
    this.#runs = runs;
    this.#lists = lists;
  }

  get first(): FinishedRun | null {
    return this.#runs().find(({ number }) => number === this.numbers[0]) ?? null;
  }

  get compared(): ChosenRun[] {
    return this.numbers.flatMap((number) => {
      const run = this.#runs().find((run) => run.number === number);
      const kept = this.#lists.runs.get(number);
      return run && kept ? [{ run, kept }] : [];
    });
  }

  /** Why a run cannot be compared with another, or with any where none is given; null where it can. */
  obstacle(run: FinishedRun, other: FinishedRun | null): string | null {
    if (this.#lists.coming.includes(run.number)) return 'its lists are being made';
    if (!this.#lists.runs.has(run.number))
      return run.earlier && run.ownData
        ? 'of data of your own only results are kept'
        : 'its lists were not kept';
    return other ? obstacle(run, other) : null;
  }

  choose(number: number, wanted: boolean): void {
    const others = this.numbers.filter((other) => other !== number);
    this.numbers = wanted ? [...others, number] : others;
    if (this.numbers.length < 2) this.comparing = false;
  }

  /** Chooses this run, and every other that can be compared with it. */
  chooseAllWith(run: FinishedRun): void {
    const others = this.#runs().filter((other) => other !== run);
    this.compare([run, ...others].map(({ number }) => number));
  }

  /** Opens the comparison of these runs, as far as they can be compared with the first. */
  compare(numbers: readonly number[]): void {
    const runs = numbers.flatMap((number) => this.#runs().find((run) => run.number === number) ?? []);
    const [first] = runs;
    if (!first) return;
    this.numbers = runs.filter((run) => this.obstacle(run, first) === null).map(({ number }) => number);
    this.comparing = this.numbers.length > 1;
  }

  /** Makes these runs the ones that the others are compared with. */
  compareWith(numbers: readonly number[]): void {
    this.numbers = [...numbers, ...this.numbers.filter((number) => !numbers.includes(number))];
  }
}
