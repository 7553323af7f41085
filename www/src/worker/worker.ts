// The Worker that owns the wasm, one open dataset and one run. The page keeps one such Worker for questions about
// data and links, and makes a fresh one for every training: memory of a finished training goes with its Worker.

import type { DownloadProgress } from '../lib/download';
import { rowsOf } from '../lib/map/space';
import type { Event, Failure, RunSpec } from '../lib/types';
import { likenessOf } from './alike';
import { openedRuns, openRuns } from './comparing';
import { scan, type Scan } from './everybody';
import { exposureIn } from './exposure';
import { listsText } from './lists';
import { loadWasm } from './loader';
import type { Cartographer } from './map';
import { OwnFiles } from './own-files';
import { learnsFromPictures, showPictures } from './pictures';
import {
  type FromWorker,
  failureOf,
  type Reading,
  type RequestName,
  type Requests,
  type TakenCheckpoint,
  type ToWorker,
} from './protocol';
import { oneAtATime, Pump } from './pump';
import type { DatasetHandle, DataWasm, FuseboxWasm, RunHandle } from './wasm';

/** A Worker sends and receives as the page does at the other end. */
const page = self as unknown as Pick<Worker, 'postMessage' | 'onmessage'>;

let loaded: FuseboxWasm | null = null;
let tools: DataWasm | null = null;
let ownFiles: OwnFiles | null = null;
let dataset: DatasetHandle | null = null;
/** What was read of all its users. */
let scanned: Promise<Scan> | null = null;
let run: RunHandle | null = null;
/** Who waits for the checkpoint at the end of the next epoch. */
let awaited: ((taken: Promise<TakenCheckpoint | null>) => void) | null = null;
/** What the run was made of. */
let specified: RunSpec | null = null;
let cartographer: Promise<Cartographer> | null = null;

/** A run is borrowed for as long as it computes, so whatever touches it takes turns. */
const takeTurns = oneAtATime();

function send(message: FromWorker): void {
  page.postMessage(message);
}

function reportProgress(progress: DownloadProgress): void {
  send({ notice: 'progress', progress });
}

function wasm(): FuseboxWasm {
  if (!loaded) throw new Error('The engine is not loaded yet.');
  return loaded;
}

/** What describes and imports data, loaded when it is first asked for. */
async function loadTools(packages: string): Promise<DataWasm> {
  if (!tools) {
    const { wasm } = await loadWasm('data', packages, null, reportProgress);
    wasm.start((message) => send({ notice: 'died', message }));
    tools = wasm;
  }
  return tools;
}

function broughtFiles(): OwnFiles {
  if (!ownFiles) throw new Error('No files have been looked at.');
  return ownFiles;
}

function openDataset(): DatasetHandle {
  if (!dataset) throw new Error('No dataset is open.');
  return dataset;
}

function scanOnce(): Promise<Scan> {
  scanned ??= scan(openDataset());
  return scanned;
}

function startedRun(): RunHandle {
  if (!run) throw new Error('No run has been started.');
  return run;
}

/** What computes maps is downloaded with the first one. */
function maps(): Promise<Cartographer> {
  cartographer ??= import('./map').then(({ Cartographer }) => new Cartographer(send));
  return cartographer;
}

function refusalOf(spec: RunSpec): Failure | null {
  try {
    wasm().check(spec);
    return null;
  } catch (thrown) {
    return failureOf(thrown);
  }
}

/** Items as they were before the first step, as another run of the same spec has them; null where a system has no vectors. */
async function untrainedItems(): Promise<Float32Array | null> {
  if (!specified) return null;
  const fresh = await wasm().Run.start(openDataset(), specified);
  try {
    return await fresh.items();
  } catch {
    return null;
  } finally {
    fresh.free();
  }
}

/** Trains at most so many steps and tells the page what happened. */
async function advance(count: number): Promise<Event[]> {
  const events = await takeTurns(() => startedRun().advance(count));
  if (events.length > 0) send({ notice: 'events', events });
  const done = events.some(({ event }) => event === 'done');
  if (awaited && (done || events.some(({ event }) => event === 'epoch'))) {
    // Nothing is trained meanwhile: the page knows of the run just what the checkpoint does.
    const taken = done ? Promise.resolve(null) : takeTurns(takeCheckpoint);
    awaited(taken);
    awaited = null;
    await taken.catch(() => null);
  }
  return events;
}

/** Tells the page what is ahead, and what lies behind a checkpoint; the first to be asked for, it trains nothing. */
async function prepare(): Promise<void> {
  await advance(1);
}

async function takeCheckpoint(): Promise<TakenCheckpoint | null> {
  const began = performance.now();
  const bytes = await startedRun().checkpoint();
  return bytes ? { checkpoint: new Blob([bytes]), milliseconds: performance.now() - began } : null;
}

const pump = new Pump(advance, (thrown) => send({ notice: 'failed', failure: failureOf(thrown) }));

