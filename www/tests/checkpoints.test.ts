import { describe, expect, it } from 'vitest';

import type { Claims } from '../src/lib/checkpoints/claims';
import { Interrupted } from '../src/lib/checkpoints/interrupted.svelte';
import { CheckpointKeeper, type Taken } from '../src/lib/checkpoints/keeper.svelte';
import { type CheckpointRecord, isRecord } from '../src/lib/checkpoints/record';
import type { CheckpointStore, Shelf } from '../src/lib/checkpoints/store';
import { firstSpec } from '../src/lib/defaults';

/** A browser's storage: what its tabs share. */
class Browser {
  stored = new Map<string, unknown>();
  claimed = new Set<string>();
  written = 0;
  /** What the next writing fails with. */
  refusal: Error | null = null;

  /** A tab with claims of its own, which end with it. */
  tab(): Shelf & { close: () => void } {
    const held = new Set<string>();
    const claims: Claims = {
      claim: async (id) => {
        if (this.claimed.has(id)) return null;
        this.claimed.add(id);
        held.add(id);
        return () => {
          this.claimed.delete(id);
          held.delete(id);
        };
      },
    };
    const write = async (id: string, value: unknown): Promise<void> => {
      if (this.refusal) throw this.refusal;
      this.written += 1;
      this.stored.set(id, value);
    };
    const store: CheckpointStore = {
      records: async () => [...this.stored].filter(([id]) => !id.startsWith('data ')),
      write,
      writeData: (id, bundle) => write(`data ${id}`, bundle),
      data: async (id) => this.stored.get(`data ${id}`) as Blob | undefined,
      remove: async (id) => {
        this.stored.delete(id);
        this.stored.delete(`data ${id}`);
      },
    };
    return { store, claims, close: () => held.forEach((id) => this.claimed.delete(id)) };
  }
}

function taken(epoch: number, milliseconds = 1): Taken {
  return {
    checkpoint: {
      spec: firstSpec(),
      backend: 'cpu',
      epoch,
      epochs: 40,
      numbers: new Blob([new Uint8Array([epoch])]),
    },
    milliseconds,
  };
}

const about = {
  drafted: firstSpec(),
  systemTitle: 'VBPR',
  dataset: { name: 'office-twin', digest: 'abc', title: 'Office twin' },
};

/** A keeper whose clock the test moves. */
function keeperOf(shelf: Shelf | null, data: Uint8Array | null = null, id = 'one') {
  const clock = { now: 0 };
  return { clock, keeper: new CheckpointKeeper({ id, shelf, about, data, now: () => clock.now }) };
}

const ignore = async (): Promise<void> => undefined;

describe('a keeper of checkpoints', () => {
  it('keeps the last one, and forgets it when the run is over', async () => {
    const browser = new Browser();
    const { clock, keeper } = keeperOf(browser.tab());
    for (const epoch of [1, 2]) {
      clock.now += 10_000;
      await keeper.keep(async () => taken(epoch));
    }
    expect([...browser.stored.keys()]).toEqual(['one']);
    expect(isRecord(browser.stored.get('one'))).toBe(true);
    expect((browser.stored.get('one') as CheckpointRecord).epoch).toBe(2);
    await keeper.discard();
    expect(browser.stored.size).toBe(0);
    expect(browser.claimed.size).toBe(0);
  });

  it('takes one at a time, and not more often than every few seconds', async () => {
    const browser = new Browser();
    const { clock, keeper } = keeperOf(browser.tab());
    let asked = 0;
    const take = async (): Promise<Taken> => taken((asked += 1));
    await keeper.keep(take);
    expect(asked).toBe(0);
    clock.now = 5000;
    await Promise.all([keeper.keep(take), keeper.keep(take)]);
    expect(asked).toBe(1);
    clock.now = 6000;
    await keeper.keep(take);
    expect(asked).toBe(1);
    clock.now = 10_000;
    await keeper.keep(take);
    expect(asked).toBe(2);
  });

  it('takes fewer where each of them holds the training up', async () => {
    const { clock, keeper } = keeperOf(new Browser().tab());
    let asked = 0;
    const take = async (): Promise<Taken> => taken((asked += 1), 600);
    for (let second = 0; second <= 60; second += 1) {
      clock.now = second * 1000;
      await keeper.keep(take);
    }
    // 600 ms are three hundredths of twenty seconds.
    expect(asked).toBe(3);
  });

  it('says in a sentence that storage is full, and says no more of it once it is not', async () => {
    const browser = new Browser();
    const { clock, keeper } = keeperOf(browser.tab());
    browser.refusal = Object.assign(new Error('full'), { name: 'QuotaExceededError' });
    clock.now = 5000;
    await keeper.keep(async () => taken(1));
    expect(keeper.problem).toMatch(/no room/);
    // A Worker that dies can still be gone on from.
    expect(keeper.latest?.epoch).toBe(1);
    browser.refusal = null;
    clock.now = 10_000;
    await keeper.keep(async () => taken(2));
    expect(keeper.problem).toBeNull();
    expect(browser.stored.has('one')).toBe(true);
  });

  it('says so where the browser has no place for it at all', async () => {
    const { clock, keeper } = keeperOf(null);
    clock.now = 5000;
    await keeper.keep(async () => taken(1));
    expect(keeper.problem).toMatch(/lost when the page is closed/);
    expect(keeper.latest?.epoch).toBe(1);
    await keeper.discard();
  });

  it('keeps the reader’s own data once, and no checkpoint where they have no room', async () => {
    const browser = new Browser();
    const { clock, keeper } = keeperOf(browser.tab(), new Uint8Array([7, 7]));
    for (const epoch of [1, 2]) {
      clock.now += 10_000;
      await keeper.keep(async () => taken(epoch));
    }
    expect(browser.written).toBe(3);
    expect(await (browser.stored.get('data one') as Blob).arrayBuffer()).toHaveProperty('byteLength', 2);

    const full = new Browser();
    full.refusal = new Error('full');
    const second = keeperOf(full.tab(), new Uint8Array([7]));
    second.clock.now = 5000;
    await second.keeper.keep(async () => taken(1));
    full.refusal = null;
    second.clock.now = 10_000;
    await second.keeper.keep(async () => taken(2));
    expect(second.keeper.problem).toMatch(/lost when the page is closed/);
    expect(full.stored.size).toBe(0);
  });

  it('says so where a system cannot be gone on with, and not because a run is about to end', async () => {
    const { clock, keeper } = keeperOf(new Browser().tab());
    clock.now = 5000;
    await keeper.keep(async () => null);
    expect(keeper.problem).toBeNull();
    clock.now = 10_000;
    await keeper.keep(async () => null);
    expect(keeper.problem).toMatch(/cannot be gone on with/);
  });

  it('never holds a training up when its Worker dies', async () => {
    const { clock, keeper } = keeperOf(new Browser().tab());
    clock.now = 5000;
    await keeper.keep(() => Promise.reject(new Error('died')));
    clock.now = 10_000;
    await keeper.keep(async () => taken(2));
    expect(keeper.latest?.epoch).toBe(2);
  });
});

