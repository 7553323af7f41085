import type { BackendKind, BackendPlan } from './backend';
import { FuseboxError, spawnWorker, type WorkerClient, WorkerDied } from './client';
import type { DownloadProgress } from './download';
import { append, condense, type LossPoint } from './series';
import type { Backend, Event, MetricTable, Receipt, Recommendation, RunSpec } from './types';

export type RunPhase = 'preparing' | 'playing' | 'paused' | 'done' | 'failed';

export interface Validation {
  epoch: number;
  /** Completed epochs, the position on the axis. */
  epochs: number;
  table: MetricTable;
  best: boolean;
}

/** What a run needs from outside. */
export interface RunSetting {
  spec: RunSpec;
  bundle: Uint8Array;
  plan: BackendPlan;
  /** The folder of the wasm packages. */
  packages: string;
  /** Compiled modules, shared between runs. */
  modules: Map<BackendKind, WebAssembly.Module>;
  onDownload: (progress: DownloadProgress | null) => void;
  onValidation: () => void;
  onDone: (receipt: Receipt, stoppedEarly: boolean) => void;
  onFailed: (error: Error) => void;
}

/** A check of one step that takes longer than this says that the GPU is of no use here. */
const SELF_CHECK_SECONDS = 120;

/** Silence after which the reader is told, in seconds. Evaluation on a slow machine may be this long. */
const SILENCE_SECONDS = 60;

/** Curves are drawn anew at most so often, in milliseconds: the eye wants no more, and the page stays smooth. */
const DRAW_EVERY = 250;

function within<T>(seconds: number, promise: Promise<T>, message: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(message)), seconds * 1000);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** One training in a Worker of its own, and everything the page shows of it. */
export class TrainingRun {
  readonly spec: RunSpec;
  phase = $state<RunPhase>('preparing');
  /** What is being prepared, in words. */
  stage = $state('');
  backend = $state.raw<Backend | null>(null);
  prepared = $state.raw<Extract<Event, { event: 'prepared' }> | null>(null);
  epoch = $state(0);
  stepsDone = $state(0);
  loss = $state.raw<Record<string, number>>({});
  losses = $state.raw<LossPoint[]>([]);
  validations = $state.raw<Validation[]>([]);
  warnings = $state.raw<string[]>([]);
  receipt = $state.raw<Receipt | null>(null);
  stoppedEarly = $state(false);
  /** Nothing has been heard for a while. */
  silent = $state(false);
  /** Seconds of training so far, pauses left out. */
  seconds = $state(0);

  readonly #setting: RunSetting;
  #client: WorkerClient | null = null;
  #playingSince: number | null = null;
  #points: LossPoint[] = [];
  #drawnAt = 0;
  #heardAt = 0;
  #watch: ReturnType<typeof setInterval> | undefined;

  constructor(setting: RunSetting) {
    this.spec = setting.spec;
    this.#setting = setting;
  }

  get totalSteps(): number {
    return this.prepared ? this.prepared['steps-per-epoch'] * this.prepared.epochs : 0;
  }

  /** From 0 to 1. */
  get progress(): number {
    if (this.phase === 'done') return 1;
    return this.totalSteps > 0 ? Math.min(1, this.stepsDone / this.totalSteps) : 0;
  }

  /** Estimated seconds of training left; null before anything is known. */
  get secondsLeft(): number | null {
    return this.stepsDone > 0
      ? (this.seconds / this.stepsDone) * Math.max(0, this.totalSteps - this.stepsDone)
      : null;
  }

  /** Whether there are parameters to make lists from. */
  get recommending(): boolean {
    return (
      this.prepared !== null && (this.phase === 'playing' || this.phase === 'paused' || this.phase === 'done')
    );
  }

  /** Whether a training would be lost by starting another. */
  get active(): boolean {
    return this.phase === 'preparing' || this.phase === 'playing' || this.phase === 'paused';
  }

  /** Prepares the run and plays it, or takes its first step and waits. */
  async begin(first: 'play' | 'step'): Promise<void> {
    try {
      await this.#prepare(this.#setting.plan);
      await this.#go(first);
    } catch (error) {
      this.#fail(error);
    }
  }

  async play(): Promise<void> {
    await this.#guarded(() => this.#go('play'));
  }

