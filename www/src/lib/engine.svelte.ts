import { Address, packing } from './address.svelte';
import {
  type AdapterState,
  type BackendKind,
  type BackendPlan,
  type BackendWish,
  type BuildStatus,
  findAdapter,
  planBackend,
  wishIn,
} from './backend';
import { awaitBuilds } from './builds';
import type { CheckpointRecord } from './checkpoints/record';
import { Choosing } from './choosing.svelte';
import { FuseboxError, spawnWorker, type WorkerClient } from './client';
import {
  areNamed,
  type DatasetEntry,
  DATASETS,
  drawSheet,
  fetchCatalogue,
  type OpenDataset,
} from './dataset';
import { defaultsOf, firstSpec, forgetModalities } from './defaults';
import { Describer } from './describer.svelte';
import { Designer } from './designer.svelte';
import { Directory } from './directory.svelte';
import { type DownloadProgress, fetchWithProgress } from './download';
import { LARGEST_BUNDLE } from './dropped';
import type { FinishedRun } from './finished-run';
import { room } from './lessons/room.svelte';
import { looksLikeLink, sameSpec } from './link';
import type { AtlasSource } from './map/atlas.svelte';
import { People } from './people.svelte';
import type { TrainingRun } from './run.svelte';
import { Trainings, type WayOn } from './trainings.svelte';
import { usable } from './usable';
import type { Likeness } from '../worker/alike';
import type { RequestName, Requests } from '../worker/protocol';
import type { Failure, RunSpec, Shared, SystemDescription } from './types';

/** Something the reader has to know about, and the way on. */
export interface Trouble {
  title: string;
  message: string;
  /** What is still there. */
  kept: string;
  action: string;
  act: () => void;
}

/** Where the page's own files are, whatever folder it is served from. */
const page = new URL('.', document.baseURI);
export const packages = new URL('pkg/', page).href;

/** Edits are checked, and the address follows, when the reader rests for so many milliseconds. */
const REST = 250;

