import { describe, expect, it } from 'vitest';

import { sourceOfOwn, sourceOfRows, sourceOfStrips, tableOfLines, tableOfValues } from '../src/exports/own';
import { tableOfSlices } from '../src/exports/slices';
import { rowsBySlice } from '../src/lib/by-slice';
import { Choosing } from '../src/lib/choosing.svelte';
import type { Shown } from '../src/lib/comparer.svelte';
import type { Line } from '../src/lib/comparisons';
import type { JudgedLists } from '../src/lib/everybody';
import type { FinishedRun } from '../src/lib/finished-run';
import { inMemory, type KeptRun, KeptLists, latest } from '../src/lib/kept-lists.svelte';
import { answerOf, type OwnAnswer } from '../src/lib/own-answer';
import { lengthsOf, obstacle, placed, rowsOf } from '../src/lib/own-runs';
import { drawnTogether } from '../src/lib/own-tradeoff';
import { reading } from '../src/lib/reading';
import { sliceMeaning, sliceTitle } from '../src/lib/slices';
import type { RunSpec, SliceSummary, SuiteDifference, SuiteFinding } from '../src/lib/types';

let number = 0;

function run(
  change: { [Name in keyof RunSpec]?: unknown } = {},
  { digest = 'd', kind = 'cpu', title = 'VBPR' } = {},
): FinishedRun {
  number += 1;
  const spec = {
    system: 'vbpr',
    variant: 'corrected',
    dataset: { name: 'office-twin' },
    modalities: ['visual'],
    seed: 1,
    'hyper-parameters': { 'learning-rate': 0.01 },
    training: { epochs: 5, selection: 'recall@20' },
    protocol: { candidates: 'train-items', 'mask-validation': false, split: 'bundle', cutoffs: [10, 20] },
    ...change,
  };
  return {
    number,
    systemTitle: title,
    synthetic: true,
    receipt: {
      spec,
      dataset: { name: 'office-twin', digest },
      backend: { kind },
      metrics: { test: { recall: { 10: 0.1, 20: 0.2 } } },
    },
  } as unknown as FinishedRun;
}

const protocol = (change: object) => ({ protocol: { ...run().receipt.spec.protocol, ...change } });

describe('runs', () => {
  it('are held against each other only where they are judged alike', () => {
    const first = run();
    expect(obstacle(run({ seed: 7 }), first)).toBeNull();
    expect(obstacle(run({}, { digest: 'e' }), first)).toMatch(/other data/);
    expect(obstacle(run(protocol({ split: 'random' })), first)).toMatch(/held out/);
    expect(obstacle(run(protocol({ candidates: 'all' })), first)).toMatch(/other items/);
    expect(obstacle(run(protocol({ 'mask-validation': true })), first)).toMatch(/validation/);
    expect(obstacle(run(protocol({ cutoffs: [5] })), first)).toBeNull();
    const drawn = run(protocol({ split: 'random' }));
    expect(obstacle(run(protocol({ split: 'random' })), drawn)).toBeNull();
    expect(obstacle(run({ ...protocol({ split: 'random' }), seed: 2 }), drawn)).toMatch(/seed/);
  });

  it('of one design and several seeds are one row, a repeated run taking the place of the earlier', () => {
    const runs = [run(), run({ seed: 2 }), run({ system: 'bpr-mf' }, { title: 'BPR-MF' }), run()];
    const rows = rowsOf(runs);
    expect(rows.map(({ label }) => label)).toEqual(['VBPR', 'BPR-MF']);
    expect(rows[0]?.runs.map(({ number }) => number)).toEqual([runs[3]?.number, runs[1]?.number]);
  });

  it('of one system are told apart by what differs', () => {
    const labels = (...runs: FinishedRun[]) => rowsOf(runs).map(({ label }) => label);
    const rate = (rate: number) => run({ 'hyper-parameters': { 'learning-rate': rate } });
    expect(labels(rate(0.1), rate(0.01))).toEqual(['VBPR, learning-rate 0.1', 'VBPR, learning-rate 0.01']);
    expect(labels(run(), run({ modalities: ['visual', 'textual'] }))).toEqual([
      'VBPR, visual',
      'VBPR, visual + textual',
    ]);
    expect(labels(run(), run({ placebo: 'noise' }))).toEqual(['VBPR', 'VBPR, placebo noise']);
    expect(labels(run(), run({}, { kind: 'gpu' }))).toEqual(['VBPR, CPU', 'VBPR, GPU']);
    const other = run({
      modalities: [],
      variant: 'as-published',
      placebo: 'noise',
      training: { epochs: 9, selection: 'recall@20' },
    });
    expect(labels(run(), other)[1]).toBe(`VBPR, run ${other.number}`);
  });

  it('are handed over in the same order whichever comes first', () => {
    const [one, two] = [run(), run({ system: 'ngcf' }, { title: 'NGCF' })];
    const kept = inMemory({ start: new Uint32Array(1), item: new Uint32Array(0) }, new Uint8Array());
    const compared = [two, one].map((run) => ({ run, kept }));
    const { runs, rows } = placed(compared, rowsOf([two, one]));
    expect(runs.map(({ number }) => number)).toEqual([one.number, two.number]);
    expect(rows).toEqual([
      { label: 'NGCF', runs: [1] },
      { label: 'VBPR', runs: [0] },
    ]);
  });

  it('are looked at as far as all lists reach', () => {
    expect(lengthsOf(rowsOf([run()]))).toEqual([5, 10, 20]);
    const short = run({ system: 'random' });
    short.receipt.metrics.test = { recall: { 3: 0.1, 10: 0.1 } };
    expect(lengthsOf(rowsOf([run(), short]))).toEqual([3, 5, 10]);
  });
});

