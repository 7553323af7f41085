import { beforeEach, describe, expect, it } from 'vitest';

import { markdown } from '../lessons-plugin';
import { readAddress } from '../src/lib/lessons/address';
import type { Facts, Setting } from '../src/lib/lessons/lesson';
import type { Memory, Progress } from '../src/lib/lessons/memory';
import { parseLesson } from '../src/lib/lessons/parse';
import { type FinishedForLesson, type LessonBench, LessonPlayer } from '../src/lib/lessons/player.svelte';

const LESSON = parseLesson(
  'small.md',
  `---
title: Small
summary: A lesson.
order: 1
set: seed = 1
---
## Look
\`\`\`step
set: epochs = 5
do: Change the seed.
done: changed(seed)
\`\`\`
## Train
\`\`\`step
do: Train.
trained: seed == 2
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
## Again
\`\`\`step
set: epochs = 9
do: Train again.
trained: seed == 3
keep: two = Two
\`\`\`
## End
Read.
`,
  markdown,
);

let facts: Facts;
let finished: FinishedForLesson[];
let prepared: Setting[][];
let said: string[];
let remembered: Progress | null;

const memory: Memory = {
  read: () => remembered,
  write: (progress) => {
    remembered = progress;
  },
  forget: () => {
    remembered = null;
  },
};

function benchOf(): LessonBench {
  return {
    facts: () => facts,
    finished: () => finished,
    prepare: async (settings: readonly Setting[]) => {
      prepared.push([...settings]);
    },
    announce: (sentence: string) => {
      said.push(sentence);
    },
  };
}

function player(search = ''): LessonPlayer {
  return new LessonPlayer(LESSON, benchOf(), readAddress(search), memory);
}

function finish(seed: number, recall: number): void {
  const test = { recall: { 20: recall } };
  const number = finished.length + 1;
  finished = [...finished, { number, data: 'Twin', synthetic: true, seed, epoch: 1, test, facts: { seed } }];
}

beforeEach(() => {
  facts = { seed: 1 };
  finished = [];
  prepared = [];
  said = [];
  remembered = null;
});

describe('a lesson', () => {
  it('is gone through by doing', async () => {
    const lesson = player();
    await lesson.begin(null, false);
    expect(prepared).toEqual([
      [
        { name: 'seed', value: 1 },
        { name: 'epochs', value: 5 },
      ],
    ]);
    lesson.look();
    expect(lesson.settled).toBe(false);
    facts = { seed: 2 };
    lesson.look();
    expect(lesson.settled).toBe(true);
    expect(said).toEqual(['Done: Look. Next is there.']);

    await lesson.next();
    finish(5, 0.3);
    lesson.look();
    expect([lesson.settled, lesson.astray]).toEqual([false, true]);
    finish(2, 0.1);
    lesson.look();
    expect([lesson.settled, lesson.astray]).toEqual([true, false]);

    await lesson.next();
    expect(lesson.settled).toBe(false);
    lesson.predict('less');
    expect(lesson.settled).toBe(true);
    expect(lesson.judgement).toBeNull();

    await lesson.next();
    expect(prepared.at(-1)).toEqual([{ name: 'epochs', value: 9 }]);
    finish(3, 0.2);
    lesson.look();
    expect(lesson.judgement?.outcome).toBe('more');
    lesson.predict('more');
    expect(lesson.guess).toBe('less');

    await lesson.next();
    expect([lesson.last, lesson.settled]).toEqual([true, true]);
  });

  it('takes no run for its own that was finished before the step', async () => {
    finish(2, 0.1);
    const lesson = player();
    await lesson.begin(2, false);
    lesson.look();
    expect(lesson.settled).toBe(false);
  });

  it('begins at a step as the steps before have prepared it, with the data and seed of the link', async () => {
    const lesson = player('?data=toys-twin&seed=7');
    await lesson.begin(4, false);
    expect(lesson.at).toBe(3);
    expect(prepared[0]).toEqual([
      { name: 'seed', value: 1 },
      { name: 'data', value: 'toys-twin' },
      { name: 'seed', value: 7 },
      { name: 'epochs', value: 5 },
      { name: 'epochs', value: 9 },
    ]);
    await player().begin(99, false);
  });

  it('leaves fixed what the link names, until the lesson itself changes it', async () => {
    facts = { data: 'toys-twin', seed: 7 };
    const lesson = player('?data=toys-twin&seed=7');
    await lesson.begin(null, false);
    // The first step asks for another seed.
    expect(lesson.fixed).toEqual(['data']);
    expect(player('?data=toys-twin&seed=7&free').fixed).toEqual([]);
    expect(player('?seed=7').fixed).toEqual([]);
    // Data that are not there are not on the bench, and nobody is kept from others.
    facts = { data: 'office-twin' };
    expect(player('?data=toys-twin').fixed).toEqual([]);

    const quiet = { ...LESSON, parts: LESSON.parts.slice(4), settings: [] };
    facts = { seed: 7 };
    const read = new LessonPlayer(quiet, benchOf(), readAddress('?seed=7'), memory);
    expect(read.fixed).toEqual(['seed']);
    facts = { seed: 8 };
    await read.again();
    expect(prepared.at(-1)).toEqual([{ name: 'seed', value: 7 }]);
  });

  it('takes a design in the address for its first', async () => {
    const lesson = player('?seed=7');
    await lesson.begin(1, true);
    expect(prepared[0]).toEqual([
      { name: 'seed', value: 7 },
      { name: 'epochs', value: 5 },
    ]);
  });

  it('is come back to where it was left', async () => {
    const first = player();
    await first.begin(2, false);
    facts = { seed: 2 };
    finish(2, 0.1);
    first.look();
    await first.next();
    first.predict('same');

    const again = player();
    await again.begin(null, true);
    expect([again.at, again.guess, again.kept.one?.title]).toEqual([2, 'same', 'One']);
    expect(prepared.at(-1)).toEqual([]);

    again.finish();
    expect(remembered).toBeNull();
    await again.restart();
    expect([again.at, again.guess, Object.keys(again.kept)]).toEqual([0, null, []]);
  });

  it('has an address for every step', () => {
    expect(player().addressOf('https://example.org/#v1.x', 1, true)).toBe(
      'https://example.org/?lesson=small&step=2#v1.x',
    );
  });
});
