import type { Described } from '../worker/protocol';
import { spawnWorker, type WorkerClient } from './client';
import type { DownloadProgress } from './download';
import type { ExtractorDescription, ExtractionSummary } from './types';

/** What the bench lends to whoever describes items. */
interface Bench {
  packages: string;
  /** The bundle that is open. */
  bundle: () => Uint8Array | null;
  /** Does what changes the data after all that was asked for before. */
  inTurn: (describe: () => Promise<void>) => Promise<void>;
  /** Puts the data with their new description in the place of those that are open. */
  adopt: (bundle: Uint8Array) => Promise<void>;
  download: (progress: DownloadProgress | null) => void;
}

/** Describes the items of the open data anew, by other extractors, in a Worker of its own. */
export class Describer {
  extractors = $state.raw<ExtractorDescription[]>([]);
  working = $state(false);
  problem = $state<string | null>(null);
  /** What the last description came to. */
  outcome = $state.raw<{ outcome: ExtractionSummary; milliseconds: number } | null>(null);

  readonly #bench: Bench;
  #worker: WorkerClient | null = null;

  constructor(bench: Bench) {
    this.#bench = bench;
  }

  /** Loads the extractors, once. */
  async open(): Promise<void> {
    if (this.extractors.length > 0 || this.working) return;
    await this.#work(async (worker) => {
      this.extractors = await worker.ask('extractors', { packages: this.#bench.packages });
    });
  }

  async describe(modality: string, extractor: string): Promise<void> {
    if (this.working) return;
    await this.#bench.inTurn(() => this.#describe(modality, extractor));
  }

  /** What was said of other data no longer holds. */
  forget(): void {
    this.outcome = null;
    this.problem = null;
  }

  async #describe(modality: string, extractor: string): Promise<void> {
    const bundle = this.#bench.bundle();
    if (!bundle) return;
    await this.#work(async (worker) => {
      const described: Described = await worker.ask('describe', {
        bundle,
        wanted: `${modality}=${extractor}`,
      });
      await this.#bench.adopt(described.bundle);
      const [outcome] = described.outcomes;
      if (outcome) this.outcome = { outcome, milliseconds: described.milliseconds };
    });
  }

  async #work(job: (worker: WorkerClient) => Promise<void>): Promise<void> {
    this.working = true;
    this.forget();
    try {
      this.#worker ??= spawnWorker({
        progress: (progress) => this.#bench.download(progress),
        died: () => {
          // The next one starts afresh.
          this.#worker = null;
          this.extractors = [];
        },
      });
      await job(this.#worker);
    } catch (error) {
      this.problem = error instanceof Error ? error.message : String(error);
    } finally {
      this.#bench.download(null);
      this.working = false;
    }
  }
}