const answers: { [Name in RequestName]: (ask: Requests[Name]['ask']) => Promise<Requests[Name]['answer']> } =
  {
    async load({ kind, packages, module }) {
      const result = await loadWasm(kind, packages, module, reportProgress);
      loaded = result.wasm;
      loaded.start((message) => send({ notice: 'died', message }));
      return result.module;
    },
    initialise: async () => wasm().initialise(),
    'self-check': async (spec) => wasm().self_check(spec),
    schema: async () => wasm().schema(),
    check: async (spec) => wasm().check(spec),
    refusals: async (specs) => specs.map(refusalOf),
    async 'open-dataset'(bytes) {
      const opened = wasm().Dataset.open(bytes);
      dataset?.free();
      dataset = opened;
      scanned = null;
      return { summary: opened.summary(), sheet: opened.sheet() ?? null };
    },
    extractors: async ({ packages }) => (await loadTools(packages)).extractors(),
    async describe({ bundle, wanted }) {
      if (!tools) throw new Error('What describes items is not loaded yet.');
      const began = performance.now();
      const described = tools.describe(bundle, wanted);
      const milliseconds = performance.now() - began;
      const answer = { bundle: described.bundle(), outcomes: described.outcomes(), milliseconds };
      described.free();
      return answer;
    },
    async 'look-at-files'({ packages, files }) {
      const report = (reading: Reading) => send({ notice: 'reading', reading });
      ownFiles = new OwnFiles(await loadTools(packages), files, report);
      return ownFiles.recognise();
    },
    'head-of-file': async ({ file, rows }) => broughtFiles().head(file, rows),
    'import-files': async (wanted) => broughtFiles().import(wanted),
    'take-of-import': async ({ users, core }) => broughtFiles().take(users, core),
    'imported-bundle': async () => broughtFiles().bundle(),
    user: (index) => takeTurns(async () => (run ?? openDataset()).user(index)),
    everybody: async () => (await scanOnce()).everybody,
    async likeness({ item, among, count }) {
      const { cards } = await scanOnce();
      return likenessOf(openDataset(), cards, item, among, count);
    },
    async 'start-run'(spec) {
      if (learnsFromPictures(spec)) await showPictures(openDataset());
      run = await wasm().Run.start(openDataset(), spec);
      specified = spec;
      await prepare();
      return null;
    },
    async 'resume-run'({ spec, checkpoint }) {
      if (learnsFromPictures(spec)) await showPictures(openDataset());
      run = await wasm().Run.resume(openDataset(), new Uint8Array(await checkpoint.arrayBuffer()));
      specified = spec;
      await prepare();
      return null;
    },
    checkpoint: () =>
      new Promise((resolve) => {
        awaited = resolve;
      }),
    'learning-rate': (rate) => takeTurns(async () => startedRun().set_learning_rate(rate)),
    async play({ between }) {
      pump.play(between);
      return null;
    },
    async pause() {
      pump.pause();
      return takeTurns(async () => null);
    },
    async step() {
      await advance(1);
      return null;
    },
    async lists({ cutoff }) {
      const { everybody, cards } = await scanOnce();
      const lists = await takeTurns(() => startedRun().lists());
      return listsText(lists, cutoff, everybody.ids, cards);
    },
    weights: () => takeTurns(() => startedRun().weights()),
    async 'judged-lists'() {
      const [start, item] = await takeTurns(() => startedRun().lists());
      return { start, item };
    },
    why: ({ user, items }) => takeTurns(() => startedRun().why(user, items)),
    reweighted: ({ user, cutoff, weights }) =>
      takeTurns(() => startedRun().reweighted(user, cutoff, weights)),
    recommend: ({ user, cutoff }) => takeTurns(() => startedRun().recommend(user, cutoff)),
    async catalogue() {
      const { cards, takers } = await scanOnce();
      return { cards, takers };
    },
    async features({ modality, items }) {
      const vectors = openDataset().features(modality);
      return vectors ? rowsOf(vectors, openDataset().summary().items, items) : null;
    },
    async 'fused-items'({ items, before }) {
      const vectors = await takeTurns(() => (before ? untrainedItems() : startedRun().items()));
      return vectors && rowsOf(vectors, openDataset().summary().items, items);
    },
    async exposure({ cutoff }) {
      const [start, listed] = await takeTurns(() => startedRun().lists());
      return exposureIn(start, listed, openDataset().summary().items, cutoff);
    },
    'map-place': async (ask) => (await maps()).place(ask),
    'map-near': async (space) => (await maps()).near(space),
    'map-lay-out': async (space) => (await maps()).layOut(space),
    async 'map-stop'() {
      (await maps()).stop();
      return null;
    },
    async 'map-forget'(space) {
      (await maps()).forget(space);
      return null;
    },
    'check-shared': async (shared) => wasm().check_shared(shared),
    'shared-of': async (receipt) => wasm().shared_of(receipt),
    compare: async ({ claimed, receipt }) => wasm().compare(claimed, receipt),
    'open-runs': (ask) => openRuns(ask, reportProgress, (message) => send({ notice: 'died', message })),
    'values-of-runs': async ({ rows, slice, cutoffs }) =>
      openedRuns().values(rows, slice, Uint32Array.from(cutoffs)),
    'compare-runs': async (question) => openedRuns().compare(question),
  };

/** Looks the answer up; the map above pairs every request with its own type of question. */
function answer<Name extends RequestName>(
  request: Name,
  ask: Requests[Name]['ask'],
): Promise<Requests[Name]['answer']> {
  return answers[request](ask);
}

page.onmessage = async ({ data: { id, request, ask } }: MessageEvent<ToWorker>) => {
  try {
    send({ id, answer: await answer(request, ask) });
  } catch (thrown) {
    send({ id, failure: failureOf(thrown) });
  }
};
