import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { markdown } from '../lessons-plugin';
import { readAddress, writeAddress } from '../src/lib/lessons/address';
import { absenceInWords, dataIn } from '../src/lib/lessons/data';
import { problemOfSeed, problemOfStep } from '../src/lib/lessons/link-form';
import type { DatasetEntry } from '../src/lib/dataset';
import { LESSONS, loadLesson } from '../src/lib/lessons/catalogue';
import { holds, readCheck } from '../src/lib/lessons/check';
import { FACTS } from '../src/lib/lessons/facts';
import { judge, type KeptRun } from '../src/lib/lessons/judge';
import type { Facts } from '../src/lib/lessons/lesson';
import { LessonMistake } from '../src/lib/lessons/entries';
import { parseLesson } from '../src/lib/lessons/parse';
import { HIDEABLE, PLACES } from '../src/lib/lessons/places';
import { readSetting, withSettings } from '../src/lib/lessons/settings';
import { firstSpec } from '../src/lib/defaults';
import { STAGES } from '../src/lib/flow';
import type { Design, SystemDescription } from '../src/lib/types';

const SMALL = `---
title: Small
summary: A lesson.
order: 1
set: system = vbpr
---

## First

Read **this**.

\`\`\`step
do: Press it.
trained: system == "vbpr"
keep: one = One
\`\`\`

## Guess

\`\`\`predict
question: Will it?
more: More
less: Less
same: Same
measure: recall@20
compare: two with one
if-more: a
if-less: b
if-same: c
\`\`\`

## Second

\`\`\`step
do: Press again.
trained: seed > 1
keep: two = Two
\`\`\`
`;

function mistakeOf(source: string): string {
  try {
    parseLesson('lesson.md', source, markdown);
  } catch (error) {
    if (error instanceof LessonMistake) return error.message;
    throw error;
  }
  return 'none';
}

/** Where a place that is found by id or test id is in the sources, as it is or put together. */
function sources(): string {
  const folder = new URL('../src', import.meta.url).pathname;
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.svelte'))
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .join('\n');
}

describe('a lesson’s file', () => {
  it('becomes steps', () => {
    const lesson = parseLesson('src/lessons/small.md', SMALL, markdown);
    expect(lesson).toMatchObject({ name: 'small', title: 'Small', steps: 3 });
    expect(lesson.settings).toEqual([{ name: 'system', value: 'vbpr' }]);
    expect(lesson.parts[0]?.text).toBe('<p>Read <strong>this</strong>.</p>');
    expect(lesson.parts[0]?.keep).toEqual({ name: 'one', title: 'One' });
    expect(lesson.parts[1]?.prediction).toMatchObject({ first: 'two', second: 'one', sameWithin: 0.05 });
  });

  it('is refused at the line of its mistake', () => {
    const said = (from: string, to: string) => mistakeOf(SMALL.replace(from, to));
    expect(said('seed > 1', 'sed > 1')).toBe('lesson.md:36: “sed” is no fact that is known here');
    expect(said('system == "vbpr"\n', 'system == "vbrp"\n')).toMatch(
      /^lesson\.md:14: “system” is never “vbrp”/,
    );
    expect(said('set: system', 'set: colour')).toBe('lesson.md:5: “colour” is nothing that can be set');
    expect(said('recall@20', 'recal@20')).toMatch(/^lesson\.md:25: /);
    expect(said('recall@20', 'recall@30')).toMatch(/judged at 5, 10, 20, 50/);
    expect(said('do: Press it.', 'dо: x')).toMatch(/^lesson\.md:13: /);
    expect(said('two with one', 'three with one')).toMatch(/“three”, which no step keeps/);
    expect(said('Read **this**.', 'Read <b>this</b>.')).toBe('lesson.md:10: HTML is not part of a lesson');
    expect(said('do: Press it.', 'do: Press it.\npoint-at: nowhere')).toMatch(
      /^lesson\.md:14: there is no place/,
    );
    expect(said('order: 1\n', '')).toMatch(/“order” is missing/);
    expect(said('```predict', '```step')).toMatch(/“question” is not known here/);
    expect(mistakeOf('# Nothing')).toMatch(/^lesson\.md:1: /);
  });

  it('lets nothing through but Markdown', () => {
    expect(markdown.block('<script>alert(1)</script>')).not.toContain('<script');
    expect(markdown.inline('[here](javascript:alert(1))')).not.toContain('javascript');
    expect(markdown.inline('a *b*')).toBe('a <em>b</em>');
  });
});

