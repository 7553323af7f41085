import type { FinishedRun } from './finished-run';
import type { Shared } from './types';

/** A run that the link carries, and the one that repeated it here. */
export interface ComparedRun {
  shared: Shared;
  repeated: FinishedRun | null;
}

/** What the bench lends to a comparison. */
interface Bench {
  finished: () => readonly FinishedRun[];
  /** Begins to train what was shared; says whether that could be begun. */
  train: (shared: Shared) => Promise<boolean>;
  /** Ends the training that goes on. */
  end: () => void;
  /** Opens the comparison of the runs with these numbers. */
  compare: (numbers: readonly number[]) => Promise<void>;
}

/** Several runs that came in one link: they are run again one after another, and then held against each other. */
export class SharedComparison {
  /** The others are compared with the first. Empty where no such link is open. */
  shared = $state.raw<readonly Shared[]>([]);
  /** The place of the run that is being trained; null while none is. */
  current = $state<number | null>(null);
  /** Numbers of the runs that repeated them, in the same order. */
  #numbers = $state.raw<readonly (number | null)[]>([]);

  readonly runs: readonly ComparedRun[] = $derived.by(() =>
    this.shared.map((shared, place) => {
      const number = this.#numbers[place];
      return { shared, repeated: this.#bench.finished().find((run) => run.number === number) ?? null };
    }),
  );
  /** How many of them were run again. */
  readonly done: number = $derived(this.runs.filter(({ repeated }) => repeated).length);

  readonly #bench: Bench;
  /** Told whether the training that goes on was finished. */
  #over: (finished: boolean) => void = () => {};

  constructor(bench: Bench) {
    this.#bench = bench;
  }

  open(shared: readonly Shared[]): void {
    this.shared = shared;
    this.#numbers = shared.map(() => null);
  }

  close(): void {
    this.open([]);
  }

  /** Trains those that are not yet run again, or all of them anew, and compares them once there is none left. */
  async runAgain(): Promise<void> {
    if (this.current !== null) return;
    const { shared } = this;
    if (this.done === shared.length) this.open(shared);
    const left = shared.filter((_, place) => this.#numbers[place] === null);
    try {
      for (const each of left) {
        this.current = shared.indexOf(each);
        const over = new Promise<boolean>((resolve) => (this.#over = resolve));
        if (!(await this.#bench.train(each)) || !(await over)) return;
        // Another link may have been opened meanwhile.
        if (shared !== this.shared) return;
      }
    } finally {
      this.current = null;
    }
    const numbers = this.#numbers.filter((number) => number !== null);
    if (numbers.length === shared.length) await this.#bench.compare(numbers);
  }

  /** Ends the training that goes on; what was finished stays. */
  stop(): void {
    this.#bench.end();
  }

  /** A training is over: the run of that number repeated what was shared, or some other design, or it was not finished. */
  settle(repeated: Shared | null, number: number | null): void {
    const place = repeated ? this.shared.indexOf(repeated) : -1;
    this.#numbers = this.#numbers.map((before, nth) => (nth === place ? number : before));
    this.#over(number !== null);
  }
}
