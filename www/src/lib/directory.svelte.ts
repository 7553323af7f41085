import {
  type Everybody,
  type Group,
  hitsOf,
  longestOf,
  type JudgedLists,
  membersOf,
  mostOfLight,
} from './everybody';

/** Where users and lists come from. */
export interface DirectorySource {
  everybody: () => Promise<Everybody>;
  /** Everybody's lists from the run on the bench. */
  lists: () => Promise<JudgedLists>;
  /** The length at which hits are wanted. */
  length: () => number;
}

/** All users, to search and to sort by. Nothing is read before somebody looks. */
export class Directory {
  everybody = $state.raw<Everybody | null>(null);
  group = $state<Group>('all');
  /** Why a group cannot be shown. */
  problem = $state<string | null>(null);

  readonly #source: DirectorySource;
  #lists = $state.raw<JudgedLists | null>(null);
  /** What is being read. An answer to another question than these is of data, or of a run, that are gone. */
  #reading: Promise<Everybody> | null = null;
  #ranking: Promise<JudgedLists> | null = null;

  /** The length at which hits are counted: the wanted one, as far as the lists reach. */
  readonly length = $derived.by(() =>
    Math.min(this.#source.length(), this.#lists ? longestOf(this.#lists) : Number.POSITIVE_INFINITY),
  );
  /** How many of them are on each user's list; null before lists were asked for. */
  readonly hits = $derived.by(() =>
    this.everybody && this.#lists ? hitsOf(this.everybody, this.#lists, this.length) : null,
  );
  /** The most choices that somebody light has. */
  readonly mostOfLight = $derived(this.everybody && mostOfLight(this.everybody));
  /** The users of the chosen group; null before they are known, and where all belong to it. */
  readonly members = $derived(
    this.everybody && this.group !== 'all' ? membersOf(this.group, this.everybody, this.hits) : null,
  );

  constructor(source: DirectorySource) {
    this.#source = source;
  }

  /** Reads who there is, once. */
  async open(): Promise<Everybody | null> {
    if (this.everybody) return this.everybody;
    const reading = (this.#reading ??= this.#source.everybody());
    try {
      const everybody = await reading;
      if (reading === this.#reading) this.everybody = everybody;
    } catch (error) {
      if (reading === this.#reading) this.#fail(error);
    }
    return this.everybody;
  }

  /** Narrows the choice to a group. Says whether it is known who that is. */
  async choose(group: Group): Promise<boolean> {
    this.problem = null;
    if (group !== 'all' && !(await this.open())) return false;
    if (group === 'hits' && !(await this.#openLists())) return false;
    this.group = group;
    return true;
  }

  /** The run whose lists these were is gone. */
  forgetLists(): void {
    this.#ranking = null;
    this.#lists = null;
    if (this.group === 'hits') this.group = 'all';
  }

  /** Other data have other users. */
  forget(): void {
    this.forgetLists();
    this.#reading = null;
    this.everybody = null;
    this.group = 'all';
    this.problem = null;
  }

  async #openLists(): Promise<JudgedLists | null> {
    if (this.#lists) return this.#lists;
    const ranking = (this.#ranking ??= this.#source.lists());
    try {
      const lists = await ranking;
      if (ranking === this.#ranking) this.#lists = lists;
    } catch (error) {
      if (ranking === this.#ranking) this.#fail(error);
    }
    return this.#lists;
  }

  #fail(error: unknown): void {
    this.#reading = this.#ranking = null;
    this.problem = error instanceof Error ? error.message : String(error);
  }
}