describe('a check', () => {
  const facts: Facts = {
    'design.when': 'late',
    'design.roles': ['scoring'],
    'design.identity': true,
    modalities: ['visual', 'textual'],
    'missing.rate': 0.5,
    seed: 2,
  };
  const check = (text: string, before: Facts = {}) => holds(readCheck(text), facts, before);

  it('looks at facts', () => {
    expect(check('design.when == "late"')).toBe(true);
    expect(check('design.when != "late" or design.identity')).toBe(true);
    expect(check('not design.identity')).toBe(false);
    expect(check('design.roles has "scoring" and missing.rate >= 0.5')).toBe(true);
    expect(check('not (seed < 2 or seed > 2)')).toBe(true);
    expect(check('modalities == ["textual", "visual"]')).toBe(true);
    expect(check('modalities == ["textual"]')).toBe(false);
  });

  it('knows what changed since the step began', () => {
    expect(check('changed(seed)', { seed: 1 })).toBe(true);
    expect(check('changed(seed)', { seed: 2 })).toBe(false);
    expect(check('changed(modalities)', { modalities: ['textual', 'visual'] })).toBe(false);
  });

  it('is false of what is not known yet', () => {
    expect(check('design.operator == "sum"')).toBe(false);
    expect(check('design.operator != "sum"')).toBe(false);
  });

  it('is refused where it cannot hold or be read', () => {
    for (const text of [
      'design.when == late',
      'design.when == "never-ever"',
      'design.when > "late"',
      'seed has "1"',
      'seed == "1"',
      'seed',
      'seed ==',
      'changed(seed',
      'seed == 1 seed',
      'seed === 1',
      'constructor == 1',
      'design.roles == "scoring"',
    ]) {
      expect(() => readCheck(text), text).toThrow();
    }
  });
});

describe('a setting', () => {
  const design = { representation: 'joint', when: 'never' } as Design;
  const system = (name: string, axes: unknown[] = []) =>
    ({ name, axes, design, variants: ['corrected'], 'hyper-parameters': [] }) as unknown as SystemDescription;
  const systems = [system('vbpr'), system('composed', [{}])];
  const set = (...texts: string[]) => withSettings(firstSpec(), texts.map(readSetting), systems);

  it('changes the specification', () => {
    expect(set('seed = 7', 'epochs = 3')).toMatchObject({ seed: 7, training: { epochs: 3 } });
    expect(set('modalities = visual').modalities).toEqual(['visual']);
    expect(set('modalities = visual', 'modalities = all').modalities).toBeUndefined();
    expect(set('missing.rate = 0.5').missing).toEqual({ policy: 'mean', rate: 0.5, 'taken-from': 'random' });
    expect(set('missing.modalities = visual').missing?.modalities).toEqual(['visual']);
    expect(set('missing.modalities = visual', 'missing.modalities = all').missing).not.toHaveProperty(
      'modalities',
    );
    expect(set('data = toys-twin').dataset).toEqual({ name: 'toys-twin' });
  });

  it('is judged at every length that a lesson may measure at, whatever the reader chose before', () => {
    const spec = firstSpec();
    spec.protocol.cutoffs = [3];
    expect(withSettings(spec, [], systems).protocol.cutoffs).toEqual([3, 5, 10, 20, 50]);
  });

  it('takes no modality that other data may not have', () => {
    const spec = set('modalities = visual', 'missing.modalities = visual', 'data = toys-twin');
    expect([spec.modalities, spec.missing?.modalities]).toEqual([undefined, undefined]);
  });

  it('makes a design of one’s own of a system’s', () => {
    const spec = set('system = vbpr', 'design.when = late');
    expect(spec).toMatchObject({ system: 'composed', design: { representation: 'joint', when: 'late' } });
    expect(design.when).toBe('never');
    expect(set('design = vbpr', 'system = vbpr').design).toBeUndefined();
  });

  it('is refused where it cannot be', () => {
    for (const text of ['seed', 'seed = one', 'design.when = lately', 'run.phase = done', 'a = b = c']) {
      expect(() => readSetting(text), text).toThrow();
    }
  });
});

