import type {
  Backend,
  DatasetSummary,
  Event,
  Receipt,
  Recommendation,
  RunSpec,
  Shared,
  SystemDescription,
  UserHistory,
  Verdict,
} from '../lib/types';

/** An opened bundle, living in wasm memory until `free`. */
export interface DatasetHandle {
  summary(): DatasetSummary;
  /** All thumbnails in one PNG or JPEG. */
  sheet(): Uint8Array | undefined;
  user(index: number): UserHistory;
  free(): void;
}

/** A training in progress, or finished and still able to recommend. */
export interface RunHandle {
  /** Runs at most `steps` training steps and returns what happened, in order. Empty after "done". */
  advance(steps: number): Promise<Event[]>;
  /** A list from the parameters as they are now; after "done", from those of the best epoch. */
  recommend(user: number, cutoff: number): Promise<Recommendation[]>;
  free(): void;
}

/** What both wasm packages, `fusebox_cpu` and `fusebox_gpu`, export. */
export interface FuseboxWasm {
  default(input?: {
    module_or_path: string | URL | Response | WebAssembly.Module | ArrayBuffer;
  }): Promise<unknown>;
  /** Installs the panic hook; after `report` was called, promises of this wasm never settle. */
  start(report: (message: string) => void): void;
  /** Opens the device, once per Worker. Fails in `fusebox_gpu` when there is no adapter. */
  initialise(): Promise<Backend>;
  /** One fixed step of the spec's system on both backends, compared; fails when they differ. */
  self_check(spec: RunSpec): Promise<{ 'relative-difference': number }>;
  schema(): SystemDescription[];
  /** Completes a spec with defaults and checks it; fails naming the field. */
  check(spec: unknown): RunSpec;
  Dataset: { open(bytes: Uint8Array): DatasetHandle };
  Run: { start(dataset: DatasetHandle, spec: RunSpec): Promise<RunHandle> };
  encode_link(shared: Shared): string;
  decode_link(hash: string): Shared;
  shared_of(receipt: Receipt): Shared;
  compare(claimed: Shared, receipt: Receipt): Verdict;
}
