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
    this.clear();
    this.history = await this.#source.history(this.user);
    await this.refresh();
  }

  async chooseLength(length: number): Promise<void> {
    this.length = length;
    await this.refresh();
  }

  /** Asks for the list anew; of several questions under way only the last answer counts. */
  async refresh(): Promise<void> {
    const asked = ++this.#asked;
    try {
      const list = await this.#source.recommend(this.user, this.length);
      if (list && asked === this.#asked) this.list = list;
    } catch {
      // A list that comes too late, from a run that has ended, is no loss.
    }
  }

  /** Forgets the list: the run that made it is gone. */
  clear(): void {
    this.#asked += 1;
    this.list = null;
  }
}
