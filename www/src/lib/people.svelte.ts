import type { Recommendation, UserHistory } from './types';

/** Where histories and lists come from. */
export interface PeopleSource {
  /** How many people there are. */
  users: () => number;
  history: (user: number) => Promise<UserHistory>;
  /** A list from the run on the bench; null when there is none that could make one. */
  recommend: (user: number, length: number) => Promise<Recommendation[] | null>;
}

/** The person the reader looks at: what they chose, and what is recommended to them now. */
export class People {
  user = $state(0);
  history = $state.raw<UserHistory | null>(null);
  length = $state(10);
  list = $state.raw<Recommendation[] | null>(null);

  readonly #source: PeopleSource;
  #asked = 0;

  constructor(source: PeopleSource) {
    this.#source = source;
  }

  async choose(user: number): Promise<void> {
    const users = this.#source.users();
    if (users === 0) return;
    this.user = Math.min(users - 1, Math.max(0, Math.trunc(user) || 0));
    this.list = null;
    await this.#ask();
  }

  async chooseLength(length: number): Promise<void> {
    this.length = length;
    await this.refresh();
  }

  /** Asks for history and list anew: a run may split the data in a way of its own. */
  async refresh(): Promise<void> {
    // What comes too late, from a run that has ended, is no loss.
    await this.#ask().catch(() => undefined);
  }

  /** Forgets the list: the run that made it is gone, and its split with it. */
  async clear(): Promise<void> {
    this.list = null;
    await this.refresh();
  }

  /** Of several questions under way only the last answer counts. */
  async #ask(): Promise<void> {
    const asked = ++this.#asked;
    const history = await this.#source.history(this.user);
    if (asked !== this.#asked) return;
    this.history = history;
    const list = await this.#source.recommend(this.user, this.length).catch(() => null);
    if (list && asked === this.#asked) this.list = list;
  }
}
