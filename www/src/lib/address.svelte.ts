import type { OpenDataset } from './dataset';
import type { FinishedRun } from './finished-run';
import {
  addressWith,
  checkedRuns,
  isOwnLink,
  looksLikeLink,
  obstacleTo,
  OWN_LINK,
  sameSpec,
  tidyLink,
} from './link';
import { sameRates } from './rates';
import { SharedComparison } from './shared-comparison.svelte';
import type { Receipt, RunSpec, Shared, Verdict } from './types';

/** Bytes. Receipts have some ten thousand; another kind of file is not read into memory. */
const LARGEST_RECEIPT = 10_000_000;

/** Its compressor makes tables when it is loaded, which a reader without a link need not wait for. */
export const packing = () => import('./packing');

/** A link of one run. */
export interface OpenedLink {
  shared: Shared;
  verdict: Verdict | null;
  /** The page wrote it, before it was loaded again. */
  own: boolean;
}

/** What the bench lends to the address. */
interface Bench {
  here: () => OpenDataset | null;
  finished: () => readonly FinishedRun[];
  /** What a link says, as far as it is valid. */
  check: (run: unknown) => Promise<Shared>;
  sharedOf: (receipt: Receipt) => Promise<Shared>;
  compare: (claimed: Shared, receipt: Receipt) => Promise<Verdict>;
  /** Leaves the training that goes on, and opens the data where the page has them. */
  prepare: (spec: RunSpec) => Promise<void>;
  /** Puts a design on the bench as it is. */
  put: (spec: RunSpec) => void;
  /** The design on the bench. */
  design: () => Shared;
  /** The bench is without a link again. */
  freed: () => void;
  /** Begins to train what was shared; says whether that could be begun. */
  repeat: (shared: Shared) => Promise<boolean>;
  /** Ends the training that goes on. */
  end: () => void;
  /** Opens the comparison of the runs with these numbers. */
  hold: (numbers: readonly number[]) => Promise<void>;
}

/** The page's address: the link in it that the reader came with, and the one that it hands on. */
export class Address {
  /** The link of one run, with a claim or as a design. */
  opened = $state.raw<OpenedLink | null>(null);
  readonly comparison: SharedComparison;
  problem = $state<string | null>(null);
  /** A link is being read. */
  following = $state(looksLikeLink(location.hash));

