import type { Reading } from '../worker/protocol';
import { FuseboxError, spawnWorker, type Notices, type WorkerClient } from './client';
import { guessInteractions, guessItems, guessTables, type TableHead } from './columns';
import type { DownloadProgress } from './download';
import type { Dropped } from './dropped';
import type { DatasetSummary, Raw, Recognised, Tables } from './types';

/** What the bench lends to whoever brings data. */
export interface Bench {
  packages: string;
  /** Puts a bundle in the place of what is open. */
  adopt: (bundle: Uint8Array) => Promise<void>;
  spawn?: (notices: Notices) => WorkerClient;
}

/** Rows of a table that are shown. */
const ROWS = 6;
/** Tables that are looked into. */
const TABLES = 12;
/** More users than this make an epoch on the page long, so fewer are proposed. */
const COMFORTABLE = 5000;
const PROPOSED = 2000;

/** Files of the reader's own on their way to the bench. They are read in a Worker and go nowhere else. */
export class OwnData {
  phase = $state<'looking' | 'choosing' | 'importing' | 'imported' | 'adopting' | 'refused'>('looking');
  /** Why the last thing that was asked for could not be done. */
  problem = $state<string | null>(null);
  name = $state('');
  recognised = $state.raw<Recognised | null>(null);
  /** How the files of interest begin. */
  heads = $state.raw<TableHead[]>([]);
  tables = $state.raw<Tables | null>(null);
  raw = $state<Raw>({ core: 5, split: 'random', seed: 1 });

  download = $state.raw<DownloadProgress | null>(null);
  reading = $state.raw<Reading | null>(null);

  /** All that was read, and what the importer says. */
  whole = $state.raw<DatasetSummary | null>(null);
  notes = $state.raw<string[]>([]);
  /** How many users are taken; null for all. */
  users = $state<number | null>(null);
  core = $state(1);
  /** What is taken; null while it is being found out, or nothing is left. */
  taken = $state.raw<DatasetSummary | null>(null);

  readonly dropped: Dropped;
  readonly #bench: Bench;
  #worker: WorkerClient | null = null;
  #asked = 0;

  constructor(dropped: Dropped, bench: Bench) {
    this.dropped = dropped;
    this.name = dropped.name;
    this.#bench = bench;
  }

  /** Finds out what the files are. */
  async look(): Promise<void> {
    try {
      const worker = await this.#ready();
      const recognised = this.recognised;
      if (!recognised) return;
      const files =
        recognised.layout === 'csv' ? recognised['told-by'].slice(0, TABLES) : [recognised.interactions];
      const heads: TableHead[] = [];
      for (const file of files) {
        heads.push({ file, ...(await worker.ask('head-of-file', { file, rows: ROWS })) });
      }
      this.heads = heads;
      if (recognised.layout === 'csv') this.tables = guessTables(heads.filter(({ rows }) => rows.length > 0));
      this.phase = 'choosing';
      if (recognised.layout === 'csv' && !this.tables) throw new Error('The tables are empty.');
    } catch (error) {
      this.phase = 'refused';
      this.#fail(error);
    }
  }

  head(file: string): TableHead {
    return this.heads.find((head) => head.file === file) ?? { file, rows: [] };
  }

  /** Another file for interactions, or another word on whether its first line names the columns. */
  chooseInteractions(file: string, named?: boolean): void {
    if (this.tables)
      this.tables = { ...this.tables, interactions: guessInteractions(this.head(file), named) };
  }

  /** Another file for items, or none. */
  chooseItems(file: string | null, named?: boolean): void {
    if (!this.tables) return;
    const items = file === null ? null : guessItems(this.head(file), this.tables.interactions, named);
    this.tables = { ...this.tables, items };
  }

  chooseColumn(table: keyof Tables, role: string, column: string | null): void {
    const chosen = this.tables?.[table];
    if (this.tables && chosen)
      this.tables = { ...this.tables, [table]: { ...chosen, [role]: column ?? emptyOf(role) } };
  }