function sentence(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The state of the whole bench, and everything that can be done with it. */
class Engine {
  phase = $state<'closed' | 'opening' | 'open' | 'failed'>('closed');
  trouble = $state.raw<Trouble | null>(null);
  download = $state.raw<DownloadProgress | null>(null);

  systems = $state.raw<SystemDescription[]>([]);
  catalogue = $state.raw<DatasetEntry[]>([]);
  dataset = $state.raw<OpenDataset | null>(null);
  dataProblem = $state<string | null>(null);

  spec = $state<RunSpec>(firstSpec());
  specProblem = $state.raw<Failure | null>(null);
  /** The hyper-parameters that the reader's own design has a use for. */
  usedParameters = $state.raw<string[]>([]);

  wish = $state<BackendWish>(wishIn(location.search));
  status = $state.raw<BuildStatus>({ cpu: true, gpu: false });
  adapter = $state.raw<AdapterState>({ found: false, detail: 'not looked for yet' });

  /** Compiled once, and shared by all Workers. */
  readonly #modules = new Map<BackendKind, WebAssembly.Module>();

  readonly people = new People({
    users: () => this.dataset?.summary.users ?? 0,
    history: (user) => (this.run?.recommending ? this.run.history(user) : this.#askDesk('user', user)),
    recommend: async (user, length) => (this.run?.recommending ? this.run.recommend(user, length) : null),
  });

  readonly trainings = new Trainings({
    packages,
    embedded: room.address.embedded,
    open: () => this.#settled(),
    check: () => this.#check(),
    material: () =>
      this.#bundle &&
      this.dataset && {
        bundle: this.#bundle,
        dataset: this.dataset,
        drafted: $state.snapshot(this.spec),
        systemTitle: this.system?.title ?? this.spec.system,
      },
    plan: () => this.plan,
    modules: this.#modules,
    putBack: (record, data) => this.#inTurn(() => this.#putBack(record, data)),
    judged: () => void this.people.refresh(),
    cleared: () => {
      void this.people.clear();
      this.directory.forgetLists();
    },
    done: (finished, judged) => this.#concludeRun(finished, judged),
    lost: () => this.address.comparison.settle(null, null),
    download: (progress) => {
      this.download = progress;
    },
    announce: (sentence) => {
      this.announcement = sentence;
    },
    report: (title, error, wayOn) => this.#report(title, error, wayOn),
  });

  /** Which of the finished runs are held against each other. */
  readonly choosing = new Choosing(() => this.finished, this.trainings.lists);

  readonly address = new Address({
    here: () => this.dataset,
    finished: () => this.finished,
    check: (run) => this.#askDesk('check-shared', run),
    sharedOf: (receipt) => this.#askDesk('shared-of', receipt),
    compare: (claimed, receipt) => this.#askDesk('compare', { claimed, receipt }),
    prepare: async (spec) => {
      const active = this.run?.active;
      await this.trainings.leave();
      // It is offered again.
      if (active) void this.trainings.interrupted.look();
      await this.#openDatasetOf(spec);
    },
    put: (spec) => {
      clearTimeout(this.#checking);
      this.spec = spec;
      this.#adoptDataset();
      void this.#check();
    },
    design: () => {
      const spec = this.#draft();
      const digest = this.dataset?.summary.digest.slice(0, 16);
      return { spec: { ...spec, dataset: { ...spec.dataset, digest } }, claim: null };
    },
    freed: () => this.#adoptDataset(),
    repeat: (shared) => this.#repeat(shared),
    end: () => this.trainings.end(),
    hold: async (numbers) => {
      await this.trainings.lists.made();
      this.choosing.compare(numbers);
      this.announcement = 'All are run again. Their comparison is open.';
    },
  });

  readonly directory = new Directory({
    everybody: () => this.#askDesk('everybody', null),
    lists: () => this.run?.ask('judged-lists', null) ?? Promise.reject(new Error('Nothing is trained yet.')),
    length: () => this.people.length,
  });

  /** What the map of items is made of. */
  readonly atlasSource: AtlasSource = {
    catalogue: () => this.#askDesk('catalogue', null),
    features: (modality, items) => this.#askDesk('features', { modality, items }),
  };

  readonly describer = new Describer({
    packages,
    bundle: () => this.#bundle,
    inTurn: (describe) => this.#inTurn(describe),
    adopt: async (bundle) => {
      const title = this.dataset?.title;
      await this.#openBundle(bundle, null);
      if (this.dataset && title) this.dataset = { ...this.dataset, title };
      this.#adoptDataset();
      // A modality more is used like the others.
      this.edit((spec) => delete spec.modalities);
    },
    download: (progress) => {
      this.download = progress;
    },
  });

  readonly designer = new Designer({
    spec: () => this.spec,
    systems: () => this.systems,
    modalities: () => this.modalities,
    available: () => this.available,
    refusals: (specs) => this.#askDesk('refusals', specs),
    put: (spec) => this.#put(spec),
    announce: (sentence) => {
      this.announcement = sentence;
    },
    report: (error) => this.#report('The design could not be changed', error),
  });

  /** Said to screen readers. */
  announcement = $state('');

  readonly system = $derived(this.systems.find(({ name }) => name === this.spec.system) ?? null);
  /** Whether what is on the bench looks at content at all. */
  readonly readsContent = $derived(
    this.system === null || (this.system['uses-content'] && this.spec.design?.roles.length !== 0),
  );
  /** The modalities that can be used. */
  readonly available = $derived(this.dataset ? usable(this.dataset.summary, this.spec.design) : []);
  /** Those that are used, where content is read. */
  readonly modalities = $derived<readonly string[]>(this.spec.modalities ?? this.available);
  readonly plan = $derived<BackendPlan>(planBackend(this.wish, this.status, this.adapter));
  /** What the page shows as "what came out". */
  readonly latest = $derived(this.trainings.ofThisVisit.at(-1) ?? null);
  /** The design cannot be changed under a training that goes on. */
  readonly locked = $derived(this.run?.active ?? false);

  /** The Worker that answers questions about data, designs and links; trainings have their own. */
  #desk: WorkerClient | null = null;
  #bundle: Uint8Array | null = null;
  #opening: Promise<boolean> | null = null;
  /** What the reader puts on the bench comes in the order in which it was asked for. */
  #arrivals: Promise<unknown> = Promise.resolve();
  #checking: ReturnType<typeof setTimeout> | undefined;
  get run(): TrainingRun | null {
    return this.trainings.run;
  }

  get finished(): readonly FinishedRun[] {
    return this.trainings.finished;
  }

  /** Loads the engine and the first dataset, once. Says whether the bench is usable. */
  open(): Promise<boolean> {
    this.#opening ??= this.#open();
    return this.#opening;
  }

  /** Everything again from the start, with what was finished and chosen kept. */
  async restart(): Promise<boolean> {
    await this.trainings.leave();
    this.#desk?.end();
    this.#opening = null;
    this.trouble = null;
    const usable = await this.open();
    void this.trainings.interrupted.look();
    return usable;
  }

  /** Changes the design; the check and the address follow. */
  edit(change: (spec: RunSpec) => void): void {
    change(this.spec);
    clearTimeout(this.#checking);
    this.#checking = setTimeout(async () => {
      if (await this.#check()) await this.address.followBench();
    }, REST);
  }

  /** Puts a system on the bench. A design of the reader's own starts as that of the system before it, if that is one. */
  chooseSystem(name: string): void {
    const system = this.systems.find((candidate) => candidate.name === name);
    if (!system) return;
    const before = this.system;
    if (system.axes.length > 0 && system.design) {
      const design = before?.beyond === null && before.design ? before.design : system.design;
      const weights = before?.['modality-weights'];
      this.edit((spec) => {
        spec.system = system.name;
        spec.variant = 'corrected';
        spec.design = structuredClone(design);
        if (weights && weights.length > 0) spec['modality-weights'] = Object.fromEntries(weights);
      });
      return;
    }
    this.edit((spec) => {
      delete spec.design;
      delete spec['modality-weights'];
      spec.system = system.name;
      spec.variant = system.variants.includes(spec.variant)
        ? spec.variant
        : (system.variants[0] ?? 'corrected');
      spec['hyper-parameters'] = defaultsOf(system);
    });
  }

  chooseDataset(entry: DatasetEntry): Promise<void> {
    return this.#inTurn(() => this.#fetchDataset(entry));
  }

  /** Opens a bundle of the reader's own. It never leaves the machine. */
  chooseFile(file: File): Promise<void> {
    return this.#inTurn(async () => {
      try {
        if (!(await this.open())) return;
        this.dataProblem = null;
        if (file.size > LARGEST_BUNDLE) throw new Error('it is larger than what a page can hold, 1 GB');
        await this.#take(new Uint8Array(await file.arrayBuffer()));
      } catch (error) {
        this.dataProblem = `${file.name}: ${sentence(error)}`;
      }
    });
  }

  /** Puts data of the reader's own on the bench; what is open stays if they cannot be used. */
  adoptBundle(bundle: Uint8Array): Promise<void> {
    return this.#inTurn(() => this.#take(bundle));
  }

  play(): Promise<void> {
    return this.trainings.tempo.play();
  }

  step(): Promise<void> {
    return this.trainings.tempo.step();
  }

  pause(): Promise<void> {
    return this.trainings.tempo.pause();
  }

  /** Clears the bench; finished runs stay in their table. */
  reset(): void {
    this.trainings.end();
    this.announcement = 'Reset. Finished runs are kept.';
  }

  /** Re-runs what the link claims, exactly as it was specified. */
  async reproduce(): Promise<void> {
    const { opened, obstacle } = this.address;
    if (opened && !obstacle) await this.#repeat(opened.shared);
  }

  /** Takes finished runs out of the table, the comparison and the notebook. */
  async forget(runs: readonly FinishedRun[]): Promise<void> {
    for (const { number } of runs) this.choosing.choose(number, false);
    await this.trainings.forget(runs);
    this.announcement = runs.length === 1 ? 'The run is forgotten.' : 'The runs are forgotten.';
  }

  /** Whether the design on the bench is the one that was run. */
  isOnBench({ drafted }: FinishedRun): boolean {
    return sameSpec(drafted, $state.snapshot(this.spec));
  }

  /** Opens a receipt file as if its link had been followed. */
  async openReceipt(file: File): Promise<void> {
    if (await this.open()) await this.#inTurn(() => this.address.openReceipt(file));
  }

  async choosePerson(user: number): Promise<void> {
    try {
      await this.people.choose(user);
    } catch (error) {
      this.#report('This person’s history could not be read', error);
    }
  }

  /** What an item is like in every modality: the most alike of the items `among`, and of all. */
  likeness(item: number, among: number[], count: number): Promise<Likeness[]> {
    return this.#askDesk('likeness', { item, among, count });
  }

  /** A hash changed by the reader: a link pasted into the address bar. */
  async followHash(): Promise<void> {
    const { address } = this;
    if (!looksLikeLink(location.hash)) return;
    address.following = address.isNew;
    // Opening follows the hash it finds; this one may have come after that.
    if ((await this.open()) && address.isNew) await this.#inTurn(() => address.follow());
    address.following = false;
  }

  /** Puts a failure in front of the reader, with a way on. */
  report(title: string, error: unknown): void {
    this.#report(title, error);
  }

  async #open(): Promise<boolean> {
    this.phase = 'opening';
    try {
      if (typeof WebAssembly === 'undefined') {
        throw new Error(
          'This browser does not run WebAssembly, or it is switched off. The published results can still be explored.',
        );
      }
      await Promise.all([packing(), awaitBuilds(packages, (status) => (this.status = status))]);
      this.adapter = await findAdapter();
      await this.#openDesk();
      if (this.#bundle) {
        await this.#openBundle(this.#bundle, null);
      } else {
        this.catalogue = await fetchCatalogue();
      }
      if (this.address.isNew) await this.address.follow();
      const [first] = this.catalogue;
      if (!this.dataset && first) {
        await this.#fetchDataset(this.catalogue.find(({ name }) => name === this.spec.dataset.name) ?? first);
      }
      if (!this.dataset && !this.dataProblem) {
        this.dataProblem = 'This page was published without datasets. Open a bundle of your own to begin.';
      }
      this.phase = 'open';
      return true;
    } catch (error) {
      this.phase = 'failed';
      this.#opening = null;
      this.#report('The engine could not be started', error);
      return false;
    } finally {
      this.download = null;
    }
  }

  async #openDesk(): Promise<void> {
    this.#desk = spawnWorker({
      progress: (progress) => {
        this.download = progress;
      },
      died: (message) => this.#report('The engine stopped', new Error(message)),
    });
    const module = this.#modules.get('cpu') ?? null;
    this.#modules.set('cpu', await this.#desk.ask('load', { kind: 'cpu', packages, module }));
    this.systems = await this.#desk.ask('schema', null);
    if (!this.system && this.systems[0]) this.spec.system = this.systems[0].name;
    if (this.system && Object.keys(this.spec['hyper-parameters']).length === 0) {
      this.spec['hyper-parameters'] = defaultsOf(this.system);
    }
  }

  /** Does what changes the data on the bench, after all that was asked for before. */
  #inTurn(arrive: () => Promise<void>): Promise<void> {
    const arrived = this.#arrivals.then(arrive);
    this.#arrivals = arrived.catch(() => undefined);
    return arrived;
  }

  /** Whether the bench is usable, once all that was asked for is on it. */
  async #settled(): Promise<boolean> {
    const usable = await this.open();
    await this.#arrivals;
    return usable;
  }

  async #take(bundle: Uint8Array): Promise<void> {
    if (!(await this.open())) throw new Error('The engine could not be started.');
    await this.#openBundle(bundle, null);
    this.dataProblem = null;
    // The data a link was waiting for.
    if (this.address.carried.length > 0 && !this.address.obstacle) this.address.apply();
    else this.#adoptDataset();
  }

  async #fetchDataset(entry: DatasetEntry): Promise<void> {
    try {
      this.dataProblem = null;
      const address = new URL(entry.file, DATASETS).href;
      const response = await fetchWithProgress(address, entry.title, null, (progress) => {
        this.download = progress;
      });
      await this.#openBundle(new Uint8Array(await response.arrayBuffer()), entry);
      this.#adoptDataset();
    } catch (error) {
      this.dataProblem = sentence(error);
    } finally {
      this.download = null;
    }
  }

  async #openBundle(bundle: Uint8Array, entry: DatasetEntry | null): Promise<void> {
    const { summary, sheet } = await this.#askDesk('open-dataset', bundle);
    // Real data may be called like a twin, and are none.
    const { synthetic: made } = summary.provenance;
    const known =
      entry ??
      this.catalogue.find(({ name, synthetic }) => name === summary.name && synthetic === made) ??
      null;
    const drawn = await drawSheet(summary, sheet);
    // An engine that is started again opens what was open.
    const before = bundle === this.#bundle ? this.dataset : null;
    if (this.dataset?.sheet) URL.revokeObjectURL(this.dataset.sheet.address);
    this.trainings.end();
    this.directory.forget();
    this.#bundle = bundle;
    this.dataset = {
      summary,
      own: before?.own ?? entry === null,
      title: before?.title ?? known?.title ?? summary.name,
      note: before?.note ?? known?.note ?? summary.provenance.source,
      sheet: drawn,
    };
    await this.choosePerson(0);
  }

  #put(spec: RunSpec): void {
    this.edit(() => {
      this.spec = spec;
    });
  }

  /** The spec follows the data on the bench. */
  #adoptDataset(): void {
    const { dataset } = this;
    if (!dataset || areNamed(dataset.summary, this.spec.dataset)) return;
    this.edit((spec) => {
      if (spec.dataset.name !== dataset.summary.name) forgetModalities(spec);
      spec.dataset = { name: dataset.summary.name };
    });
  }

  /** The spec as it stands. Whether a design can be trained depends on how many modalities there are, so it names them. */
  #draft(): RunSpec {
    const spec = $state.snapshot(this.spec);
    if (spec.design && this.dataset) spec.modalities ??= usable(this.dataset.summary, spec.design);
    // Where no content is read, nothing can be missing or stand in for it.
    if (!this.readsContent) {
      delete spec.missing;
      delete spec.placebo;
    }
    return spec;
  }

  /** What the reader's own design has no use for leaves the spec, which would be refused with it. */
  async #forgetUnused(): Promise<void> {
    const bare = this.#draft();
    bare['hyper-parameters'] = {};
    delete bare['modality-weights'];
    const checked = await this.#askDesk('check', bare);
    const used = Object.keys(checked['hyper-parameters']);
    const chosen = Object.entries($state.snapshot(this.spec)['hyper-parameters']);
    this.usedParameters = used;
    this.spec['hyper-parameters'] = Object.fromEntries(chosen.filter(([name]) => used.includes(name)));
    if (!checked['modality-weights']) delete this.spec['modality-weights'];
  }

  async #check(): Promise<RunSpec | null> {
    try {
      if (this.spec.design) await this.#forgetUnused();
      const checked = await this.#askDesk('check', this.#draft());
      this.specProblem = null;
      return checked;
    } catch (error) {
      if (error instanceof FuseboxError) {
        this.specProblem = { kind: error.kind, message: error.message, field: error.field };
      } else {
        this.#report('The design could not be checked', error);
      }
      return null;
    }
  }

  /** Puts the data and the design of an interrupted training on the bench. */
  async #putBack({ spec, dataset, drafted }: CheckpointRecord, data: Blob | undefined): Promise<void> {
    if (!(await this.open())) throw new Error('The engine could not be started.');
    if (data) await this.#openBundle(new Uint8Array(await data.arrayBuffer()), null);
    else await this.#openDatasetOf(spec);
    if (this.dataset?.summary.digest !== dataset.digest)
      throw new Error(
        `The data of this training, “${dataset.title}”, are not here as they were. Open them and try again.`,
      );
    this.dataset = { ...this.dataset, title: dataset.title };
    // A design in the address is the one that was trained; a claim is still to be judged.
    const { opened } = this.address;
    if (opened && !opened.shared.claim) this.address.forget();
    this.#put(structuredClone(drafted));
  }

  /** Makes the finished run's link and, when it repeats a claim, judges it. */
  async #concludeRun(finished: FinishedRun, judged: Shared | null): Promise<void> {
    try {
      await this.address.conclude(finished, judged, (known) => {
        this.trainings.amend(finished.number, known);
        if (known.verdict) this.announcement = `Re-run. Verdict: ${known.verdict.verdict}.`;
      });
    } catch (error) {
      this.#report('The run is finished, but its link could not be made', error);
    }
  }

  async #openDatasetOf(spec: RunSpec): Promise<void> {
    const here = this.dataset;
    if (here && areNamed(here.summary, spec.dataset)) return;
    const entry = this.catalogue.find(({ name }) => name === spec.dataset.name);
    const open = here?.summary.name === entry?.name && !here?.own;
    if (entry && !open) await this.#fetchDataset(entry);
  }

  /** Trains what was shared, exactly as it was specified; says whether that could be begun. */
  async #repeat(shared: Shared): Promise<boolean> {
    this.trainings.end();
    this.spec = structuredClone(shared.spec);
    await this.trainings.start({ first: 'play', between: 0, judged: shared });
    return this.run !== null;
  }

  #askDesk<Name extends RequestName>(
    request: Name,
    ask: Requests[Name]['ask'],
  ): Promise<Requests[Name]['answer']> {
    return this.#desk?.ask(request, ask) ?? Promise.reject(new Error('The engine is not running.'));
  }

  #report(title: string, error: unknown, wayOn?: WayOn): void {
    const finished = this.finished.length;
    const kept =
      finished === 0
        ? 'Your choices are kept.'
        : `Your choices and ${finished === 1 ? 'your finished run' : `your ${finished} finished runs`} are kept.`;
    this.trouble = {
      title,
      message: sentence(error),
      kept: wayOn?.kept ? `${wayOn.kept} ${kept}` : kept,
      action: wayOn?.action ?? 'Start again',
      act: () => {
        this.trouble = null;
        if (wayOn) wayOn.act();
        else void this.restart();
      },
    };
  }
}

export const engine = new Engine();
