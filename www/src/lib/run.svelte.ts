import type { BackendKind, BackendPlan } from './backend';
import type { CheckpointKeeper, Taken } from './checkpoints/keeper.svelte';
import type { Checkpoint } from './checkpoints/record';
import { FuseboxError, spawnWorker, type WorkerClient, WorkerDied } from './client';
import { Course } from './course.svelte';
import type { JudgedLists } from './everybody';
import type { RequestName, Requests } from '../worker/protocol';
import type { DownloadProgress } from './download';
import type { Backend, Event, Receipt, Recommendation, RunSpec, UserHistory } from './types';

export type RunPhase = 'preparing' | 'playing' | 'paused' | 'done' | 'failed';

/** What a run does once it is prepared. */
export type First = 'play' | 'step' | 'wait';

/** A checkpoint that the engine refuses: damaged, or of another program. */
export class UnusableCheckpoint extends Error {}

/** What a run needs from outside. */
export interface RunSetting {
  spec: RunSpec;
  bundle: Uint8Array;
  plan: BackendPlan;
  /** Goes on from here, and on this backend or not at all. */
  from: Checkpoint | null;
  keeper: CheckpointKeeper;
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

function within<T>(seconds: number, promise: Promise<T>, message: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(message)), seconds * 1000);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** One training in a Worker of its own, and everything the page shows of it. */
export class TrainingRun extends Course {
  phase = $state<RunPhase>('preparing');
  /** What is being prepared, in words. */
  stage = $state('');
  backend = $state.raw<Backend | null>(null);
  receipt = $state.raw<Receipt | null>(null);
  stoppedEarly = $state(false);
  /** Nothing has been heard for a while. */
  silent = $state(false);
  /** Why the learning rate asked for was refused. */
  rateProblem = $state<string | null>(null);

  readonly #setting: RunSetting;
  #client: WorkerClient | null = null;
  /** Milliseconds between two steps; 0 trains as fast as it goes. */
  #between = 0;
  /** Everybody's lists while they are made, which what ends the run waits for. */
  #ranking: Promise<unknown> = Promise.resolve();
  #heardAt = 0;
  #watch: ReturnType<typeof setInterval> | undefined;

  constructor(setting: RunSetting) {
    super(setting.spec);
    this.#setting = setting;
  }

  get keeper(): CheckpointKeeper {
    return this.#setting.keeper;
  }

