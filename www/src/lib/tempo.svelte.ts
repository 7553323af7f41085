import type { First, TrainingRun } from './run.svelte';
import { Walking } from './walking.svelte';

/** How fast the reader wants to see a training: as fast as it goes, a step a moment, or each step walked through. */
export type Speed = 'full' | 'moment' | 'slow';

/** Milliseconds between the steps of each. */
const BETWEEN: Record<Exclude<Speed, 'slow'>, number> = { full: 0, moment: 700 };

interface Bench {
  run: () => TrainingRun | null;
  /** Starts a new run. */
  start: (first: First, between: number) => Promise<void>;
}

/** Play, pause and step, at the speed that the reader chose. */
export class Tempo {
  speed = $state<Speed>('full');
  readonly walking = new Walking();

  readonly #bench: Bench;

  constructor(bench: Bench) {
    this.#bench = bench;
  }

  /** Whether training goes on without being asked for each step. */
  get going(): boolean {
    const { walking } = this;
    return this.#bench.run()?.phase === 'playing' || (walking.step !== null && walking.playing);
  }

  get between(): number {
    return this.speed === 'slow' ? 0 : BETWEEN[this.speed];
  }

  async choose(speed: Speed): Promise<void> {
    const { going } = this;
    this.speed = speed;
    if (going) await this.pause();
    this.stop();
    if (!going) return;
    await this.play();
  }

  async play(): Promise<void> {
    const paused = this.#bench.run()?.phase === 'paused';
    if (this.speed === 'slow') {
      if (!paused) await this.#bench.start('wait', 0);
      this.#walk();
    } else if (paused) await this.#bench.run()?.play(this.between);
    else await this.#bench.start('play', this.between);
  }

  async step(): Promise<void> {
    const run = this.#bench.run();
    if (run?.phase === 'paused') await run.step();
    else await this.#bench.start('step', this.between);
  }

  async pause(): Promise<void> {
    if (this.walking.step) this.walking.playing = false;
    await this.#bench.run()?.pause();
  }

  /** The run is over or gone, or is not walked through any more. */
  stop(): void {
    if (this.walking.step) this.walking.end();
  }

  #walk(): void {
    const { walking } = this;
    const run = this.#bench.run();
    if (run?.phase !== 'paused') return;
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    if (walking.step) walking.playing = !still;
    else
      walking.begin(!still, () => {
        if (run.phase === 'paused') void run.step();
        else this.stop();
      });
  }
}