  /** What the link that the reader came with carries; nothing without one. */
  readonly carried: readonly Shared[] = $derived.by(() =>
    this.opened ? [this.opened.shared] : this.comparison.shared,
  );
  /** Whether the link is of synthetic data, as far as that is known here. */
  readonly synthetic: boolean = $derived.by(() => {
    const summary = this.#bench.here()?.summary;
    return summary?.provenance.synthetic === true && summary.name === this.carried[0]?.spec.dataset.name;
  });
  /** Why the link cannot be re-run here, if it cannot. */
  readonly obstacle: string | null = $derived.by(() =>
    obstacleTo(this.carried, this.#bench.here()?.summary ?? null),
  );

  readonly #bench: Bench;
  /** The hash that was last read as a link, or written: it is not followed again. */
  #followed = '';

  constructor(bench: Bench) {
    this.#bench = bench;
    this.comparison = new SharedComparison({
      finished: bench.finished,
      train: bench.repeat,
      end: bench.end,
      compare: bench.hold,
    });
  }

  /** Whether there is a link that is still to be followed. */
  get isNew(): boolean {
    return looksLikeLink(location.hash) && location.hash !== this.#followed;
  }

  /** Puts what the link in the address carries on the bench. */
  follow(): Promise<void> {
    // A run that repeats somebody's claim is still theirs.
    const mine = this.#bench.finished().some(({ link, verdict }) => link === location.hash && !verdict);
    return this.#follow(location.hash, mine || isOwnLink(history.state));
  }

  /** Opens a receipt file as if its link had been followed. */
  async openReceipt(file: File): Promise<void> {
    try {
      if (file.size > LARGEST_RECEIPT) throw new Error('it is larger than any receipt');
      const receipt = JSON.parse(await file.text()) as Receipt;
      const link = await this.#pack(await this.#bench.sharedOf(receipt));
      await this.#follow(link, false);
      if (!this.problem) history.replaceState(null, '', link);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.problem = `${file.name} is no receipt: ${reason}.`;
    }
  }

  /** Goes on without the link the reader came with. */
  forget(): void {
    this.#close();
    this.#followed = '';
    history.replaceState(null, '', location.pathname + location.search);
    this.#bench.freed();
  }

  /** Puts what the link carries on the bench, now that its data are there. */
  apply(): void {
    this.#apply(this.carried, false);
  }

  /** The address follows the design on the bench. */
  async followBench(): Promise<void> {
    this.#write(await this.#pack(this.#bench.design()));
  }

  /** The address of the design on the bench, without a claim. */
  async ofDesign(): Promise<string> {
    return addressWith(await this.#pack(this.#bench.design()), location.href);
  }

  /** The address of what a finished run claims; null until its link is made. */
  ofResult({ link }: FinishedRun): string | null {
    return link ? addressWith(link, location.href) : null;
  }

  /** The address of runs side by side, of which the others are compared with the first. */
  async ofComparison(runs: readonly FinishedRun[]): Promise<string> {
    const shared = await Promise.all(runs.map(({ receipt }) => this.#bench.sharedOf(receipt)));
    return addressWith(await this.#pack(shared), location.href);
  }

  /** The link of a finished run and, where it repeats a claim, the verdict; both are also kept here. */
  async conclude(
    { receipt, drafted, number }: FinishedRun,
    judged: Shared | null,
    told: (known: Pick<FinishedRun, 'link' | 'verdict'>) => void,
  ): Promise<void> {
    try {
      const link = await this.#pack(await this.#bench.sharedOf(receipt));
      // With a learning rate that was changed on the way nothing is repeated.
      const repeated = judged && sameRates(judged.spec, receipt.spec) ? judged : null;
      const { opened } = this;
      const claimed = repeated ?? (opened && sameSpec(opened.shared.spec, drafted) ? opened.shared : null);
      const verdict = claimed?.claim ? await this.#bench.compare(claimed, receipt) : null;
      told({ link, verdict });
      if (verdict && this.opened) this.opened = { ...this.opened, verdict };
      // A verdict is still to be read.
      if (!verdict) this.#write(link);
      this.comparison.settle(repeated, number);
    } catch (error) {
      this.comparison.settle(null, null);
      throw error;
    }
  }

  /** A link that cannot be read changes nothing on the bench. */
  async #follow(link: string, own: boolean): Promise<void> {
    this.#close();
    this.following = true;
    this.#followed = link;
    try {
      const { unpackLink } = await packing();
      const carried = await checkedRuns(await unpackLink(tidyLink(link)), this.#bench.check);
      await this.#bench.prepare(carried[0].spec);
      this.#apply(carried, own);
    } catch (error) {
      this.problem = error instanceof Error ? error.message : String(error);
    } finally {
      this.following = false;
    }
  }

  #apply(carried: readonly Shared[], own: boolean): void {
    const [first] = carried;
    if (!first) return;
    if (carried.length > 1) this.comparison.open(carried);
    else this.opened = { shared: first, verdict: null, own };
    // The reader's own design is nothing to be told about.
    if (own && !first.claim && !this.obstacle) this.opened = null;
    this.#bench.put(structuredClone(first.spec));
  }

  #close(): void {
    this.opened = null;
    this.comparison.close();
    this.problem = null;
  }

  /**
   * Makes the address that of the reader's own design or result. Somebody else's claim stays there until they go on without
   * it, and so does what cannot be run here; a design that came without becomes theirs.
   */
  #write(link: string): void {
    const claimed = this.opened?.own === false && this.opened.shared.claim !== null;
    if (claimed || this.obstacle || this.comparison.shared.length > 0) return;
    this.opened = null;
    this.#followed = link;
    history.replaceState(OWN_LINK, '', link);
  }

  async #pack(shared: Shared | readonly Shared[]): Promise<string> {
    const { packLink } = await packing();
    return packLink(shared);
  }
}