describe('a prediction', () => {
  const lesson = parseLesson('small.md', SMALL, markdown);
  const prediction = lesson.parts[1]!.prediction!;
  const run = (recall: number, data = 'Twin'): KeptRun => ({
    title: 'Run',
    data,
    synthetic: true,
    seed: 1,
    epoch: 1,
    test: { recall: { 20: recall } },
  });

  it('waits for both runs', () => {
    expect(judge(prediction, { one: run(0.1) })).toBeNull();
  });

  it('is judged by what was measured', () => {
    const outcome = (two: number) => judge(prediction, { one: run(0.1), two: run(two) })?.outcome;
    expect(outcome(0.12)).toBe('more');
    expect(outcome(0.08)).toBe('less');
    expect(outcome(0.104)).toBe('same');
    expect(outcome(0.096)).toBe('same');
    expect(judge(prediction, { one: run(0.1), two: run(0.12) })?.relative).toBeCloseTo(0.2);
    expect(judge(prediction, { one: run(0), two: run(0.1) })?.relative).toBeNull();
  });

  it('says in what else the runs differ', () => {
    const differences = (two: KeptRun, one = run(0.1)) => judge(prediction, { one, two })?.differences;
    const trained = (epochs: number, batchSize: number) => ({ training: { epochs, batchSize } });
    expect(differences(run(0.1))).toEqual([]);
    expect(differences(run(0.1, 'Other'))).toEqual(['data (Other and Twin)']);
    expect(differences({ ...run(0.1, 'Other'), seed: 2 })).toEqual([
      'data (Other and Twin)',
      'seed (2 and 1)',
    ]);
    const short = { ...run(0.1), ...trained(5, 1024) };
    expect(differences(short, { ...run(0.1), ...trained(20, 512) })).toEqual([
      'epochs (5 and 20)',
      'batch size (1024 and 512)',
    ]);
    // What is not trained, or was remembered by an older page, cannot differ in training.
    expect(differences({ ...run(0.1), training: null }, short)).toEqual([]);
    expect(differences(run(0.1), short)).toEqual([]);
  });
});

describe('an address', () => {
  it('says lesson, step, data, seed and what is hidden, and comes back', () => {
    const address = {
      lesson: 'modality',
      step: 2,
      data: 'toys-twin',
      seed: 7,
      free: true,
      hidden: ['which', 'training'],
      embedded: true,
    };
    const written = writeAddress('https://example.org/bench/?x=1#v1.abc', address);
    expect(written).toBe(
      'https://example.org/bench/?lesson=modality&step=2&data=toys-twin&seed=7&free&hide=which,training&embed',
    );
    expect(readAddress(new URL(written).search)).toEqual(address);
    expect(writeAddress('https://example.org/?backend=cpu#v1.abc', address, true)).toMatch(
      /backend=cpu.*#v1\.abc$/,
    );
  });

  it('leaves out what cannot be meant', () => {
    const read = readAddress('?lesson=a&step=0&seed=99999999999&data=&hide=everything,which');
    expect(read).toEqual({
      lesson: 'a',
      step: null,
      data: null,
      seed: null,
      free: false,
      hidden: ['which'],
      embedded: false,
    });
  });
});