describe('lists', () => {
  const made = (items: number): JudgedLists => ({ start: new Uint32Array(1), item: new Uint32Array(items) });
  const kept = (items: number): KeptRun => inMemory(made(items), new Uint8Array());

  it('are kept of the latest runs, as far as there is room', () => {
    const runs = new Map([1, 2, 3, 4].map((number) => [number, kept(9)]));
    expect([...latest(runs, 3, 1000).keys()]).toEqual([2, 3, 4]);
    expect([...latest(runs, 9, 85).keys()]).toEqual([3, 4]);
    expect([...latest(runs, 9, 30).keys()]).toEqual([]);
    // Those of the notebook lie elsewhere.
    const stored = { ...kept(0), bytes: 0 };
    expect([...latest(new Map([[0, stored], ...runs]), 1, 1000).keys()]).toEqual([0, 4]);
  });

  it('that never come leave the run without', async () => {
    const lists = new KeptLists();
    const taken = lists.take(1, new Uint8Array(), Promise.resolve(made(2)));
    expect(lists.coming).toEqual([1]);
    await taken;
    await lists.take(2, new Uint8Array(), Promise.reject(new Error('ended')));
    expect([...lists.runs.keys()]).toEqual([1]);
    let late = (_: JudgedLists) => {};
    const waiting = lists.take(3, new Uint8Array(), new Promise((resolve) => (late = resolve)));
    await lists.take(4, new Uint8Array(), Promise.resolve(made(2)));
    late(made(2));
    await waiting;
    expect([...lists.runs.keys()]).toEqual([1, 4, 3]);
    expect(lists.coming).toEqual([]);
  });
});

const line = (label: string, metric: string | undefined, finding: SuiteFinding): Line => ({
  label,
  against: null,
  ...(metric ? { metric } : {}),
  difference: {
    ...difference(finding),
    p: { difference: 0.01, 'signed-rank': null, equivalence: 1 },
    corrected: { difference: 0.01, 'signed-rank': null, equivalence: 1 },
  },
});

const difference = (finding: SuiteFinding) =>
  ({ difference: 0.1, relative: 0.5, interval: [0, 0.2], seeds: null, finding }) as SuiteDifference;

it('is chosen run by run, or with all that can be compared', async () => {
  const runs = [run(), run({ seed: 2 }), run({}, { digest: 'e' }), run({ system: 'ngcf' }), run()];
  const numbers = runs.map(({ number }) => number);
  const lists = new KeptLists();
  const made = { start: new Uint32Array(1), item: new Uint32Array(0) };
  for (const number of numbers.slice(0, 4)) await lists.take(number, new Uint8Array(), Promise.resolve(made));
  const choosing = new Choosing(() => runs, lists);
  const [first, seed, elsewhere, other, without] = runs;
  if (!first || !seed || !elsewhere || !other || !without) throw new Error('there are five runs');
  expect(choosing.obstacle(without, null)).toMatch(/not kept/);
  expect(choosing.obstacle(elsewhere, null)).toBeNull();
  choosing.choose(first.number, true);
  expect(choosing.obstacle(elsewhere, choosing.first)).toMatch(/other data/);

  choosing.chooseAllWith(other);
  expect(choosing.numbers).toEqual([other, first, seed].map(({ number }) => number));
  expect(choosing.comparing).toBe(true);
  choosing.compareWith([first.number, seed.number]);
  expect(choosing.compared.map(({ run }) => run)).toEqual([first, seed, other]);
  choosing.choose(first.number, false);
  expect(choosing.comparing).toBe(true);
  choosing.choose(seed.number, false);
  expect(choosing.comparing).toBe(false);
});

