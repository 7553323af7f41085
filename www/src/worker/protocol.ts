import type { BackendKind } from '../lib/backend';
import type { DownloadProgress } from '../lib/download';
import type { Everybody, JudgedLists } from '../lib/everybody';
import type { Neighbours } from '../lib/map/neighbours';
import type { DroppedFile } from '../lib/dropped';
import type {
  Backend,
  DatasetSummary,
  Event,
  ExtractorDescription,
  Failure,
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
import type { Likeness } from './alike';

/** A bundle whose items were described anew, and what that took. */
export interface Described {
  bundle: Uint8Array;
  outcomes: ExtractionSummary[];
  milliseconds: number;
}

/** A checkpoint, which the browser keeps out of the page's memory, and how long training waited for it. */
export interface TakenCheckpoint {
  checkpoint: Blob;
  milliseconds: number;
}

/** Every item by its number, and who took it in training. */
export interface Catalogue {
  cards: ItemCard[];
  takers: number[][];
}

/** Items on a map by their principal components. */
export interface Placed {
  /** Those that can be compared; everything else goes by the place in here. */
  items: Uint32Array;
  /** The share of the variance along each direction, between 0 and 1. */
  explained: [number, number];
  /** `x, y, x, y …` */
  points: Float32Array;
  /** The same items at moments of training, the last one now; none where nothing changes. */
  moments: { moment: string; points: Float32Array }[];
}

/** How far the reading of a reader's own files is, in bytes of all of them. */
export interface Reading {
  file: string;
  done: number;
  total: number;
}

/** Everything the page may ask of a Worker, and what comes back. */
export interface Requests {
  /** Loads the wasm; the compiled module comes back so that the next Worker need not compile it again. */
  load: {
    ask: { kind: BackendKind; packages: string; module: WebAssembly.Module | null };
    answer: WebAssembly.Module;
  };
  initialise: { ask: null; answer: Backend };
  'self-check': { ask: RunSpec; answer: { 'relative-difference': number } };
  schema: { ask: null; answer: SystemDescription[] };
  check: { ask: RunSpec; answer: RunSpec };
  /** Why each spec is refused; null where it is not. */
  refusals: { ask: RunSpec[]; answer: (Failure | null)[] };
  'open-dataset': { ask: Uint8Array; answer: { summary: DatasetSummary; sheet: Uint8Array | null } };
  /** Loads what describes items, once a Worker. */
  extractors: { ask: { packages: string }; answer: ExtractorDescription[] };
  /** Describes a bundle's items anew, by extractors as in `tf-idf,visual=clothing-looks`. */
  describe: { ask: { bundle: Uint8Array; wanted: string }; answer: Described };
  /** Loads what imports, and finds out whose layout a reader's own files have. */
  'look-at-files': { ask: { packages: string; files: DroppedFile[] }; answer: Recognised };
  'head-of-file': { ask: { file: string; rows: number }; answer: Head };
  /** Makes data of the files; notices tell how far that is. */
  'import-files': { ask: Wanted; answer: { summary: DatasetSummary; notes: string[] } };
  /** Takes so many users of what was imported, and then the core. */
  'take-of-import': { ask: { users: number | null; core: number }; answer: DatasetSummary };
  'imported-bundle': { ask: null; answer: Uint8Array<ArrayBuffer> };
  user: { ask: number; answer: UserHistory };
  everybody: { ask: null; answer: Everybody };
  /** What an item is like in every modality: the `count` most alike of the items `among`, and of all. */
  likeness: { ask: { item: number; among: number[]; count: number }; answer: Likeness[] };
  'start-run': { ask: RunSpec; answer: null };
  /** Goes on from a checkpoint of this spec. */
  'resume-run': { ask: { spec: RunSpec; checkpoint: Blob }; answer: null };
  /** The run as it is at the end of the next epoch; null where it is done before. */
  checkpoint: { ask: null; answer: TakenCheckpoint | null };
  /** From the next epoch on; the spec comes back with the change in it. */
  'learning-rate': { ask: number; answer: RunSpec };
  /** Trains until paused or done, so many milliseconds between steps; events arrive as notices. */
  play: { ask: { between: number }; answer: null };
  /** Answers when no step is being computed any more. */
  pause: { ask: null; answer: null };
  /** Trains one step. */
  step: { ask: null; answer: null };
  recommend: { ask: { user: number; cutoff: number }; answer: Recommendation[] };
  /** Everybody's list as judged on test. */
  'judged-lists': { ask: null; answer: JudgedLists };
  /** A row an item: its score, that without any modality, and that without each. */
  why: { ask: { user: number; items: Uint32Array }; answer: Float32Array };
  /** The list when modalities count so much. */
  reweighted: { ask: { user: number; cutoff: number; weights: Float32Array }; answer: Recommendation[] };
  /** Everybody's list of so many items, as text. */
  lists: { ask: { cutoff: number }; answer: string };
  /** Every parameter by name, in safetensors' layout. */
  weights: { ask: null; answer: Uint8Array<ArrayBuffer> };
  catalogue: { ask: null; answer: Catalogue };
  /** The vectors of some items, row by row; null where the data have no such modality. */
  features: { ask: { modality: string; items: Uint32Array }; answer: Float32Array | null };
  /** The vectors of some items as the run has them after fusion, now or before its first step; null where there were none. */
  'fused-items': { ask: { items: Uint32Array; before: boolean }; answer: Float32Array | null };
  /** How many lists of a length show each item. */
  exposure: { ask: { cutoff: number }; answer: Uint32Array };
  /** Puts items on a map. Spaces are remembered by name, and with them their moments. */
  'map-place': {
    ask: { space: string; items: Uint32Array; vectors: Float32Array; moment: string | null };
    answer: Placed;
  };
  /** The nearest items of every item in a space, and the share of them that the map keeps. */
  'map-near': { ask: string; answer: { near: Neighbours; kept: number } };
  /** Lays a space out by UMAP, and tells of it on the way; null when it was stopped. */
  'map-lay-out': { ask: string; answer: { points: Float32Array; kept: number } | null };
  'map-stop': { ask: null; answer: null };
  'map-forget': { ask: string; answer: null };
  /** Checks what a link was unpacked to. */
  'check-shared': { ask: unknown; answer: Shared };
  'shared-of': { ask: Receipt; answer: Shared };
  compare: { ask: { claimed: Shared; receipt: Receipt }; answer: Verdict };
  /** Takes in finished runs on the same data, to be held against each other. */
  'open-runs': {
    ask: { packages: string; bundle: Uint8Array; runs: { spec: RunSpec; lists: JudgedLists }[] };
    answer: SliceSummary[];
  };
  'values-of-runs': { ask: { rows: RowOfRuns[]; slice: string; cutoffs: number[] }; answer: ValuesOfRow[] };
  'compare-runs': { ask: RunsQuestion; answer: RunsCompared };
}

export type RequestName = keyof Requests;

export type ToWorker = {
  [Name in RequestName]: { id: number; request: Name; ask: Requests[Name]['ask'] };
}[RequestName];

export type FromWorker =
  | { id: number; answer: Requests[RequestName]['answer'] }
  | { id: number; failure: Failure }
  | { notice: 'progress'; progress: DownloadProgress }
  | { notice: 'reading'; reading: Reading }
  | { notice: 'events'; events: Event[] }
  /** A map is being laid out. */
  | { notice: 'map'; space: string; share: number; points: Float32Array | null }
  /** Training stopped on an error; the Worker itself is well. */
  | { notice: 'failed'; failure: Failure }
  /** The wasm is gone: nothing asked of this Worker will be answered. */
  | { notice: 'died'; message: string };

/** Any thrown value as a failure with a sentence. */
export function failureOf(thrown: unknown): Failure {
  if (thrown !== null && typeof thrown === 'object' && 'message' in thrown) {
    const { kind, message, field } = thrown as { kind?: unknown; message: unknown; field?: unknown };
    return {
      kind: typeof kind === 'string' ? kind : 'unexpected',
      message: String(message),
      field: typeof field === 'string' ? field : null,
    };
  }
  return { kind: 'unexpected', message: String(thrown), field: null };
}