  /** Reads everything. */
  async import(): Promise<void> {
    const layout = this.recognised?.layout;
    if (!layout || this.phase !== 'choosing') return;
    this.phase = 'importing';
    this.problem = null;
    try {
      const worker = await this.#ready();
      const { summary, notes } = await worker.ask('import-files', {
        layout,
        name: this.name.trim() || this.dropped.name,
        raw: $state.snapshot(this.raw),
        tables: this.tables,
      });
      this.whole = summary;
      this.notes = notes;
      this.taken = summary;
      const large = summary.users > COMFORTABLE;
      this.users = large ? PROPOSED : null;
      this.core = large ? 5 : 1;
      this.phase = 'imported';
      if (large) await this.take(this.users, this.core);
    } catch (error) {
      // A reader who cancelled knows.
      if (this.phase !== 'importing') return;
      this.phase = 'choosing';
      this.#fail(error);
    } finally {
      this.reading = null;
    }
  }

  /** Stops reading; the choices stay. */
  cancel(): void {
    if (this.phase === 'importing') this.phase = 'choosing';
    this.end();
  }

  /** Back to the choices that were made before reading. */
  back(): void {
    this.phase = 'choosing';
    this.problem = null;
  }

  /** Takes so many users, all when there is no number, and of them and their items those with so many interactions. */
  async take(users: number | null, core: number): Promise<void> {
    const asked = ++this.#asked;
    [this.users, this.core, this.taken, this.problem] = [users, core, null, null];
    try {
      const worker = await this.#ready();
      const taken = await worker.ask('take-of-import', { users, core });
      if (asked === this.#asked) this.taken = taken;
    } catch (error) {
      if (asked === this.#asked) this.#fail(error);
    }
  }

  /** What is taken, as a bundle's bytes. */
  async bundle(): Promise<Uint8Array<ArrayBuffer> | null> {
    try {
      return await (await this.#ready()).ask('imported-bundle', null);
    } catch (error) {
      this.#fail(error);
      return null;
    }
  }

  /** Puts what is taken on the bench; says whether that went well. */
  async use(): Promise<boolean> {
    this.phase = 'adopting';
    this.problem = null;
    const bundle = await this.bundle();
    try {
      if (!bundle) return false;
      await this.#bench.adopt(bundle);
      return true;
    } catch (error) {
      this.#fail(error);
      return false;
    } finally {
      if (this.phase === 'adopting') this.phase = 'imported';
    }
  }

  /** Gives the memory back. */
  end(): void {
    this.#worker?.end();
    this.#worker = null;
    [this.reading, this.download] = [null, null];
  }

  /** A Worker that has looked at the files. */
  async #ready(): Promise<WorkerClient> {
    if (this.#worker) return this.#worker;
    const worker = (this.#bench.spawn ?? spawnWorker)({
      progress: (progress) => {
        this.download = progress;
      },
      reading: (reading) => {
        this.reading = reading;
      },
      died: () => {
        // The next one starts afresh, with nothing imported.
        this.#worker = null;
        if (this.phase === 'imported') this.phase = 'choosing';
      },
    });
    this.#worker = worker;
    try {
      const { packages } = this.#bench;
      this.recognised = await worker.ask('look-at-files', { packages, files: this.dropped.files });
    } catch (error) {
      this.end();
      throw error;
    } finally {
      this.download = null;
    }
    return worker;
  }

  #fail(error: unknown): void {
    // After anything but a refusal of the importer, nothing can be said of what is left in the wasm.
    if (!(error instanceof FuseboxError && error.kind === 'import')) {
      this.end();
      if (this.phase === 'imported' || this.phase === 'adopting') this.phase = 'choosing';
    }
    const sentence = error instanceof Error ? error.message : String(error);
    this.problem = /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
  }
}

/** What stands for no column: what every table needs is never absent. */
function emptyOf(role: string): string | null {
  return role === 'user' || role === 'item' ? '' : null;
}

/** What a reader should know before taking data, in sentences. */
export function warningsOf({ modalities, users, test, interactions }: DatasetSummary): string[] {
  const warnings: string[] = [];
  if (Object.keys(modalities).length === 0) {
    warnings.push(
      'No item has content, so only systems that look at no content can be trained on these data.',
    );
  }
  if (users < 100 || test < 100) {
    warnings.push(
      'So few people and interactions say little: most differences between systems will be chance.',
    );
  }
  if (interactions > 500_000) {
    warnings.push('That is much for a page: an epoch may take minutes. The program takes it in its stride.');
  }
  return warnings;
}
