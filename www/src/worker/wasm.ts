import type {
  Backend,
  DatasetSummary,
  Event,
  ExtractorDescription,
  ExtractionSummary,
  Head,
  ItemCard,
  Receipt,
  Recognised,
  Recommendation,
  RowOfRuns,
  RunsCompared,
  RunSpec,
  RunsQuestion,
  Shared,
  SliceSummary,
  SystemDescription,
  UserHistory,
  ValuesOfRow,
  Verdict,
  Wanted,
} from '../lib/types';

/** An opened bundle, living in wasm memory until `free`. */
export interface DatasetHandle {
  summary(): DatasetSummary;
  /** All thumbnails in one PNG or JPEG. */
  sheet(): Uint8Array | undefined;
  /** The next row of the sheet's pictures, from the top: four bytes a pixel. Learning from pictures needs all rows. */
  show(row: Uint8Array): void;
  user(index: number): UserHistory;
  /** All items, in the data's order. */
  cards(): ItemCard[];
  /** `[items, dim]`, row by row, NaN in every place of an item that lacks the modality; undefined where nothing has it. */
  features(modality: string): Float32Array | undefined;
  free(): void;
}

/** A training in progress, or finished and still able to recommend. */
export interface RunHandle {
  /** Runs at most `steps` training steps and returns what happened, in order. Empty after "done". */
  advance(steps: number): Promise<Event[]>;
  /** A list from the parameters as they are now; after "done", from those of the best epoch. */
  recommend(user: number, cutoff: number): Promise<Recommendation[]>;
  /** What a person took, by the run's own split. */
  user(user: number): UserHistory;
  /** All items as they meet in the score, after fusion, row by row; fails where a system has no vectors. */
  items(): Promise<Float32Array>;
  /** Every parameter by name, in safetensors' layout. */
  weights(): Promise<Uint8Array<ArrayBuffer>>;
  /** From the next epoch on; gives the spec as it is then. */
  set_learning_rate(rate: number): RunSpec;
  /** At the end of an epoch, from which the run can go on; undefined at any other time. */
  checkpoint(): Promise<Uint8Array<ArrayBuffer> | undefined>;
  /** Everybody's ranked list as judged on test: where each begins, items, scores. */
  lists(): Promise<[start: Uint32Array, item: Uint32Array, score: Float32Array]>;
  /** `[items, 2 + modalities]`: the score; that without any modality; that without the first, the second … modality. */
  why(user: number, items: Uint32Array): Promise<Float32Array>;
  /** The list when modalities count so much, in the order of the spec; 1 as trained. Nothing is learned anew. */
  reweighted(user: number, cutoff: number, weights: Float32Array): Promise<Recommendation[]>;
  free(): void;
}

/** What every wasm package exports. */
interface AnyWasm {
  default(input?: {
    module_or_path: string | URL | Response | WebAssembly.Module | ArrayBuffer;
  }): Promise<unknown>;
  /** Installs the panic hook; after `report` was called, promises of this wasm never settle. */
  start(report: (message: string) => void): void;
}

/** A bundle whose items were described anew. */
export interface DescribedHandle {
  /** The bundle's bytes, given once. */
  bundle(): Uint8Array;
  outcomes(): ExtractionSummary[];
  free(): void;
}

/** A reader's own files on their way to a bundle. */
export interface ImportHandle {
  recognise(): Recognised;
  head(file: string, rows: number): Head;
  import(wanted: Wanted): DatasetSummary;
  notes(): string[];
  take(users: number | undefined, core: number): DatasetSummary;
  bundle(): Uint8Array<ArrayBuffer>;
  free(): void;
}

/** What `fusebox_data` exports. */
export interface DataWasm extends AnyWasm {
  extractors(): ExtractorDescription[];
  /** Extractors as in `tf-idf,visual=clothing-looks`. */
  describe(bundle: Uint8Array, wanted: string): DescribedHandle;
  /** Files by path and size; `read` gives bytes of the file at a place of the list. */
  Dropped: new (
    paths: string[],
    sizes: Float64Array,
    read: (file: number, from: number, to: number) => Uint8Array,
  ) => ImportHandle;
}

/** Finished runs on the same data. */
export interface RunsHandle {
  /** Takes in everybody's lists of a run, one after another; says at which place. */
  add(spec: RunSpec, start: Uint32Array, item: Uint32Array): number;
  slices(run: number): SliceSummary[];
  values(rows: RowOfRuns[], slice: string, cutoffs: Uint32Array): ValuesOfRow[];
  compare(question: RunsQuestion): RunsCompared;
  free(): void;
}

/** What `fusebox_compare` exports. */
export interface CompareWasm extends AnyWasm {
  Runs: { on(bundle: Uint8Array): RunsHandle };
}

/** What both `fusebox_cpu` and `fusebox_gpu` export. */
export interface FuseboxWasm extends AnyWasm {
  /** Opens the device, once per Worker. Fails in `fusebox_gpu` when there is no adapter. */
  initialise(): Promise<Backend>;
  /** One fixed step of the spec's system on both backends, compared; fails when they differ. In `fusebox_gpu` only. */
  self_check(spec: RunSpec): Promise<{ 'relative-difference': number }>;
  schema(): SystemDescription[];
  /** Completes a spec with defaults and checks it; fails naming the field. */
  check(spec: unknown): RunSpec;
  Dataset: { open(bytes: Uint8Array): DatasetHandle };
  Run: {
    start(dataset: DatasetHandle, spec: RunSpec): Promise<RunHandle>;
    /** Goes on from a checkpoint, and ends in the lists of a run that was never interrupted. */
    resume(dataset: DatasetHandle, checkpoint: Uint8Array): RunHandle;
  };
  /** Checks what a link was unpacked to; fails naming the field. */
  check_shared(shared: unknown): Shared;
  shared_of(receipt: Receipt): Shared;
  compare(claimed: Shared, receipt: Receipt): Verdict;
}
