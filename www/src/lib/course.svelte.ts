import { Estimate, judgementsLeft } from './estimate';
import { append, condense, type LossPoint } from './series';
import type { Event, MetricTable, RunSpec } from './types';

export interface Validation {
  epoch: number;
  /** Completed epochs, the position on the axis. */
  epochs: number;
  table: MetricTable;
  best: boolean;
}

/** Curves are drawn anew at most so often, in milliseconds: the eye wants no more, and the page stays smooth. */
const DRAW_EVERY = 250;

/** What the page has seen of a training: counts, curves, judgements, and how fast it goes. */
export class Course {
  spec = $state.raw<RunSpec>() as RunSpec;
  prepared = $state.raw<Extract<Event, { event: 'prepared' }> | null>(null);
  epoch = $state(0);
  stepsDone = $state(0);
  loss = $state.raw<Record<string, number>>({});
  losses = $state.raw<readonly LossPoint[]>([]);
  validations = $state.raw<readonly Validation[]>([]);
  warnings = $state.raw<readonly string[]>([]);
  /** Estimated seconds of training left, if it is not stopped early; null before anything is known. */
  secondsLeft = $state<number | null>(null);
  /** Seconds of one step; null before it was measured. */
  secondsPerStep = $state<number | null>(null);

  #points: readonly LossPoint[] = [];
  #estimate = new Estimate();
  #drawnAt = 0;
  /** Since when time counts; null while nothing is trained. */
  #since: number | null = null;

  constructor(spec: RunSpec) {
    this.spec = spec;
  }

  get totalSteps(): number {
    return this.prepared ? this.prepared['steps-per-epoch'] * this.prepared.epochs : 0;
  }

  /** Shows nothing, as before the first step. */
  protected clear(): void {
    this.losses = this.#points = [];
    this.validations = [];
    this.loss = {};
    this.prepared = null;
    this.stepsDone = this.epoch = 0;
    this.#estimate = new Estimate();
    this.secondsLeft = this.secondsPerStep = null;
  }

  /** Follows what happened; says whether the lists were judged. `unhurried` is training slower than it could. */
  protected follow(events: readonly Event[], unhurried: boolean): boolean {
    const steps: LossPoint[] = [];
    let { stepsDone, epoch, loss } = this;
    let judged = 0;
    let done = false;
    for (const event of events) {
      switch (event.event) {
        case 'prepared':
          this.prepared = event;
          break;
        case 'step':
          stepsDone += 1;
          ({ epoch, loss } = event);
          steps.push({ epochs: this.#epochsAt(stepsDone), loss });
          break;
        case 'epoch':
          ({ epoch, loss } = event);
          if (stepsDone < this.#stepsUntil(epoch)) {
            // It lies behind a checkpoint: what is left of its steps is their mean.
            stepsDone = this.#stepsUntil(epoch);
            this.#points = append(this.#points, { epochs: epoch, loss });
          }
          if (event.validation) {
            judged += 1;
            this.#judge(epoch, this.#epochsAt(stepsDone), event.validation, event.best);
          }
          break;
        case 'warning':
          this.warnings = [...this.warnings, event.message];
          break;
        case 'done':
          done = true;
          break;
      }
    }
    const point = condense(steps);
    if (point) this.#points = append(this.#points, point);
    Object.assign(this, { stepsDone, epoch, loss });
    const seconds = this.#passed();
    if (seconds !== null && !unhurried && !done)
      this.#estimate.measure({ seconds, steps: steps.length, judged });
    this.#draw(done);
    return judged > 0;
  }

  /** Time counts from now on, or no longer. What was collected is shown. */
  protected time(counts: boolean): void {
    this.#since = counts ? performance.now() : null;
    this.#draw(true);
  }

  /** Seconds since this was last asked; null where no time counts. */
  #passed(): number | null {
    if (this.#since === null) return null;
    const now = performance.now();
    const seconds = (now - this.#since) / 1000;
    this.#since = now;
    return seconds;
  }

  /** Hands what was collected so far to the page. */
  #draw(atOnce: boolean): void {
    const now = performance.now();
    if (now - this.#drawnAt < DRAW_EVERY && !atOnce && this.#since !== null) return;
    this.#drawnAt = now;
    this.losses = this.#points;
    this.secondsPerStep = this.#estimate.secondsPerStep;
    if (!this.prepared) return;
    const judgements = judgementsLeft(
      this.#completed(),
      this.prepared.epochs,
      this.spec.training['evaluate-every'],
    );
    this.secondsLeft = this.#estimate.secondsFor(Math.max(0, this.totalSteps - this.stepsDone), judgements);
  }

  #judge(epoch: number, epochs: number, table: MetricTable, best: boolean): void {
    const earlier = best
      ? this.validations.map((validation) => ({ ...validation, best: false }))
      : this.validations;
    this.validations = [...earlier, { epoch, epochs, table, best }];
  }

  #completed(): number {
    return Math.floor(this.#epochsAt(this.stepsDone));
  }

  #stepsUntil(epoch: number): number {
    return epoch * (this.prepared?.['steps-per-epoch'] ?? 0);
  }

  #epochsAt(steps: number): number {
    return this.prepared && this.prepared['steps-per-epoch'] > 0
      ? steps / this.prepared['steps-per-epoch']
      : 0;
  }
}