  async pause(): Promise<void> {
    await this.#guarded(async () => {
      await this.#client?.ask('pause', null);
      if (this.phase === 'playing') this.#rest('paused');
    });
  }

  async step(): Promise<void> {
    await this.#guarded(() => this.#go('step'));
  }

  recommend(user: number, cutoff: number): Promise<Recommendation[]> {
    if (!this.#client) return Promise.reject(new WorkerDied('This run has been ended.'));
    return this.#client.ask('recommend', { user, cutoff });
  }

  /** Everybody's list as text, a line an item. */
  lists(cutoff: number): Promise<string> {
    if (!this.#client) return Promise.reject(new WorkerDied('This run has been ended.'));
    return this.#client.ask('lists', { cutoff });
  }

  /** What was learned: every parameter by name, in safetensors' layout. */
  weights(): Promise<Uint8Array<ArrayBuffer>> {
    if (!this.#client) return Promise.reject(new WorkerDied('This run has been ended.'));
    return this.#client.ask('weights', null);
  }

  /** Gives the Worker and its memory back. What the page has of the run stays. */
  end(): void {
    this.#rest(this.phase === 'done' ? 'done' : 'failed');
    this.#client?.end();
    this.#client = null;
  }

  async #go(how: 'play' | 'step'): Promise<void> {
    if (how === 'step') {
      this.#rest('paused');
      await this.#client?.ask('step', null);
      return;
    }
    this.phase = 'playing';
    this.#playingSince = this.#heardAt = performance.now();
    clearInterval(this.#watch);
    this.#watch = setInterval(() => {
      this.silent = performance.now() - this.#heardAt > SILENCE_SECONDS * 1000;
    }, 5000);
    await this.#client?.ask('play', null);
  }

  async #prepare(plan: BackendPlan): Promise<void> {
    if (plan.kind === 'gpu') {
      try {
        return await this.#open('gpu', plan.reason);
      } catch (error) {
        if (!this.active) throw error;
        this.#client?.end();
        return this.#open(
          'cpu',
          `the GPU was tried and left: ${error instanceof Error ? error.message : String(error)}`,
        );
      }
    }
    return this.#open('cpu', plan.reason);
  }

  async #open(kind: BackendKind, reason: string): Promise<void> {
    const { bundle, packages, modules, onDownload, spec } = this.#setting;
    const client = spawnWorker({
      progress: onDownload,
      events: (events) => this.#take(events),
      failed: (failure) => void this.#recover(new FuseboxError(failure)),
      died: (message) => void this.#recover(new WorkerDied(message)),
    });
    this.#client = client;
    this.stage = kind === 'gpu' ? 'Loading the GPU engine' : 'Loading the engine';
    modules.set(kind, await client.ask('load', { kind, packages, module: modules.get(kind) ?? null }));
    onDownload(null);
    this.stage = 'Opening the device';
    const backend = await client.ask('initialise', null);
    if (kind === 'gpu') {
      this.stage = 'Checking one step on the GPU against the CPU';
      const { 'relative-difference': difference } = await within(
        SELF_CHECK_SECONDS,
        client.ask('self-check', spec),
        `the self-check gave no answer within ${SELF_CHECK_SECONDS} seconds`,
      );
      reason = `${reason}. One step was compared: relative difference ${difference.toExponential(1)}`;
    }
    this.backend = { ...backend, reason };
    this.stage = 'Opening the data';
    await client.ask('open-dataset', bundle);
    this.stage = 'Preparing the run';
    await client.ask('start-run', spec);
  }

  #take(events: Event[]): void {
    this.#heardAt = performance.now();
    this.silent = false;
    const steps: LossPoint[] = [];
    let { stepsDone, epoch, loss } = this;
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
          epoch = event.epoch;
          loss = event.loss;
          if (event.validation)
            this.#takeValidation(event.epoch, this.#epochsAt(stepsDone), event.validation, event.best);
          break;
        case 'warning':
          this.warnings = [...this.warnings, event.message];
          break;
        case 'done':
          this.receipt = event.receipt;
          this.stoppedEarly = event.receipt['stopped-early'];
          break;
      }
    }
    const point = condense(steps);
    if (point) this.#points = append(this.#points, point);
    this.#draw();
    Object.assign(this, { stepsDone, epoch, loss });
    this.#countSeconds();
    if (this.receipt && this.phase !== 'done') {
      this.#rest('done');
      this.#setting.onDone(this.receipt, this.stoppedEarly);
    }
  }

  /** Hands the points collected so far to the page. */
  #draw(): void {
    if (this.#heardAt - this.#drawnAt < DRAW_EVERY && !this.receipt && this.phase === 'playing') return;
    this.#drawnAt = this.#heardAt;
    this.losses = this.#points;
  }

  #takeValidation(epoch: number, epochs: number, table: MetricTable, best: boolean): void {
    const earlier = best
      ? this.validations.map((validation) => ({ ...validation, best: false }))
      : this.validations;
    this.validations = [...earlier, { epoch, epochs, table, best }];
    this.#setting.onValidation();
  }

  #epochsAt(steps: number): number {
    return this.prepared && this.prepared['steps-per-epoch'] > 0
      ? steps / this.prepared['steps-per-epoch']
      : 0;
  }

  #countSeconds(): void {
    if (this.#playingSince === null) return;
    const now = performance.now();
    this.seconds += (now - this.#playingSince) / 1000;
    this.#playingSince = now;
  }

  /** Stops counting time and watching. */
  #rest(phase: RunPhase): void {
    this.#countSeconds();
    this.losses = this.#points;
    this.#playingSince = null;
    this.silent = false;
    clearInterval(this.#watch);
    this.phase = phase;
  }

  /** A GPU that fails in the middle is no reason to give up: the run starts over on the CPU and says so. */
  async #recover(error: Error): Promise<void> {
    // While preparing, the question that was not answered is rejected, and that is dealt with where it was asked.
    if (this.phase === 'preparing') return;
    if (this.backend?.kind !== 'gpu' || !this.active) return this.#fail(error);
    const playing = this.phase === 'playing';
    this.#client?.end();
    this.#rest('preparing');
    this.warnings = [`The GPU stopped (${error.message}). The run started again on the CPU.`];
    this.losses = this.#points = [];
    this.validations = [];
    this.loss = {};
    this.prepared = null;
    this.stepsDone = this.epoch = this.seconds = 0;
    try {
      await this.#open('cpu', `the GPU stopped in the middle of this run: ${error.message}`);
      await this.#go(playing ? 'play' : 'step');
    } catch (again) {
      this.#fail(again);
    }
  }

  async #guarded(action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      // Death is told by its own notice, which may have moved the run to the CPU already.
      if (!(error instanceof WorkerDied)) await this.#recover(error as Error);
    }
  }

  #fail(error: unknown): void {
    if (!this.active) return;
    this.#rest('failed');
    this.#client?.end();
    this.#client = null;
    this.#setting.onDownload(null);
    this.#setting.onFailed(error instanceof Error ? error : new Error(String(error)));
  }
}
