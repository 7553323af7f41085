import type { BackendKind, BackendPlan } from './backend';
import { Interrupted } from './checkpoints/interrupted.svelte';
import { CheckpointKeeper } from './checkpoints/keeper.svelte';
import type { CheckpointRecord } from './checkpoints/record';
import { browserShelf } from './checkpoints/store';
import { FuseboxError } from './client';
import type { OpenDataset } from './dataset';
import type { DownloadProgress } from './download';
import type { FinishedRun } from './finished-run';
import { type KeptRun, KeptLists } from './kept-lists.svelte';
import { browserDrawer } from './notebook/drawer';
import { nameAt } from './notebook/entry';
import { Notebook } from './notebook/notebook.svelte';
import { withRatesOf } from './rates';
import { type First, TrainingRun, UnusableCheckpoint } from './run.svelte';
import { Tempo } from './tempo.svelte';
import type { RunSpec, Shared } from './types';

/** The way on from a failure, where it is not to start the engine again. */
export interface WayOn {
  /** What is still there, beside choices and finished runs. */
  kept?: string;
  action?: string;
  act: () => void;
}

/** What stands on the bench, of which a run is made. */
export interface Material {
  bundle: Uint8Array;
  dataset: OpenDataset;
  /** The design as it is on the bench. */
  drafted: RunSpec;
  systemTitle: string;
}

/** What the bench lends to trainings. */
interface Bench {
  packages: string;
  /** It is part of somebody else's page. */
  embedded: boolean;
  open: () => Promise<boolean>;
  /** The spec on the bench, completed; null where it is refused. */
  check: () => Promise<RunSpec | null>;
  material: () => Material | null;
  plan: () => BackendPlan;
  modules: Map<BackendKind, WebAssembly.Module>;
  /** Puts the data and the design of an interrupted training on the bench. */
  putBack: (record: CheckpointRecord, data: Blob | undefined) => Promise<void>;
  /** There may be other lists than before. */
  judged: () => void;
  /** What the run on the bench said is no longer so. */
  cleared: () => void;
  done: (finished: FinishedRun, judged: Shared | null) => Promise<void>;
  /** A training was ended before it was finished, or failed. */
  lost: () => void;
  download: (progress: DownloadProgress | null) => void;
  announce: (sentence: string) => void;
  report: (title: string, error: Error, wayOn: WayOn) => void;
}

/** How a run starts. */
interface Start {
  first: First;
  /** Milliseconds between two steps. */
  between: number;
  /** The claim that the run repeats. */
  judged?: Shared | null;
  /** Goes on from the last checkpoint of another run, and keeps on keeping it. */
  keeper?: CheckpointKeeper;
}

/** The run on the bench, those that are finished, and those that an earlier page left behind. */
export class Trainings {
  run = $state.raw<TrainingRun | null>(null);
  /** A training has been asked for and waits for the bench. */
  starting = $state(false);
  /** Those of earlier visits come first. */
  finished = $state.raw<FinishedRun[]>([]);
  /** The finished runs that this page has trained itself. */
  readonly ofThisVisit = $derived(this.finished.filter(({ earlier }) => !earlier));
  /** Everybody's lists of finished runs. */
  readonly lists = new KeptLists();
  /** Where finished runs outlive the page. */
  readonly notebook: Notebook;

  readonly tempo = new Tempo({
    run: () => this.run,
    start: (first, between) => this.start({ first, between }),
  });

  /** Where trainings outlive the page; null where nothing does. */
  readonly #shelf = browserShelf();
  readonly interrupted = new Interrupted(this.#shelf, (record, data, release) =>
    this.#putBack(record, data, release),
  );

  readonly #bench: Bench;
  #started = 0;
  #recalled = false;
  /** The number of the run on the bench. */
  #onBench = 0;
  /** The claim that the run on the bench repeats. */
  #judged: Shared | null = null;

  constructor(bench: Bench) {
    this.#bench = bench;
    // In another page the reader did not come for what they did in this one, nor to leave anything behind.
    this.notebook = bench.embedded
      ? new Notebook(null, 'a page within another keeps nothing')
      : new Notebook(browserDrawer());
  }

