import { describe, expect, it } from 'vitest';

import { FINDINGS, commonPartner, tally } from '../src/lib/comparisons';
import type { SuiteFinding } from '../src/lib/types';
import { everywhere, EXPERIMENTS, FOLDERS, load } from '../src/measured/measured';
import { comparedRows, finding } from '../src/measured/table';

const ALL = EXPERIMENTS.flatMap(everywhere);

const named = (name: string) => {
  const experiment = ALL.find((candidate) => candidate.name === name);
  if (!experiment) throw new Error(`no experiment ${name}`);
  return load(experiment);
};

/** How often something was found for a metric, in the question that contains these words. */
async function found(name: string, words: string, metric = 'recall') {
  const answer = (await named(name)).comparisons?.questions.find(({ question }) => question.includes(words));
  if (!answer) throw new Error(`${name} does not ask ${words}`);
  return { ...tally(answer, metric), pairs: answer.pairs };
}

async function mean(name: string, label: string, metric = 'recall') {
  const row = (await named(name)).table.rows.find((row) => row.label === label);
  return row?.test[metric]?.['20']?.mean ?? Number.NaN;
}

/** Labels, best first. */
async function ranking(name: string, metric = 'recall') {
  const { rows } = (await named(name)).table;
  const value = (row: (typeof rows)[number]) => row.test[metric]?.['20']?.mean ?? 0;
  return [...rows].sort((left, right) => value(right) - value(left)).map(({ label }) => label);
}

describe('the committed suites', () => {
  it('are all told on the page', () => {
    expect(ALL.map(({ name }) => name).sort()).toEqual([...FOLDERS].sort());
  });

  it.each(ALL)('$name has rows with names of their own and a value each', async (experiment) => {
    const { table, comparisons } = await load(experiment);
    expect(new Set(table.rows.map(({ label }) => label)).size).toBe(table.rows.length);
    for (const row of comparedRows(table.rows, 20, experiment.paper))
      expect(row.test.recall?.['20']).toBeGreaterThan(0);
    if (!comparisons) expect(finding(table, 20)).not.toBe('');
  });

  it.each(ALL)('$name compares rows that it has, and says what the types say', async (experiment) => {
    const { table, comparisons } = await load(experiment);
    if (!comparisons) return;
    expect(comparisons.dataset).toEqual(table.dataset);
    expect(comparisons.margin).toBe(0.02);
    expect(comparisons.level).toBe(0.05);
    const labels = new Set(table.rows.map(({ label }) => label));
    const all = comparisons.questions.flatMap(({ pairs }) => pairs);
    let tests = 0;
    for (const pair of all) {
      expect(labels).toContain(pair.label);
      expect(labels).toContain(pair['compared-with']);
      for (const difference of Object.values(pair.differences)) {
        tests += 1;
        expect(Object.keys(FINDINGS)).toContain(difference.finding satisfies SuiteFinding);
        expect(difference.interval[0]).toBeLessThanOrEqual(difference.difference);
        expect(difference.interval[1]).toBeGreaterThanOrEqual(difference.difference);
        expect(difference.corrected.difference).toBeGreaterThanOrEqual(difference.p.difference);
      }
    }
    expect(tests).toBe(comparisons.tests);
  });
});

