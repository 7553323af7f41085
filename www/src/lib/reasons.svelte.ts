import { lastAsked } from './last-asked';
import type { Content } from './own-content';
import type { ItemCard, Recommendation } from './types';
import { addsUp, type Reason, reasonsOf } from './why';

/** A run that can be asked why. */
export interface ReasonsSource {
  /** The modalities that it reads, in its order. */
  modalities: readonly string[];
  why: (user: number, items: Uint32Array) => Promise<Float32Array>;
  /** By item, what the run had for each modality. */
  contents: (cards: readonly ItemCard[]) => Promise<Content[][]>;
  reweighted: (user: number, cutoff: number, weights: Float32Array) => Promise<Recommendation[]>;
  /** Whether it trains at the same time, and should be left in peace between questions. */
  training: () => boolean;
}

/** A list as the run makes it. */
export interface Asked {
  user: number;
  /** How long the list is to be. */
  length: number;
  list: readonly Recommendation[];
}

interface Weighed {
  user: number;
  length: number;
  weights: Float32Array;
}

function sentence(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** While a run trains, questions take at most one part in so many of its time. */
const SHARE = 5;

/** Why the items of a list are on it, and what the list would be if modalities counted more or less. */
export class Reasons {
  readonly modalities: readonly string[];
  /** What each modality counts; 1 as trained, 0 not at all. */
  weights = $state<number[]>([]);
  /** The list with these weights; null where they are as trained, and before it is there. */
  list = $state.raw<readonly Recommendation[] | null>(null);
  /** By item. */
  reasons = $state.raw<ReadonlyMap<number, Reason>>(new Map());
  /** Whether pushes add up to the scores. */
  exact = $state(false);
  /** Why there are no reasons. */
  problem = $state<string | null>(null);
  /** Why there is no other list. */
  fixed = $state<string | null>(null);

  readonly changed = $derived(this.weights.some((weight) => weight !== 1));
  readonly #contents: ReasonsSource['contents'];
  readonly #explain: ReturnType<typeof lastAsked<{ user: number; items: Uint32Array }, Float32Array>>;
  readonly #reweigh: ReturnType<typeof lastAsked<Weighed, Recommendation[]>>;
  /** The list that was asked about last. */
  #about: readonly Recommendation[] | null = null;

  constructor({ modalities, why, contents, reweighted, training }: ReasonsSource) {
    this.modalities = modalities;
    this.#contents = contents;
    this.weights = modalities.map(() => 1);
    const rest = (took: number): number => (training() ? took * (SHARE - 1) : 0);
    this.#explain = lastAsked(({ user, items }) => why(user, items), rest);
    this.#reweigh = lastAsked(({ user, length, weights }) => reweighted(user, length, weights), rest);
  }

  weigh(modality: number, weight: number): void {
    this.weights[modality] = weight;
  }

  reset(): void {
    this.weights = this.modalities.map(() => 1);
  }

  /** Nothing is known any more: another user is looked at. */
  forget(): void {
    this.#about = null;
    this.list = null;
    this.reasons = new Map();
  }

  /**
   * Finds the list with the weights as they are, and the reasons of what is on it. Answers on the way, while a weight is being
   * moved, are shown as well: they come in the order in which they were asked for.
   */
  async find({ user, length, list }: Asked): Promise<void> {
    // Reasons are those of the system as trained: other weights change none.
    const known = this.#about === list ? this.reasons : new Map<number, Reason>();
    this.#about = list;
    if (this.changed) await this.#find({ user, length, weights: Float32Array.from(this.weights) }, list);
    else this.list = null;
    if (this.#about !== list) return;
    const cards = (this.list ?? list).map(({ card }) => card).filter(({ item }) => !known.has(item));
    const items = Uint32Array.from(cards, ({ item }) => item);
    if (items.length === 0) return;
    try {
      const [numbers, contents] = await Promise.all([this.#explain({ user, items }), this.#contents(cards)]);
      if (this.#about !== list || !numbers) return;
      const found = reasonsOf(items, this.modalities, numbers, contents);
      this.reasons = new Map([...known, ...found.map((reason) => [reason.item, reason] as const)]);
      this.exact = addsUp([...this.reasons.values()]);
      this.problem = null;
    } catch (error) {
      if (this.#about !== list) return;
      this.reasons = new Map();
      this.problem = sentence(error);
    }
  }

  async #find(weighed: Weighed, list: readonly Recommendation[]): Promise<void> {
    try {
      const other = await this.#reweigh(weighed);
      if (this.#about !== list || !this.changed || !other) return;
      this.list = other;
      this.fixed = null;
    } catch (error) {
      if (this.#about !== list) return;
      this.list = null;
      this.fixed = sentence(error);
    }
  }
}
