import type { FinishedRun } from '../finished-run';
import type { KeptRun } from '../kept-lists.svelte';
import type { Drawer } from './drawer';
import { areLists, type Entry, FORMAT, isEntry } from './entry';

/** More runs than these are not kept, and of fewer the lists: the oldest go first. */
export const MOST_RUNS = 100;
export const MOST_LISTS = 40;

const REFUSED = 'this browser did not let the page keep them';
const FULL = 'there is no room left to keep them';

/** A run of an earlier visit. */
export interface Recalled {
  entry: Entry;
  /** Everybody's lists, still in the drawer; null where they were not kept. */
  kept: KeptRun | null;
}

/** What lies in the drawer, by its names alone. */
interface Contents {
  /** Names of runs, the oldest first. */
  runs: string[];
  /** Names of runs with lists, the oldest first, and the data that the lists are about. */
  lists: { id: string; digest: string }[];
  data: string[];
}

const nameOf = {
  run: (id: string) => `run ${id}`,
  lists: (id: string, digest: string) => `lists ${id} ${digest}`,
  data: (digest: string) => `data ${digest}`,
};

/**
 * Keeps the finished runs of this browser when the page is closed: what they came to and, where those may be left behind,
 * everybody's lists and the data.
 */
export class Notebook {
  /** What is lost with the page and why, as sentences; null while all is kept. */
  problem = $state<string | null>(null);

  readonly #drawer: Drawer | null;
  /** One change after the other. */
  #turns: Promise<unknown> = Promise.resolve();

  /** Without a drawer, for a reason, nothing is kept. */
  constructor(drawer: Drawer | null, reason = 'this browser keeps nothing for the page') {
    this.#drawer = drawer;
    if (!drawer) this.problem = runsAreLost(reason);
  }

  /** The runs of earlier visits, the oldest first. */
  async recall(): Promise<Recalled[]> {
    const drawer = this.#drawer;
    if (!drawer) return [];
    try {
      const { runs, lists, data } = await contentsOf(drawer);
      const found = await Promise.all(runs.map((id) => drawer.read(nameOf.run(id))));
      return found.filter(isEntry).map((entry) => {
        const { digest } = entry.receipt.dataset;
        const there = data.includes(digest) && lists.some(({ id }) => id === entry.id);
        return { entry, kept: there ? inDrawer(drawer, entry.id, digest) : null };
      });
    } catch {
      this.problem = runsAreLost(REFUSED);
      return [];
    }
  }

  /** Writes a run down, and its lists when they are made. */
  async keep(run: FinishedRun, lists: Promise<KeptRun | null>): Promise<void> {
    const written = await this.#change(async (drawer) => {
      const { number: _number, earlier: _earlier, ...known } = run;
      await drawer.write(nameOf.run(run.id), { format: FORMAT, ...known } satisfies Entry);
      await tidy(drawer);
    });
    const kept = written ? await lists : null;
    if (!kept) return;
    await this.#change(async (drawer) => {
      const { digest } = run.receipt.dataset;
      const { runs, data } = await contentsOf(drawer);
      // It may have been forgotten meanwhile.
      if (!runs.includes(run.id)) return;
      if (!data.includes(digest))
        await drawer.write(nameOf.data(digest), new Blob([new Uint8Array(await kept.bundle())]));
      await drawer.write(nameOf.lists(run.id, digest), await kept.lists());
      await tidy(drawer);
    }, listsAreLost);
  }

  /** Forgets runs, and the data that only they learned from. */
  async forget(ids: readonly string[]): Promise<void> {
    await this.#change(async (drawer) => {
      await drawer.remove(ids.map(nameOf.run));
      await tidy(drawer);
    });
  }

  /** Says whether it was done. */
  #change(change: (drawer: Drawer) => Promise<void>, lost = runsAreLost): Promise<boolean> {
    const changed = this.#turns.then(async () => {
      const drawer = this.#drawer;
      if (!drawer) return false;
      try {
        await drawer.alone(() => change(drawer));
        this.problem = null;
        return true;
      } catch (error) {
        this.problem = lost(error instanceof Error && error.name === 'QuotaExceededError' ? FULL : REFUSED);
        return false;
      }
    });
    this.#turns = changed;
    return changed;
  }
}

function runsAreLost(reason: string): string {
  return `These runs are lost when the page is closed: ${reason}. Share or download what you want to keep.`;
}

function listsAreLost(reason: string): string {
  return `What the latest run came to is kept, but it cannot be compared in a later visit, for want of its lists: ${reason}.`;
}

async function contentsOf(drawer: Drawer): Promise<Contents> {
  const contents: Contents = { runs: [], lists: [], data: [] };
  for (const name of (await drawer.names()).sort()) {
    const [what, one = '', two = ''] = name.split(' ');
    if (what === 'run') contents.runs.push(one);
    else if (what === 'lists') contents.lists.push({ id: one, digest: two });
    else if (what === 'data') contents.data.push(one);
  }
  return contents;
}

/** Removes runs beyond the last, lists beyond the last or of no run, and data that no lists are about. */
async function tidy(drawer: Drawer): Promise<void> {
  const { runs, lists, data } = await contentsOf(drawer);
  const kept = runs.slice(-MOST_RUNS);
  const listed = lists.filter(({ id }) => kept.includes(id)).slice(-MOST_LISTS);
  const useless = [
    ...runs.filter((id) => !kept.includes(id)).map(nameOf.run),
    ...lists.filter((each) => !listed.includes(each)).map(({ id, digest }) => nameOf.lists(id, digest)),
    ...data.filter((digest) => !listed.some((each) => each.digest === digest)).map(nameOf.data),
  ];
  if (useless.length > 0) await drawer.remove(useless);
}

function inDrawer(drawer: Drawer, id: string, digest: string): KeptRun {
  const gone =
    'The lists of this run are no longer kept: they were forgotten in another tab, or by the browser.';
  return {
    bytes: 0,
    lists: async () => {
      const found = await drawer.read(nameOf.lists(id, digest));
      if (!areLists(found)) throw new Error(gone);
      return found;
    },
    bundle: async () => {
      const found = await drawer.read(nameOf.data(digest));
      if (!(found instanceof Blob)) throw new Error(gone);
      return new Uint8Array(await found.arrayBuffer());
    },
  };
}