async function interruptedAt(browser: Browser, epoch: number, id = 'one', data: Uint8Array | null = null) {
  const tab = browser.tab();
  const { clock, keeper } = keeperOf(tab, data, id);
  clock.now = 5000;
  await keeper.keep(async () => taken(epoch));
  return tab;
}

describe('an interrupted training', () => {
  it('is offered when its tab is gone, and not before', async () => {
    const browser = new Browser();
    const first = await interruptedAt(browser, 12);
    const other = new Interrupted(browser.tab(), ignore);
    await other.look();
    expect(other.offers).toEqual([]);
    first.close();
    await other.look();
    expect(other.offers.map(({ epoch }) => epoch)).toEqual([12]);
  });

  it('is gone on with, with its data, and belongs to the tab that does', async () => {
    const browser = new Browser();
    (await interruptedAt(browser, 12, 'one', new Uint8Array([1, 2, 3]))).close();
    const gone: number[] = [];
    const here = new Interrupted(browser.tab(), async ({ epoch }, data) => {
      gone.push(epoch, data?.size ?? 0);
    });
    const there = new Interrupted(browser.tab(), ignore);
    await here.look();
    await there.look();
    const [offer] = here.offers;
    if (offer) await here.goOn(offer);
    expect(gone).toEqual([12, 3]);
    expect(here.offers).toEqual([]);
    const [late] = there.offers;
    if (late) await there.goOn(late);
    expect(there.told).toMatch(/in another tab/);
    expect(there.offers).toEqual([]);
  });

  it('goes on in a keeper that has it already, and is forgotten when that run is over', async () => {
    const browser = new Browser();
    (await interruptedAt(browser, 12)).close();
    const tab = browser.tab();
    const keeper = new CheckpointKeeper({ id: 'one', shelf: tab, about, data: null });
    const here = new Interrupted(tab, async (record, _, release) => keeper.adopt(record, release));
    await here.look();
    const [offer] = here.offers;
    if (offer) await here.goOn(offer);
    expect(keeper.latest?.epoch).toBe(12);
    await keeper.discard();
    expect([browser.stored.size, browser.claimed.size]).toEqual([0, 0]);
  });

  it('is thrown away when the reader says so', async () => {
    const browser = new Browser();
    (await interruptedAt(browser, 12)).close();
    const here = new Interrupted(browser.tab(), ignore);
    await here.look();
    const [offer] = here.offers;
    if (offer) await here.throwAway(offer);
    expect([here.offers.length, browser.stored.size, browser.claimed.size]).toEqual([0, 0, 0]);
  });

  it('stays, with a sentence, where it cannot be gone on with now', async () => {
    const browser = new Browser();
    (await interruptedAt(browser, 12)).close();
    const here = new Interrupted(browser.tab(), () => Promise.reject(new Error('The data are not here.')));
    await here.look();
    const [offer] = here.offers;
    if (offer) await here.goOn(offer);
    expect(here.told).toBe('The data are not here.');
    expect([here.offers.length, browser.stored.size, browser.claimed.size]).toEqual([1, 1, 0]);
  });

  it('is thrown away with a sentence when it is damaged or of another version', async () => {
    const browser = new Browser();
    (await interruptedAt(browser, 12)).close();
    browser.stored.set('old', { ...(browser.stored.get('one') as CheckpointRecord), format: 0 });
    browser.stored.set('torn', 'nonsense');
    const here = new Interrupted(browser.tab(), ignore);
    await here.look();
    expect(here.told).toMatch(/thrown away/);
    expect([...browser.stored.keys()]).toEqual(['one']);
    expect(here.offers).toHaveLength(1);
  });

  it('does not pile up', async () => {
    const browser = new Browser();
    for (const id of ['a', 'b', 'c', 'd', 'e']) (await interruptedAt(browser, 1, id)).close();
    const here = new Interrupted(browser.tab(), ignore);
    await here.look();
    expect(here.offers).toHaveLength(3);
    expect(browser.stored.size).toBe(3);
  });

  it('is no trouble where nothing can be read', async () => {
    const tab = new Browser().tab();
    tab.store.records = () => Promise.reject(new Error('refused'));
    const here = new Interrupted(tab, ignore);
    await here.look();
    expect([here.offers.length, here.told]).toEqual([0, null]);
    await new Interrupted(null, ignore).look();
  });
});
