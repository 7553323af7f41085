import { type About, type Checkpoint, FORMAT } from './record';
import type { Shelf } from './store';

/** Milliseconds between two checkpoints, at least. */
const EVERY = 4000;

/** The share of its time that a training may spend on checkpoints. */
const SHARE = 0.03;

interface Setting {
  id: string;
  /** Null where this browser keeps nothing. */
  shelf: Shelf | null;
  about: About;
  /** The reader's own data, which are found nowhere else. */
  data: Uint8Array | null;
  now?: () => number;
}

/** A checkpoint on its way, and how long training waited for it. */
export interface Taken {
  checkpoint: Checkpoint;
  milliseconds: number;
}

/** Keeps the last checkpoint of one training: in the tab for when its Worker dies, in the store for when the tab does. */
export class CheckpointKeeper {
  readonly id: string;
  /** Why this training would be lost with its tab, as a sentence. */
  problem = $state<string | null>(null);
  /** The last one, whether it could be stored or not. */
  latest: Checkpoint | null = null;

  readonly #setting: Setting;
  readonly #now: () => number;
  #next: number;
  #taking = false;
  /** How often there was none: once before the end of any run, more often in runs that cannot be gone on with. */
  #untaken = 0;
  #ended = false;
  /** Ends the claim; null while there is none. */
  #release: (() => void) | null = null;
  /** The reader's own data had no room: a checkpoint without them is of no use. */
  #hopeless = false;
  #writing: Promise<void> = Promise.resolve();

  constructor(setting: Setting) {
    this.id = setting.id;
    this.#setting = setting;
    this.#now = setting.now ?? (() => performance.now());
    this.#next = this.#now() + EVERY;
  }

  /** Takes a checkpoint at the end of the epoch, if it is time for one. Never fails: training goes on without it. */
  async keep(take: () => Promise<Taken | null>): Promise<void> {
    if (this.#taking || this.#ended || this.#now() < this.#next) return;
    this.#taking = true;
    this.#next = this.#now() + EVERY;
    try {
      const taken = await take();
      if (this.#ended) return;
      if (!taken) {
        this.#untaken += 1;
        if (this.#untaken > 1)
          this.problem = 'A training of this system cannot be gone on with once the page is closed.';
        return;
      }
      this.latest = taken.checkpoint;
      this.#next = Math.max(this.#next, this.#now() + taken.milliseconds / SHARE);
      this.#writing = this.#write(taken.checkpoint);
      await this.#writing;
    } catch {
      // A Worker that dies says so itself, and nobody reads this then.
      this.problem = 'The last checkpoint could not be taken.';
    } finally {
      this.#taking = false;
    }
  }

  /** The training is over or was given up: what was kept of it goes. */
  discard(): Promise<void> {
    return this.#end(true);
  }

  /** This page is done with the training, which may be gone on with later. */
  leave(): Promise<void> {
    return this.#end(false);
  }

  /** Takes over what an earlier page left of this training, and the claim to it. */
  adopt(checkpoint: Checkpoint, release: () => void): void {
    this.latest = checkpoint;
    this.#release = release;
  }

  async #end(remove: boolean): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    this.latest = null;
    await this.#writing;
    // Where nothing was claimed, nothing was written.
    if (!this.#release) return;
    if (remove) await this.#setting.shelf?.store.remove(this.id).catch(() => undefined);
    this.#release();
    this.#release = null;
  }

  async #write(checkpoint: Checkpoint): Promise<void> {
    const { id, shelf, about, data } = this.#setting;
    if (this.#hopeless) return;
    try {
      if (!shelf) {
        this.problem =
          'This browser keeps nothing for the page, so this training is lost when the page is closed.';
        return;
      }
      if (!this.#release) {
        this.#release = await shelf.claims.claim(id);
        if (!this.#release) return;
        this.#hopeless = data !== null;
        if (data) await shelf.store.writeData(id, new Blob([new Uint8Array(data)]));
        this.#hopeless = false;
      }
      await shelf.store.write(id, { format: FORMAT, id, at: Date.now(), ...about, ...checkpoint });
      this.problem = null;
    } catch (error) {
      this.problem = sentenceOf(error);
    }
  }
}

function sentenceOf(error: unknown): string {
  const full = error instanceof Error && error.name === 'QuotaExceededError';
  return full
    ? 'There is no room left to keep checkpoints, so what is trained from here on is lost when the page is closed.'
    : 'This browser did not let the page keep a checkpoint, so this training is lost when the page is closed.';
}