  /** From 0 to 1. */
  get progress(): number {
    if (this.phase === 'done') return 1;
    return this.totalSteps > 0 ? Math.min(1, this.stepsDone / this.totalSteps) : 0;
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

  /** Prepares the run and plays it, takes its first step, or waits. */
  async begin(first: First, between: number): Promise<void> {
    try {
      this.#between = between;
      await this.#prepare(this.#setting.plan);
    } catch (error) {
      return this.#fail(error);
    }
    await this.#guarded(() => this.#go(first));
  }

  /** Trains with so many milliseconds between steps; 0 as fast as it goes. */
  async play(between: number): Promise<void> {
    this.#between = between;
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

  /** Another learning rate from the next epoch on. */
  async setLearningRate(rate: number): Promise<void> {
    this.rateProblem = null;
    try {
      const spec = await this.#client?.ask('learning-rate', rate);
      if (spec) this.spec = spec;
    } catch (error) {
      // A rate that is refused changes nothing; death is told by its own notice.
      if (error instanceof FuseboxError) this.rateProblem = error.message;
    }
  }

  /** Everybody's list, as long as it is judged. */
  rankEverybody(): Promise<JudgedLists> {
    const lists = this.ask('judged-lists', null);
    this.#ranking = lists.catch(() => null);
    return lists;
  }

  recommend(user: number, cutoff: number): Promise<Recommendation[]> {
    return this.ask('recommend', { user, cutoff });
  }

  /** What a person chose, by the split that this run learns from. */
  history(user: number): Promise<UserHistory> {
    return this.ask('user', user);
  }

  /** Everybody's list as text, a line an item. */
  lists(cutoff: number): Promise<string> {
    return this.ask('lists', { cutoff });
  }

  /** The vectors of some items after fusion, row by row, now or before the first step; null where nothing was kept. */
  items(items: Uint32Array, before: boolean): Promise<Float32Array | null> {
    if (!this.#client) return Promise.reject(new WorkerDied('This run has been ended.'));
    return this.#client.ask('fused-items', { items, before });
  }

  /** How many lists of a length show each item. */
  exposure(cutoff: number): Promise<Uint32Array> {
    if (!this.#client) return Promise.reject(new WorkerDied('This run has been ended.'));
    return this.#client.ask('exposure', { cutoff });
  }

  /** What was learned: every parameter by name, in safetensors' layout. */
  weights(): Promise<Uint8Array<ArrayBuffer>> {
    return this.ask('weights', null);
  }

  /** Asks this run's Worker, which answers between two stretches of training. */
  ask<Name extends RequestName>(
    request: Name,
    ask: Requests[Name]['ask'],
  ): Promise<Requests[Name]['answer']> {
    return this.#client?.ask(request, ask) ?? Promise.reject(new WorkerDied('This run has been ended.'));
  }

  /** Gives the Worker and its memory back, once everybody's lists are made. What the page has of the run stays. */
  end(): void {
    this.#rest(this.phase === 'done' ? 'done' : 'failed');
    const client = this.#client;
    this.#client = null;
    void this.#ranking.then(() => client?.end());
  }

  async #go(how: First): Promise<void> {
    if (how !== 'play') {
      this.#rest('paused');
      if (how === 'step') await this.#client?.ask('step', null);
      return;
    }
    this.phase = 'playing';
    this.#heardAt = performance.now();
    this.time(true);
    clearInterval(this.#watch);
    this.#watch = setInterval(() => {
      this.silent = performance.now() - this.#heardAt > SILENCE_SECONDS * 1000;
    }, 5000);
    await this.#client?.ask('play', { between: this.#between });
  }

  async #prepare(plan: BackendPlan): Promise<void> {
    if (plan.kind === 'gpu') {
      try {
        return await this.#open('gpu', plan.reason);
      } catch (error) {
        // What is gone on with would be another run on another backend.
        if (!this.active || this.#setting.from) throw error;
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
    if (this.#setting.from) await this.#resume(client, this.#setting.from);
    else await client.ask('start-run', spec);
  }

  async #resume(client: WorkerClient, { spec, numbers }: Checkpoint): Promise<void> {
    try {
      await client.ask('resume-run', { spec, checkpoint: numbers });
    } catch (error) {
      throw error instanceof FuseboxError ? new UnusableCheckpoint(error.message) : error;
    }
  }

  #take(events: Event[]): void {
    this.#heardAt = performance.now();
    this.silent = false;
    const judged = this.follow(events, this.#between > 0);
    // What lies behind a checkpoint is no news.
    if (judged && this.phase !== 'preparing') this.#setting.onValidation();
    const last = events.at(-1);
    if (last?.event === 'done' && this.phase !== 'done') {
      this.receipt = last.receipt;
      this.spec = last.receipt.spec;
      this.stoppedEarly = last.receipt['stopped-early'];
      this.#rest('done');
      void this.keeper.discard();
      this.#setting.onDone(last.receipt, this.stoppedEarly);
      return;
    }
    void this.keeper.keep(() => this.#checkpoint());
  }

  /** The run at the end of this epoch; null where it is done by then. */
  async #checkpoint(): Promise<Taken | null> {
    const taken = await this.#client?.ask('checkpoint', null);
    if (!taken || !this.prepared || !this.backend) return null;
    const { checkpoint: numbers, milliseconds } = taken;
    // Of the same moment: what happens in the next epoch is told after this answer.
    const { spec, epoch } = this;
    const { epochs } = this.prepared;
    return { checkpoint: { spec, backend: this.backend.kind, epoch, epochs, numbers }, milliseconds };
  }

  /** Stops counting time and watching. */
  #rest(phase: RunPhase): void {
    this.time(false);
    this.silent = false;
    clearInterval(this.#watch);
    this.phase = phase;
  }

  /** A GPU that fails before the first checkpoint is no reason to give up: the run starts over on the CPU and says so. */
  async #recover(error: Error): Promise<void> {
    // While preparing, the question that was not answered is rejected, and that is dealt with where it was asked.
    if (this.phase === 'preparing') return;
    if (this.backend?.kind !== 'gpu' || !this.active || this.keeper.latest) return this.#fail(error);
    const playing = this.phase === 'playing';
    this.#client?.end();
    this.#rest('preparing');
    const what =
      error instanceof FuseboxError && error.kind === 'device'
        ? 'The GPU was lost'
        : `The GPU stopped (${error.message})`;
    this.warnings = [`${what}. The run started again on the CPU.`];
    this.clear();
    this.spec = this.#setting.spec;
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