describe('what is said of a suite holds', () => {
  it('office-paper: LATTICE and FREEDOM first, GRCN leads in evenness, but only just', async () => {
    expect((await ranking('office-paper')).slice(0, 2).sort()).toEqual(['FREEDOM', 'LATTICE']);
    const corrected = (await ranking('office-paper', 'gini')).filter((label) => !label.includes('published'));
    expect(corrected.slice(0, 2)).toEqual(['GRCN', 'VBPR']);
    const lead = (await mean('office-paper', 'GRCN', 'gini')) / (await mean('office-paper', 'VBPR', 'gini'));
    expect(lead).toBeLessThan(1.03);
  });

  it('office-tuned: FREEDOM and LATTICE over 40 % above BPR-MF, NGCF and MMGCN below', async () => {
    const [freedom, lattice, plain, ngcf, mmgcn] = await Promise.all(
      ['FREEDOM', 'LATTICE', 'BPR-MF', 'NGCF', 'MMGCN'].map((label) => mean('office-tuned', label)),
    );
    expect(Math.min(freedom!, lattice!) / plain!).toBeGreaterThan(1.4);
    expect(Math.max(ngcf!, mmgcn!)).toBeLessThan(plain!);
    expect((await ranking('office-tuned')).slice(0, 2)).toEqual(['FREEDOM', 'LATTICE']);
  });

  it('office-why: LightGCN a quarter above NGCF, MMGCN shows an eighth', async () => {
    const lead = (await mean('office-why', 'LightGCN')) / (await mean('office-why', 'NGCF'));
    expect(lead).toBeCloseTo(1.26, 2);
    expect(await mean('office-why', 'MMGCN', 'item-coverage-ratio')).toBeCloseTo(1 / 8, 2);
    const others = await mean('office-why', 'MMGCN, texts of other items');
    expect(others).toBeLessThan(0.9 * (await mean('office-why', 'MMGCN')));
  });

  it('twin-paper: the order of the real data at both ends', async () => {
    const order = await ranking('twin-paper');
    expect(order.slice(0, 2).sort()).toEqual(['FREEDOM', 'LATTICE']);
    expect(order.at(-1)).toBe('MMGCN');
    expect((await ranking('twin-paper', 'gini'))[0]).toContain('GRCN');
  });

  it('beyond: evenness is lost where most is found, but not by LATTICE; content evens lists', async () => {
    const { pairs } = await found('beyond', 'differ from BPR-MF');
    const most = pairs.filter(({ differences }) => (differences.recall?.relative ?? 0) > 0.4);
    expect(most.map(({ label }) => label)).toEqual(['LightGCN', 'LightGCN-M', 'FREEDOM']);
    for (const { differences } of most) {
      expect(differences.gini?.finding).toBe('lower');
      expect(differences.gini?.relative).toBeLessThan(-0.45);
    }
    const both = pairs.filter(({ differences }) =>
      ['recall', 'aplt'].every((name) => differences[name]?.finding === 'higher'),
    );
    expect(both.map(({ label }) => label)).toEqual(['LATTICE']);
    const accurate = await found('beyond', 'What is content worth');
    const even = await found('beyond', 'What is content worth', 'gini');
    expect([accurate.higher, even.higher + even['slightly-higher']]).toEqual([3, 6]);
  });

  it('movielens: nobody above LightGCN; three with content not below; what content ranks, and LightGCN-M loses', async () => {
    const against = await found('movielens', 'better than LightGCN');
    expect(against.higher).toBe(0);
    const level = against.pairs.filter(({ differences }) => differences.recall?.finding === 'open');
    expect(level.map(({ label }) => label)).toEqual(['BPR-MF', 'VBPR', 'LATTICE', 'FREEDOM']);
    const withContent = against.pairs.find(({ label }) => label === 'LightGCN-M')?.differences.recall;
    expect([withContent?.finding, withContent?.relative?.toFixed(2)]).toEqual(['lower', '-0.05']);
    const { pairs } = await found('movielens', 'the parameters');
    for (const { label, differences } of pairs)
      if (['VBPR', 'LATTICE', 'FREEDOM'].includes(label)) {
        expect(differences.ndcg?.finding).toBe('higher');
        expect(differences.ndcg?.relative).toBeGreaterThan(0.018);
        expect(differences.ndcg?.relative).toBeLessThan(0.04);
      }
    const even = await found('movielens', 'the parameters', 'gini');
    expect([even.higher, even.lower]).toEqual([6, 2]);
  });

  it('missing: VBPR loses recall, LATTICE and FREEDOM the long tail; propagation helps VBPR alone', async () => {
    for (const words of ['30 %', '90 %', 'When 60 %']) {
      const { pairs } = await found('missing', words);
      for (const { label, differences } of pairs) {
        if (label.startsWith('VBPR')) {
          expect(differences.recall?.finding).toBe('lower');
          expect(differences.recall?.relative).toBeLessThan(-0.079);
          expect(differences.recall?.relative).toBeGreaterThan(-0.15);
        } else if (!label.startsWith('GRCN')) expect(differences.recall?.finding).toBe('open');
        if (label.startsWith('LATTICE') || label.startsWith('FREEDOM')) {
          expect(differences.aplt?.finding).toBe('lower');
          expect(differences.aplt?.relative).toBeGreaterThan(-0.75);
        }
      }
    }
    const { pairs } = await found('missing', 'better than the mean');
    const helped = pairs.filter(
      ({ label, differences }) => label.endsWith('propagation') && differences.recall?.finding === 'higher',
    );
    expect(helped.map(({ label }) => label)).toEqual(['VBPR, 60 %, propagation']);
    expect(await mean('missing', 'MMGCN')).toBeLessThan(0.08);
  });

  it('movielens-missing: FREEDOM loses what content was worth, VBPR nothing; propagation helps FREEDOM', async () => {
    const recalls = async (words: string) =>
      (await found('movielens-missing', words)).pairs.map(({ differences }) => differences.recall!);
    for (const [words, least] of [
      ['When 60 %', -0.027],
      ['When 90 %', -0.03],
    ] as const) {
      const [vbpr, freedom] = await recalls(words);
      expect([vbpr?.finding, freedom?.finding]).toEqual(['open', 'lower']);
      expect(freedom?.relative).toBeGreaterThan(least);
    }
    const tail = (await found('movielens-missing', 'When 90 %')).pairs[1]?.differences.aplt;
    expect([tail?.finding, tail!.relative! < -0.45]).toEqual(['lower', true]);
    const [vbpr, freedom] = await recalls('worth more than its parameters');
    expect([vbpr?.finding, freedom?.finding]).toEqual(['same', 'higher']);
    const { pairs } = await found('movielens-missing', 'better than the mean');
    const helped = pairs.filter(({ differences }) => differences.recall?.finding === 'higher');
    expect(helped.map(({ label }) => label)).toEqual(['FREEDOM, 60 %, propagation']);
    expect(helped[0]?.differences.recall?.relative).toBeCloseTo(0.055, 2);
  });

  it('features: texts are worth 15 to 77 %, the transformer no more than counting, brand and kind no more', async () => {
    for (const [words, least, most] of [
      ['Is MiniLM', 0.15, 0.66],
      ['Is TF-IDF', 0.2, 0.77],
      ['Are brand and kind?', 0.15, 0.66],
    ] as const) {
      const { pairs, higher } = await found('features', words);
      expect(higher).toBe(3);
      const trained = pairs.filter(({ label }) => !label.startsWith('ItemKNN'));
      for (const { differences } of trained) {
        expect(differences.recall?.relative).toBeGreaterThan(least);
        expect(differences.recall?.relative).toBeLessThan(most);
      }
    }
    const { pairs } = await found('features', 'transformer');
    for (const { label, differences } of pairs) {
      const finding = differences.recall?.finding;
      expect(finding).toBe(label.includes('TF-IDF') || label.startsWith('VBPR') ? 'open' : 'lower');
    }
    expect(await found('features', 'With texts or without')).toMatchObject({ higher: 4 });
  });

  it('movielens-features: the same for FREEDOM, no extractor ahead', async () => {
    for (const words of ["Are MobileNet's", 'colours and outlines?']) {
      const { pairs } = await found('movielens-features', words);
      expect(pairs.find(({ label }) => label.startsWith('FREEDOM'))?.differences.recall?.finding).toBe(
        'same',
      );
    }
    expect(await found('movielens-features', 'see more')).toMatchObject({ higher: 0, lower: 0, open: 6 });
    expect(await mean('movielens-features', 'ItemKNN on content, MobileNet')).toBeLessThan(0.025);
  });

  it('joint: 16 % over other items’ content on factors, nothing elsewhere but evenness on the graph', async () => {
    const { pairs, ...counts } = await found('joint', 'the parameters');
    expect(counts).toMatchObject({ higher: 1, open: 2 });
    expect(pairs[0]?.differences.recall?.relative).toBeCloseTo(0.156, 3);
    for (const metric of ['ndcg', 'efd'])
      for (const pair of pairs.slice(1)) expect(pair.differences[metric]?.finding).toBe('open');
    expect(pairs[2]?.differences.gini?.finding).toBe('higher');
  });

  it('fusion: nothing above joint, five below, early and late not told apart', async () => {
    const { pairs, higher, lower } = await found('fusion', 'better than one joint');
    expect(commonPartner({ question: '', pairs })).toBe('joint');
    expect([higher, lower]).toEqual([0, 5]);
    expect(await found('fusion', 'Early or late')).toMatchObject({ higher: 0, lower: 0, open: 7 });
  });

  it('fusion-conjunction: more for content, still nothing above joint, gates late, products below', async () => {
    const worth = await found('fusion-conjunction', 'the parameters');
    expect(worth.higher).toBeGreaterThan((await found('fusion', 'the parameters')).higher);
    const { pairs, higher } = await found('fusion-conjunction', 'better than one joint');
    expect(higher).toBe(0);
    for (const pair of pairs.filter(({ label }) => label.includes('product')))
      expect(pair.differences.recall?.finding).toBe('lower');
    const early = (await found('fusion-conjunction', 'Early or late')).pairs;
    const differ = early.filter(({ differences }) => differences.recall?.finding !== 'open');
    expect(differ.map(({ label, differences }) => [label, differences.recall?.finding])).toEqual([
      ['early gated', 'lower'],
    ]);
  });

  it('fusion on other twins: nothing above joint, half below; late ahead but once, its mean on seven', async () => {
    const twins = ['toys', 'beauty', 'sports', 'clothing', 'music'].flatMap((twin) => [
      `fusion-${twin}`,
      `fusion-${twin}-conjunction`,
    ]);
    const all = async (words: string) =>
      (await Promise.all(twins.map((twin) => found(twin, words)))).flatMap(({ pairs }) => pairs);
    const count = (pairs: Awaited<ReturnType<typeof all>>, wanted: SuiteFinding) =>
      pairs.filter(({ differences }) => differences.recall?.finding === wanted).length;
    const withJoint = (await all('better than one joint')).filter(({ label }) => label !== 'BPR-MF');
    expect([withJoint.length, count(withJoint, 'higher'), count(withJoint, 'lower')]).toEqual([150, 0, 73]);
    for (const [words, times] of [
      ['the parameters', 10],
      ['more than none', 9],
    ] as const) {
      const joint = (await all(words)).filter(({ label }) => label === 'joint');
      expect(count(joint, 'higher')).toBe(times);
    }
    const early = await all('Early or late');
    expect([early.length, count(early, 'lower'), count(early, 'higher')]).toEqual([70, 21, 1]);
    expect(
      count(
        early.filter(({ label }) => label === 'early mean'),
        'lower',
      ),
    ).toBe(7);
  });

  it('movielens-fusion: eight the same as joint, none above; content worth 2 to 3 %; three show more of the tail', async () => {
    const joint = await found('movielens-fusion', 'better than one joint');
    expect([joint.higher, joint.same]).toEqual([0, 8]);
    const worth = (await found('movielens-fusion', 'more than none')).pairs.filter(
      ({ differences }) => differences.recall?.finding === 'higher',
    );
    expect(worth.length).toBe(13);
    for (const { differences } of worth) {
      expect(differences.recall?.relative).toBeGreaterThan(0.02);
      expect(differences.recall?.relative).toBeLessThan(0.032);
    }
    const tail = joint.pairs.filter(({ differences }) => (differences.aplt?.relative ?? 0) > 0.15);
    expect(tail.map(({ label }) => label)).toEqual(['early concat', 'late sum', 'late product']);
    for (const { differences } of tail) expect(differences.aplt?.finding).toBe('higher');
    expect(await found('movielens-fusion', 'Early or late')).toMatchObject({ same: 4, open: 3 });
  });
});
