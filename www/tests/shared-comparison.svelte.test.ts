import { describe, expect, it } from 'vitest';

import type { FinishedRun } from '../src/lib/finished-run';
import { checkedRuns, obstacleTo } from '../src/lib/link';
import { SharedComparison } from '../src/lib/shared-comparison.svelte';
import type { DatasetSummary, Shared } from '../src/lib/types';

const shared = (system: string, dataset = { name: 'office-twin', digest: 'abc' }) =>
  ({ spec: { system, dataset }, claim: null }) as unknown as Shared;

/** A comparison of three, and a bench that trains when the test says so. */
function opened() {
  const finished: FinishedRun[] = [];
  const begun: string[] = [];
  const compared: (readonly number[])[] = [];
  const comparison = new SharedComparison({
    finished: () => finished,
    train: async ({ spec }) => {
      begun.push(spec.system);
      return true;
    },
    end: () => comparison.settle(null, null),
    compare: async (numbers) => void compared.push(numbers),
  });
  const three = ['vbpr', 'lattice', 'vbpr'].map((system) => shared(system));
  comparison.open(three);
  const finish = async (run: Shared | null) => {
    const number = finished.length + 11;
    finished.push({ number } as FinishedRun);
    comparison.settle(run, number);
    await settle();
  };
  return { comparison, three, begun, compared, finish };
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}

describe('a shared comparison', () => {
  it('is run again one after another, and then opened in its order', async () => {
    const { comparison, three, begun, compared, finish } = opened();
    const all = comparison.runAgain();
    await settle();
    expect(begun).toEqual(['vbpr']);
    expect(comparison.current).toBe(0);
    await finish(three[0]!);
    expect(comparison.current).toBe(1);
    expect(comparison.done).toBe(1);
    await finish(three[1]!);
    await finish(three[2]!);
    await all;
    expect(begun).toEqual(['vbpr', 'lattice', 'vbpr']);
    expect(comparison.current).toBeNull();
    expect(comparison.runs.map(({ repeated }) => repeated?.number)).toEqual([11, 12, 13]);
    expect(compared).toEqual([[11, 12, 13]]);
  });

  it('keeps what was finished when it is stopped, and goes on with the rest', async () => {
    const { comparison, three, begun, compared, finish } = opened();
    void comparison.runAgain();
    await settle();
    await finish(three[0]!);
    comparison.stop();
    await settle();
    expect(comparison.current).toBeNull();
    expect(comparison.done).toBe(1);
    expect(compared).toEqual([]);
    void comparison.runAgain();
    await settle();
    await finish(three[1]!);
    await finish(three[2]!);
    expect(begun).toEqual(['vbpr', 'lattice', 'lattice', 'vbpr']);
    expect(compared).toEqual([[11, 12, 13]]);
    // Once more is all of them anew.
    void comparison.runAgain();
    await settle();
    expect(comparison.done).toBe(0);
    expect(begun.at(-1)).toBe('vbpr');
  });

  it('compares nothing where a run became another design on the way', async () => {
    const { comparison, three, compared, finish } = opened();
    const all = comparison.runAgain();
    await settle();
    await finish(three[0]!);
    await finish(null);
    await finish(three[2]!);
    await all;
    expect(comparison.done).toBe(2);
    expect(compared).toEqual([]);
  });

  it('takes a run that was gone on with after a failure', async () => {
    const { comparison, three, finish } = opened();
    void comparison.runAgain();
    await settle();
    comparison.settle(null, null);
    await settle();
    expect(comparison.current).toBeNull();
    await finish(three[0]!);
    expect(comparison.done).toBe(1);
  });

  it('ends with its link', async () => {
    const { comparison, three, begun, compared, finish } = opened();
    const all = comparison.runAgain();
    await settle();
    comparison.close();
    await finish(three[0]!);
    await all;
    expect(comparison.runs).toEqual([]);
    expect(begun).toHaveLength(1);
    expect(compared).toEqual([]);
  });
});

describe('what a link carries', () => {
  const check = async (run: unknown) => {
    if ((run as Shared).spec.system === 'nobody') throw new Error('there is no system `nobody`');
    return run as Shared;
  };

  it('is one run or a list, each of them checked', async () => {
    const [vbpr, lattice, nobody] = ['vbpr', 'lattice', 'nobody'].map((system) => shared(system));
    expect(await checkedRuns(vbpr, check)).toEqual([vbpr]);
    expect(await checkedRuns([vbpr, lattice], check)).toEqual([vbpr, lattice]);
    await expect(checkedRuns(nobody, check)).rejects.toThrow(/^there is no system/);
    await expect(checkedRuns([vbpr, nobody, lattice], check)).rejects.toThrow(
      'Run 2 of the 3 in this link is refused: there is no system `nobody`',
    );
  });

  it('is of the same data, and of those that are open', () => {
    const here = { name: 'office-twin', digest: 'abcdef' } as DatasetSummary;
    expect(obstacleTo([], here)).toBeNull();
    expect(obstacleTo([shared('vbpr'), shared('lattice')], here)).toBeNull();
    expect(obstacleTo([shared('vbpr'), shared('lattice')], null)).toMatch(/not open here/);
    for (const other of [
      { name: 'toys-twin', digest: 'abc' },
      { name: 'office-twin', digest: 'abd' },
    ]) {
      expect(obstacleTo([shared('vbpr'), shared('lattice', other)], here)).toMatch(/different data/);
    }
  });
});