describe('what is drawn', () => {
  const pair = (label: string) => ({
    label,
    'compared-with': 'A',
    differences: { gini: difference('same'), recall: difference('higher') },
  });
  const shown = (onSlices: number | null) =>
    ({
      asked: {
        rows: [{ label: 'A' }, { label: 'B' }, { label: 'C' }],
        onSlices,
        slice: 'everything',
        metrics: ['gini'],
      },
      slices: [
        {
          name: 'everything',
          over: 'everything',
          modality: null,
          users: 4,
          interactions: 5,
          'train-interactions': [1, 2],
        },
        {
          name: 'cold-items',
          over: 'items',
          modality: null,
          users: 2,
          interactions: 3,
          'train-interactions': [1, 2],
        },
      ],
      compared: {
        answers: [
          { slice: 'everything', users: 4, pairs: onSlices === null ? [pair('B'), pair('C')] : [pair('C')] },
          ...(onSlices === null ? [] : [{ slice: 'cold-items', users: 2, pairs: [pair('C')] }]),
        ],
      },
    }) as unknown as Shown;
  const labels = (answer: OwnAnswer | null) => answer?.lines.map(({ label }) => label);

  it('is a pair in every metric, accuracy first', () => {
    const answer = answerOf(shown(null), 'metrics', 'B', 'recall');
    expect(labels(answer)).toEqual(['Recall', 'Gini (1\u00a0−\u00a0G)']);
    expect(answer).toMatchObject({ title: 'B against A', metric: null, users: 4, slice: 'Everything' });
  });

  it('is every row in one metric', () => {
    const answer = answerOf(shown(null), 'runs', 'B', 'recall');
    expect(labels(answer)).toEqual(['B', 'C']);
    expect(answer?.title).toBe('Recall against A');
  });

  it('is one pair on every slice, in the metric that was asked for', () => {
    const answer = answerOf(shown(2), 'slices', 'B', 'recall');
    expect(labels(answer)).toEqual(['Everything', 'Cold items']);
    expect(answer).toMatchObject({ title: 'Gini (1\u00a0−\u00a0G), C against A', metric: 'gini' });
  });

  it('is nothing while another question is still answered', () => {
    expect(answerOf(shown(null), 'slices', 'B', 'recall')).toBeNull();
    expect(answerOf(shown(2), 'metrics', 'B', 'recall')).toBeNull();
  });
});

describe('a comparison', () => {
  it('is read by which side of a metric is better', () => {
    const lines = [
      line('Recall', 'recall', 'higher'),
      line('nDCG', 'ndcg', 'slightly-higher'),
      line('ARP', 'arp', 'higher'),
      line('Gini', 'gini', 'same'),
      line('EFD', 'efd', 'open'),
    ];
    expect(reading(lines, null)).toBe('Better: Recall and nDCG; worse: ARP; the same: Gini; open: EFD');
    expect(reading([line('Cold items', undefined, 'lower')], 'recall')).toBe('Worse: Cold items');
  });

  it('leaves the page with everything that is known of it', () => {
    const rows = rowsOf([run(), run({ system: 'bpr-mf' }, { title: 'BPR-MF' })]);
    const comparison = {
      rows,
      base: 'BPR-MF',
      title: 'VBPR against BPR-MF',
      slice: 'Everything',
      cutoff: 20,
      users: 1000,
      tests: 7,
    };
    const table = tableOfLines(comparison, [line('Recall', 'recall', 'higher')], null);
    expect(table.rows[0]?.facts).toMatchObject({
      metric: 'recall@20',
      'compared-with': 'BPR-MF',
      synthetic: true,
    });
    expect(table.notes.join(' ')).toMatch(
      /synthetic.*1000 users, corrected for 7.*BPR-MF: seed 1.*single run/,
    );
    // Two charts on one screen are two files.
    expect(sourceOfStrips(comparison)).toEqual({
      ...sourceOfOwn(comparison),
      name: 'fusebox-comparison-strips-20',
    });
    expect(sourceOfOwn(comparison).name).toBe('fusebox-comparison-20');
    const test = { recall: { 20: { mean: 0.2, deviation: null } } };
    const values = tableOfValues(comparison, [{ label: 'VBPR', test }], [20]);
    expect(values.columns.map(({ name }) => name)).toEqual(['recall@20']);
    expect(values.rows[0]?.cells[0]?.value).toBe(0.2);
  });
});

