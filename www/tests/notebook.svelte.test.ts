import { describe, expect, it } from 'vitest';

import { firstSpec } from '../src/lib/defaults';
import type { FinishedRun } from '../src/lib/finished-run';
import { inMemory, type KeptRun } from '../src/lib/kept-lists.svelte';
import type { Drawer } from '../src/lib/notebook/drawer';
import { isEntry, nameAt } from '../src/lib/notebook/entry';
import { Notebook } from '../src/lib/notebook/notebook.svelte';

/** A drawer that copies what is put in, as a browser does. */
class Box implements Drawer {
  content = new Map<string, unknown>();
  refusal: Error | null = null;

  names = async () => [...this.content.keys()].reverse();
  read = async (name: string) => structuredClone(this.content.get(name));
  write = async (name: string, value: unknown) => {
    if (this.refusal) throw this.refusal;
    this.content.set(name, structuredClone(value));
  };
  alone = async <Result>(job: () => Promise<Result>) => job();
  remove = async (names: readonly string[]) => names.forEach((name) => this.content.delete(name));

  /** The names of what begins so. */
  of(what: string): string[] {
    return [...this.content.keys()].filter((name) => name.startsWith(`${what} `)).sort();
  }
}

function run(at: number, digest = 'd'): FinishedRun {
  const spec = firstSpec();
  const receipt = { spec, dataset: { digest }, backend: { kind: 'cpu' }, metrics: { test: {} } };
  return {
    ...{ number: 1, id: nameAt(at), at, earlier: false, receipt, systemTitle: `system ${at}` },
    ...{ datasetTitle: 'Twin', synthetic: true, ownData: false, stoppedEarly: false, link: 'v2.a' },
    ...{ verdict: null, drafted: spec },
  } as unknown as FinishedRun;
}

const lists = { start: new Uint32Array([0, 2]), item: new Uint32Array([7, 9]) };
const kept = (data = 1): Promise<KeptRun> => Promise.resolve(inMemory(lists, new Uint8Array([data])));

async function titles(notebook: Notebook): Promise<string[]> {
  return (await notebook.recall()).map(({ entry }) => entry.systemTitle);
}

describe('a notebook', () => {
  it('gives back runs, the oldest first, with their lists and data', async () => {
    const box = new Box();
    const notebook = new Notebook(box);
    const [first, second] = [run(1000), run(20_000_000)];
    await Promise.all([notebook.keep(second, kept()), notebook.keep(first, Promise.resolve(null))]);
    expect(box.of('data')).toEqual(['data d']);

    const [one, two] = await new Notebook(box).recall();
    expect([one?.entry.systemTitle, two?.entry.systemTitle]).toEqual(['system 1000', 'system 20000000']);
    expect(one?.kept).toBeNull();
    expect(two?.kept?.bytes).toBe(0);
    expect(await two?.kept?.lists()).toEqual(lists);
    expect(await two?.kept?.bundle()).toEqual(new Uint8Array([1]));
    const { number: _number, earlier: _earlier, ...known } = second;
    expect(two?.entry).toEqual({ format: 1, ...known });
  });

  it('keeps data as long as lists are about them', async () => {
    const box = new Box();
    const notebook = new Notebook(box);
    const [one, two, three] = [run(1), run(2), run(3, 'e')];
    for (const each of [one, two, three]) await notebook.keep(each, kept());
    await notebook.forget([one.id, three.id]);
    expect(box.of('data')).toEqual(['data d']);
    expect(box.of('lists')).toHaveLength(1);
    await notebook.forget([two.id]);
    expect(box.content.size).toBe(0);
  });

  it('leaves out the lists of a run that was forgotten while they were made', async () => {
    const box = new Box();
    const notebook = new Notebook(box);
    const one = run(1);
    let make = (_: KeptRun | null) => {};
    const keeping = notebook.keep(one, new Promise((resolve) => (make = resolve)));
    await notebook.forget([one.id]);
    make(await kept());
    await keeping;
    expect(box.content.size).toBe(0);
  });

  it('forgets the oldest, their lists before what they came to', async () => {
    const box = new Box();
    const notebook = new Notebook(box);
    for (let at = 1; at <= 102; at++) await notebook.keep(run(at), kept());
    const known = await titles(notebook);
    expect([known.length, known[0], known.at(-1)]).toEqual([100, 'system 3', 'system 102']);
    const found = await notebook.recall();
    expect(found.filter(({ kept }) => kept !== null)).toHaveLength(40);
    expect(found.at(-1)?.kept).not.toBeNull();
  });

  it('says why it keeps nothing, and that it does again', async () => {
    const box = new Box();
    const notebook = new Notebook(box);
    box.refusal = Object.assign(new Error('full'), { name: 'QuotaExceededError' });
    await notebook.keep(run(1), kept());
    expect(notebook.problem).toMatch(/runs are lost when the page is closed: there is no room/);
    box.refusal = null;
    await notebook.keep(run(2), kept());
    expect(notebook.problem).toBeNull();
    expect(await titles(notebook)).toEqual(['system 2']);
    let make = (_: KeptRun | null) => {};
    const keeping = notebook.keep(run(3), new Promise((resolve) => (make = resolve)));
    await expect.poll(() => box.of('run').length).toBe(2);
    box.refusal = new Error('refused');
    make(await kept());
    await keeping;
    expect(notebook.problem).toMatch(/is kept, but it cannot be compared .*did not let/);
    expect(await titles(notebook)).toEqual(['system 2', 'system 3']);
    expect(new Notebook(null).problem).toMatch(/keeps nothing/);
  });

  it('leaves out what is no entry, and lists that are torn or gone', async () => {
    const box = new Box();
    const notebook = new Notebook(box);
    await notebook.keep(run(1), kept());
    box.content.set('run 2', { format: 1, receipt: null });
    box.content.set('run 3', 'words');
    const [only, ...more] = await notebook.recall();
    expect(more).toEqual([]);
    const [name = ''] = box.of('lists');
    box.content.set(name, { start: new Uint32Array([0, 5]), item: new Uint32Array(2) });
    await expect(only?.kept?.lists()).rejects.toThrow(/no longer kept/);
    box.content.delete('data d');
    await expect(only?.kept?.bundle()).rejects.toThrow(/no longer kept/);
    expect(isEntry({ ...run(1), format: 2 })).toBe(false);
  });
});