describe('data that a link names', () => {
  const catalogue = ['office-twin', 'toys-twin'].map((name): DatasetEntry => ({
    name,
    title: name,
    file: '',
    synthetic: true,
    note: '',
  }));
  const asked = (...names: string[]) =>
    dataIn(
      names.map((value) => ({ name: 'data', value })),
      catalogue,
    )?.name;

  it('are carried as they are called, whether or not the page has them', () => {
    for (const data of ['zzz', 'My data & more']) {
      const address = { ...readAddress('?lesson=a'), data };
      expect(readAddress(new URL(writeAddress('https://example.org/', address)).search)).toEqual(address);
    }
  });

  it('are those of the lesson where the page has none of that name, and else the link’s', () => {
    expect(asked('toys-twin', 'zzz')).toBe('toys-twin');
    expect(asked('toys-twin', 'office-twin')).toBe('office-twin');
    expect(asked('zzz')).toBeUndefined();
    expect(dataIn([{ name: 'seed', value: 'toys-twin' }], catalogue)).toBeUndefined();
  });

  it('are told to be absent, with what is used', () => {
    expect(absenceInWords('zzz', 'Office twin')).toBe(
      'This page has no data called “zzz”, which the link asks for. The lesson is done on “Office twin” instead.',
    );
    expect(absenceInWords('zzz', undefined)).not.toMatch(/instead/);
  });
});

describe('a teacher’s link', () => {
  it('is refused with a step that the lesson does not have', () => {
    expect([1, 6].map((step) => problemOfStep(step, 6))).toEqual([null, null]);
    for (const step of [0, 7, 99, 1.5, null])
      expect(problemOfStep(step, 6), `${step}`).toMatch(/from 1 to 6/);
  });

  it('is refused with what is no seed', () => {
    expect([null, 0, 4_294_967_295].map(problemOfSeed)).toEqual([null, null, null]);
    for (const seed of [-5, 0.5, 4_294_967_296, NaN])
      expect(problemOfSeed(seed), `${seed}`).toMatch(/whole number from 0/);
  });
});

describe('the lessons of the page', () => {
  it('are six, in an order of their own', () => {
    expect(LESSONS.map(({ name }) => name)).toEqual([
      'modality',
      'joint-or-coordinate',
      'early-or-late',
      'accuracy',
      'missing',
      'vbpr-to-freedom',
    ]);
  });

  it.each(LESSONS.map(({ name }) => name))(
    '%s has something to do in most steps, and can be judged',
    async (name) => {
      const lesson = await loadLesson(name);
      expect(lesson?.name).toBe(name);
      const tasks = lesson!.parts.filter(({ task, prediction }) => task !== null || prediction !== null);
      expect(tasks.length).toBeGreaterThan(lesson!.parts.length / 2);
      // A run of a lesson takes seconds.
      expect(lesson!.settings).toContainEqual({ name: 'epochs', value: 20 });
    },
  );

  it('are known by no other name', async () => {
    expect(await loadLesson('alchemy')).toBeNull();
  });
});

describe('the guide for teachers', () => {
  const guide = readFileSync(new URL('../../docs/lessons.md', import.meta.url), 'utf8');

  it.each([...Object.keys(FACTS), ...Object.keys(PLACES)])('tells of %s', (name) => {
    expect(guide).toContain(`\`${name}\``);
  });

  it('has an example that is a lesson', () => {
    const [, example] = /````markdown\n([\s\S]*?)````/.exec(guide) ?? [];
    expect(parseLesson('example.md', example ?? '', markdown).steps).toBe(3);
  });
});

describe('the places', () => {
  const text = sources();

  it.each(Object.entries(PLACES))('%s is in the page', (_, { element }) => {
    const name = element.replace(/^:/, '');
    const stage = name.replace(/^stage-/, '');
    const found = element.startsWith(':')
      ? new RegExp(`testid="${name}"`).test(text)
      : text.includes(`id="${name}"`) ||
        (STAGES.includes(stage as never) && text.includes('id="stage-{stage}"'));
    expect(found).toBe(true);
  });

  it('can be hidden by a rule where a link may ask for it', () => {
    const rules = readFileSync(new URL('../src/styles/around.css', import.meta.url), 'utf8');
    for (const place of HIDEABLE) expect(rules, place).toContain(`[data-hide~='${place}']`);
  });
});