it('slices are called and explained in plain words', () => {
  const slice = (name: string, over: SliceSummary['over'], modality: string | null = null): SliceSummary => ({
    name,
    over,
    modality,
    users: 12,
    interactions: 34,
    'train-interactions': [3, 9],
  });
  expect(sliceTitle(slice('without-visual', 'items', 'visual'))).toBe('Items without a picture');
  expect(sliceTitle(slice('with-scent', 'items', 'scent'))).toBe('Items with scent');
  expect(sliceMeaning(slice('light-users', 'users'))).toMatch(/at most 9: 34 .* 12 people.*averaged/);
  expect(sliceMeaning(slice('heavy-users', 'users'))).toMatch(/at least 3/);
  expect(sliceMeaning(slice('long-tail-items', 'items'))).toMatch(/80 %.*Only they can be hit/);
  expect(sliceMeaning(slice('everything', 'everything'))).toMatch(/^Everybody/);
});

describe('two metrics of the runs of a visit', () => {
  it('are drawn for what is judged as the latest run is, and say what is left out', () => {
    const elsewhere = run({}, { digest: 'e' });
    const short = run({ system: 'random' }, { title: 'Random' });
    short.receipt.metrics.test = { recall: { 10: 0.1 } };
    const [one, two] = [run(), run({ system: 'bpr-mf' }, { title: 'BPR-MF' })];
    const drawn = drawnTogether([elsewhere, short, one, two], 20);
    expect(drawn.rows.map(({ title }) => title)).toEqual(['VBPR', 'BPR-MF']);
    expect(drawn.leftOut).toBe('Left out: 1 run (learned from other data), 1 run (not judged at 20).');
    expect(drawn.names.get(elsewhere.number)).toBeUndefined();
    expect(drawn.names.get(two.number)).toBe(drawn.rows[1]?.name);
    expect(drawnTogether([one, two], 10).leftOut).toBe('');
    expect(drawnTogether([], 10).rows).toEqual([]);
  });

  it('are means where a design has several seeds', () => {
    const seeds = [run(), run({ seed: 2 })];
    seeds[1]!.receipt.metrics.test = { recall: { 20: 0.4 }, gini: { 20: null } };
    const drawn = drawnTogether(seeds, 20);
    expect(drawn.rows).toHaveLength(1);
    expect(drawn.rows[0]?.test.recall?.[20]).toBeCloseTo(0.3);
    expect(drawn.rows[0]?.beside?.recall).toEqual(['± 0.1414']);
    expect(new Set(drawn.names.values()).size).toBe(1);
    expect(sourceOfRows(drawn.own, 20).notes.join(' ')).toMatch(/synthetic.*VBPR: seed 1, 2/);
  });
});

it('a run by slices leaves the page with what a slice is, and without a best one', () => {
  const slice: SliceSummary = {
    name: 'long-tail-items',
    over: 'items',
    modality: null,
    users: 1234,
    interactions: 2000,
    'train-interactions': [1, 9],
  };
  const judged = [{ slice, test: { recall: { '20': 0.1 } } }];
  expect(rowsBySlice(judged)[0]).toMatchObject({ title: 'Items of the long tail', note: '1,234 people' });
  const finished = run();
  Object.assign(finished.receipt, { program: 'p'.repeat(16), 'best-epoch': 5 });
  const table = tableOfSlices(finished, judged, ['recall', 'gini'], [20]);
  expect(table.rows[0]).toMatchObject({
    apart: true,
    facts: { slice: 'long-tail-items', users: 1234, synthetic: true },
  });
  expect(table.rows[0]?.cells.map(({ value }) => value)).toEqual([0.1, null]);
});
