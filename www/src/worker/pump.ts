import type { Event } from '../lib/types';

/** How long one pump may take, in milliseconds: short enough that pausing feels immediate. */
const TARGET = 70;

/** More steps than this in one pump bring nothing: the time is no longer spent between pumps. */
const MOST_STEPS = 4096;

/**
 * How many steps the next pump should take, from the last one's steps and milliseconds. It never more than doubles,
 * so one lucky measurement does not freeze the pump.
 */
export function nextSteps(steps: number, elapsed: number): number {
  const wanted = elapsed > 0 ? (steps * TARGET) / elapsed : steps * 2;
  return Math.round(Math.min(MOST_STEPS, Math.max(1, Math.min(wanted, steps * 2))));
}

/** Waits for a fresh task, so that messages are heard between pumps. Timers would be slowed down in the background. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/** Runs asynchronous jobs one after another, in the order in which they were given. */
export function oneAtATime(): <T>(job: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (job) => {
    const result = last.then(job);
    last = result.catch(() => undefined);
    return result;
  };
}

/** Keeps a training going, with a breath between pumps in which messages are heard. */
export class Pump {
  readonly #advance: (steps: number) => Promise<Event[]>;
  readonly #failed: (thrown: unknown) => void;
  #playing = false;
  /** Milliseconds between two steps; 0 trains as fast as it goes. */
  #between = 0;
  #steps = 1;
  #pumping: Promise<void> | null = null;

  constructor(advance: (steps: number) => Promise<Event[]>, failed: (thrown: unknown) => void) {
    this.#advance = advance;
    this.#failed = failed;
  }

  /** Plays, or plays at another pace. */
  play(between: number): void {
    this.#playing = true;
    this.#between = between;
    this.#pumping ??= this.#pump().finally(() => (this.#pumping = null));
  }

  pause(): void {
    this.#playing = false;
  }

  async #pump(): Promise<void> {
    try {
      while (this.#playing) {
        const slow = this.#between > 0;
        const began = performance.now();
        const events = await this.#advance(slow ? 1 : this.#steps);
        if (events.length === 0 || events.some(({ event }) => event === 'done')) this.#playing = false;
        // Evaluating an epoch takes as long as it takes and says nothing about the speed of steps.
        if (!slow && events.every(({ event }) => event === 'step'))
          this.#steps = nextSteps(this.#steps, performance.now() - began);
        if (slow && this.#playing) await new Promise((resolve) => setTimeout(resolve, this.#between));
        else await nextTask();
      }
    } catch (thrown) {
      this.#playing = false;
      this.#failed(thrown);
    }
  }
}