  /** Starts a run of what is on the bench. */
  async start(start: Start): Promise<void> {
    if (this.starting || this.run?.active) return;
    this.starting = true;
    try {
      const spec = (await this.#bench.open()) ? await this.#bench.check() : null;
      if (spec) await this.#startChecked(spec, start);
    } finally {
      this.starting = false;
    }
  }

  /** Goes on from the last checkpoint of the run on the bench, in a fresh Worker. */
  async goOn(keeper: CheckpointKeeper, first: First = 'play'): Promise<void> {
    if (!keeper.latest || this.starting) return;
    const { between } = this.tempo;
    await this.#startChecked(keeper.latest.spec, { first, between, judged: this.#judged, keeper });
  }

  /** Ends the run on the bench, and forgets its checkpoint unless it is to be gone on with. */
  end(keeping = false): void {
    const { run } = this;
    const lost = run?.active;
    this.run = null;
    this.tempo.stop();
    this.#bench.cleared();
    run?.end();
    if (lost) this.#bench.lost();
    if (!keeping) void run?.keeper.discard();
  }

  /** Ends the run on the bench, and leaves its checkpoint as a closed page would. */
  async leave(): Promise<void> {
    const keeper = this.run?.keeper;
    this.end(true);
    await keeper?.leave();
  }

  /** Puts the runs of earlier visits beside those of this one; asked again, it does nothing. */
  async recall(): Promise<void> {
    if (this.#recalled) return;
    this.#recalled = true;
    const earlier = (await this.notebook.recall()).map(({ entry, kept }) => {
      const { format: _format, ...known } = entry;
      return { run: { ...known, number: ++this.#started, earlier: true }, kept };
    });
    this.lists.recall(earlier.flatMap(({ run, kept }) => (kept ? [[run.number, kept] as const] : [])));
    this.finished = [...earlier.map(({ run }) => run), ...this.finished];
  }

  /** Takes finished runs out of the table and the notebook. */
  async forget(runs: readonly FinishedRun[]): Promise<void> {
    // What is on the bench would be spoken of in some places and not in others.
    if (this.run?.phase === 'done' && runs.some(({ number }) => number === this.#onBench)) this.end();
    this.finished = this.finished.filter((run) => !runs.includes(run));
    this.lists.forget(runs.map(({ number }) => number));
    await this.notebook.forget(runs.map(({ id }) => id));
  }

  /** What became known of a finished run. */
  amend(number: number, known: Pick<FinishedRun, 'link' | 'verdict'>): void {
    this.finished = this.finished.map((run) => (run.number === number ? { ...run, ...known } : run));
  }

  async #startChecked(spec: RunSpec, { first, between, judged = null, keeper }: Start): Promise<void> {
    const bench = this.#bench;
    const material = bench.material();
    if (!material) return;
    this.end(keeper !== undefined);
    this.#judged = judged;
    const number = ++this.#started;
    const { bundle, dataset, drafted, systemTitle } = material;
    keeper ??= this.#keeperOf(material);
    const from = keeper.latest;
    const run: TrainingRun = new TrainingRun({
      spec,
      bundle,
      plan: from ? { kind: from.backend, reason: 'as before the interruption' } : bench.plan(),
      from,
      keeper,
      packages: bench.packages,
      modules: bench.modules,
      onDownload: bench.download,
      onValidation: () => {
        bench.announce(`Epoch ${run.epoch} of ${run.prepared?.epochs ?? '?'} is judged.`);
        bench.judged();
      },
      onDone: async (receipt, stoppedEarly) => {
        bench.announce(`${systemTitle} is trained. The results are below.`);
        const at = Date.now();
        const finished: FinishedRun = {
          number,
          id: nameAt(at),
          at,
          earlier: false,
          receipt,
          systemTitle,
          datasetTitle: dataset.title,
          synthetic: dataset.summary.provenance.synthetic,
          ownData: dataset.own,
          stoppedEarly,
          link: '',
          verdict: null,
          // A rate that was changed on the way makes it another design than the one on the bench.
          drafted: withRatesOf(drafted, receipt.spec),
        };
        this.finished = [...this.finished, finished];
        bench.judged();
        const lists = this.lists.take(number, bundle, run.rankEverybody());
        await bench.done(finished, judged);
        await this.#keep(number, lists);
      },
      onFailed: (error) => {
        if (run !== this.run) return;
        this.#report(systemTitle, error, run.keeper);
        bench.lost();
      },
    });
    this.run = run;
    this.#onBench = number;
    bench.announce(from ? `Going on with ${systemTitle}.` : `Training ${systemTitle}.`);
    this.starting = false;
    await run.begin(first, between);
  }

  /** Writes a run down with all that is known of it, unless it was forgotten already. */
  async #keep(number: number, lists: Promise<KeptRun | null>): Promise<void> {
    const finished = this.finished.find((run) => run.number === number);
    // Data of the reader's own, and what was recommended to their people, are nothing to leave behind.
    if (finished) await this.notebook.keep(finished, finished.ownData ? Promise.resolve(null) : lists);
  }

  #keeperOf({ bundle, dataset: { title, summary, own }, drafted, systemTitle }: Material): CheckpointKeeper {
    const { name, digest } = summary;
    return new CheckpointKeeper({
      // Without a shelf nothing is stored, and perhaps there are no such names.
      id: this.#shelf ? crypto.randomUUID() : '',
      shelf: this.#shelf,
      about: { drafted, systemTitle, dataset: { name, digest, title } },
      data: own ? bundle : null,
    });
  }

  /** A run stopped on an error: the way on is its last checkpoint, where there is one. */
  #report(systemTitle: string, error: Error, keeper: CheckpointKeeper): void {
    const { latest } = keeper;
    const lost = error instanceof FuseboxError && error.kind === 'device';
    // What its driver says is of no use to a reader.
    if (lost) error = new Error('The GPU was lost: it was reset, or its driver failed.');
    const title = `Training ${systemTitle} stopped`;
    if (latest === null || error instanceof UnusableCheckpoint) {
      void keeper.discard();
      const again: Start = { first: 'play', between: this.tempo.between, judged: this.#judged };
      this.#bench.report(latest ? 'This training cannot be gone on with' : title, error, {
        act: () => void this.start(again),
      });
      return;
    }
    this.#bench.report(title, error, {
      kept: `What was learned until the end of epoch ${latest.epoch} is kept.`,
      action: `Go on from epoch ${latest.epoch}`,
      // Where numbers went wrong they would again: the reader may change the learning rate first.
      act: () => void this.goOn(keeper, error instanceof FuseboxError ? 'wait' : 'play'),
    });
  }

  #refuseAnother(): void {
    if (this.run?.active || this.starting) throw new Error('Another training is going on; end it first.');
  }

  /** Goes on with what an earlier page left behind. */
  async #putBack(record: CheckpointRecord, data: Blob | undefined, release: () => void): Promise<void> {
    this.#refuseAnother();
    await this.#bench.putBack(record, data);
    // One may have been started meanwhile.
    this.#refuseAnother();
    const { id, drafted, systemTitle, dataset } = record;
    const about = { drafted, systemTitle, dataset };
    const keeper = new CheckpointKeeper({ id, shelf: this.#shelf, about, data: null });
    keeper.adopt(record, release);
    this.#judged = null;
    await this.goOn(keeper);
  }
}
