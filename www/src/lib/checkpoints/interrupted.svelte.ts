import { type CheckpointRecord, isRecord } from './record';
import type { Shelf } from './store';

/** More than the last few are thrown away: they would fill the disk of whoever never answers. */
const MOST = 3;

/** Goes on with a training; the claim is the run's from then on. Throws where it cannot be, and says why. */
type GoOn = (record: CheckpointRecord, data: Blob | undefined, release: () => void) => Promise<void>;

/** Trainings that a closed or crashed page left behind. */
export class Interrupted {
  /** The newest first. */
  offers = $state.raw<readonly CheckpointRecord[]>([]);
  /** What became of one that could not be gone on with, as a sentence. */
  told = $state<string | null>(null);
  /** A choice is being carried out. */
  busy = $state(false);

  readonly #shelf: Shelf | null;
  readonly #goOn: GoOn;

  constructor(shelf: Shelf | null, goOn: GoOn) {
    this.#shelf = shelf;
    this.#goOn = goOn;
  }

  /** Looks for what was left behind. Trainings of tabs that live are theirs. */
  async look(): Promise<void> {
    try {
      const shelf = this.#shelf;
      const found = (await shelf?.store.records()) ?? [];
      if (!shelf || found.length === 0) return;
      const free = await Promise.all(
        found.map(async ([id, record]) => {
          const release = await shelf.claims.claim(id);
          release?.();
          return release ? [{ id, record }] : [];
        }),
      );
      const offers: CheckpointRecord[] = [];
      const useless: string[] = [];
      for (const { id, record } of free.flat()) {
        if (isRecord(record)) offers.push(record);
        else useless.push(id);
      }
      offers.sort((left, right) => right.at - left.at);
      this.offers = offers.slice(0, MOST);
      if (useless.length > 0)
        this.told =
          'An interrupted training was thrown away: it was left by another version of this page, or is damaged.';
      for (const id of [...useless, ...offers.slice(MOST).map(({ id }) => id)]) await shelf.store.remove(id);
    } catch {
      // Where nothing can be read, nothing was left.
    }
  }

  async goOn(offer: CheckpointRecord): Promise<void> {
    await this.#settle(offer, async ({ store, claims }) => {
      const release = await claims.claim(offer.id);
      if (!release) {
        this.told = 'This training goes on in another tab.';
        return;
      }
      // Another tab may have gone on with it, and finished.
      const found = (await store.records()).find(([id]) => id === offer.id)?.[1];
      if (!isRecord(found)) {
        release();
        this.told = 'This training was gone on with or thrown away in another tab.';
        return;
      }
      try {
        await this.#goOn(found, await store.data(offer.id), release);
      } catch (error) {
        release();
        throw error;
      }
    });
  }

  async throwAway(offer: CheckpointRecord): Promise<void> {
    await this.#settle(offer, async ({ store, claims }) => {
      const release = await claims.claim(offer.id);
      if (release) await store.remove(offer.id);
      release?.();
    });
  }

  /** Not now: it is offered again when the page is opened the next time. */
  later(): void {
    this.offers = [];
    this.told = null;
  }

  async #settle(offer: CheckpointRecord, job: (shelf: Shelf) => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.told = null;
    try {
      if (this.#shelf) await job(this.#shelf);
      this.offers = this.offers.filter(({ id }) => id !== offer.id);
    } catch (error) {
      this.told = error instanceof Error ? error.message : String(error);
    } finally {
      this.busy = false;
    }
  }
}
