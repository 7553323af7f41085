/** How much a new measurement counts beside all before it: what is shown is steady and still follows a machine that slows down. */
const SHARE = 0.2;

/** What happened between two messages of a Worker that trains as fast as it goes. */
interface Stretch {
  seconds: number;
  steps: number;
  /** How often the lists were judged. */
  judged: number;
}

function blend(before: number | null, now: number): number {
  return before === null ? now : before + SHARE * (now - before);
}

/** How long a step takes, and how long it will take until the end, from what was measured so far. */
export class Estimate {
  #step: number | null = null;
  #judging: number | null = null;

  /** Seconds of one step; null before one was measured alone. */
  get secondsPerStep(): number | null {
    return this.#step;
  }

  measure({ seconds, steps, judged }: Stretch): void {
    if (judged === 0) {
      if (steps > 0) this.#step = blend(this.#step, seconds / steps);
      return;
    }
    // Where steps never come without judging, the time of both is kept in one.
    const judging = Math.max(0, seconds - steps * (this.#step ?? 0)) / judged;
    this.#judging = blend(this.#judging, judging);
  }

  /** Seconds until so many steps and judgements are done; null before anything is known. */
  secondsFor(steps: number, judgements: number): number | null {
    if (this.#step === null && this.#judging === null) return null;
    return steps * (this.#step ?? 0) + judgements * (this.#judging ?? 0);
  }
}

/** How often the lists will still be judged after so many of all epochs: every so many, and once more at the end, on test. */
export function judgementsLeft(epoch: number, epochs: number, every: number): number {
  const scheduled = (upTo: number): number =>
    Math.floor(upTo / every) + (upTo === epochs && upTo % every > 0 ? 1 : 0);
  return Math.max(0, scheduled(epochs) - scheduled(epoch)) + 1;
}
