import { describe, expect, it } from 'vitest';

import { Course } from '../src/lib/course.svelte';
import { firstSpec } from '../src/lib/defaults';
import { Estimate, judgementsLeft } from '../src/lib/estimate';
import type { Stage } from '../src/lib/flow';
import { formatStep } from '../src/lib/format';
import { marksOf } from '../src/lib/marks';
import { latestRate, rateWords, withoutRateChanges, withRatesOf } from '../src/lib/rates';
import { patienceLeft, stoppingWords } from '../src/lib/stopping';
import type { Event, RunSpec } from '../src/lib/types';
import type { Moment } from '../src/lib/walk';
import { Walking } from '../src/lib/walking.svelte';
import { Pump } from '../src/worker/pump';

describe('the time left', () => {
  it('is unknown before anything was measured', () => {
    expect(new Estimate().secondsFor(100, 3)).toBeNull();
  });

  it('counts steps and judgements apart', () => {
    const estimate = new Estimate();
    estimate.measure({ seconds: 1, steps: 10, judged: 0 });
    estimate.measure({ seconds: 2.5, steps: 5, judged: 1 });
    expect(estimate.secondsPerStep).toBeCloseTo(0.1);
    expect(estimate.secondsFor(100, 4)).toBeCloseTo(100 * 0.1 + 4 * 2);
  });

  it('is right where every message is a whole judged epoch', () => {
    const estimate = new Estimate();
    for (let epoch = 0; epoch < 3; epoch += 1) estimate.measure({ seconds: 0.5, steps: 4, judged: 1 });
    expect(estimate.secondsPerStep).toBeNull();
    expect(estimate.secondsFor(28, 8)).toBeCloseTo(4);
  });

  it('follows a machine that slows down', () => {
    const estimate = new Estimate();
    for (let pump = 0; pump < 20; pump += 1) estimate.measure({ seconds: 0.1, steps: 1, judged: 0 });
    for (let pump = 0; pump < 20; pump += 1) estimate.measure({ seconds: 1, steps: 1, judged: 0 });
    expect(estimate.secondsPerStep).toBeGreaterThan(0.9);
  });

  it('knows how often lists will be judged', () => {
    expect(judgementsLeft(0, 40, 5)).toBe(9);
    expect(judgementsLeft(4, 40, 5)).toBe(9);
    expect(judgementsLeft(5, 40, 5)).toBe(8);
    expect(judgementsLeft(0, 7, 5)).toBe(3);
    expect(judgementsLeft(7, 7, 5)).toBe(1);
  });

  it('is told for one step in its own unit', () => {
    expect([0.00123, 0.0456, 2.34].map(formatStep)).toEqual(['1.2 ms', '46 ms', '2.3 s']);
  });
});

const judged = (...best: boolean[]) =>
  best.map((best, nth) => ({ epoch: 5 * (nth + 1), epochs: 5 * (nth + 1), best }));

describe('early stopping', () => {
  it('counts the judgements since the best one', () => {
    expect(patienceLeft([], 5)).toBe(5);
    expect(patienceLeft(judged(false, true), 5)).toBe(5);
    expect(patienceLeft(judged(true, false, false), 5)).toBe(3);
    expect(patienceLeft(judged(true, false, false), 0)).toBeNull();
  });

  it('is told in a sentence', () => {
    expect(stoppingWords([], 5, 'going')).toBe('');
    expect(stoppingWords(judged(true, false), 2, 'going')).toBe(
      'Best so far at epoch 5; training stops if the next judgement is no better.',
    );
    expect(stoppingWords(judged(true, false), 0, 'going')).toBe('Best so far at epoch 5.');
    expect(stoppingWords(judged(true, false, false), 2, 'stopped-early')).toBe(
      'Best at epoch 5, which is kept; 2 judgements in a row were no better.',
    );
    expect(stoppingWords(judged(true), 2, 'over')).toBe('Best at epoch 5, which is kept.');
  });
});

function specWith(...changes: { epoch: number; rate: number }[]): RunSpec {
  const spec = firstSpec();
  spec['hyper-parameters'] = { 'learning-rate': 0.005 };
  return {
    ...spec,
    training: { ...spec.training, 'learning-rate-from': changes },
  };
}

describe('a changed learning rate', () => {
  it('is the rate of the run, and told in words', () => {
    const spec = specWith({ epoch: 6, rate: 0.001 }, { epoch: 9, rate: 0.0001 });
    expect(latestRate(spec)).toBe(0.0001);
    expect(latestRate(specWith())).toBe(0.005);
    expect(rateWords(spec)).toBe('learning rate 0.005, 0.001 from epoch 6, 1e-4 from epoch 9');
    expect(rateWords(firstSpec())).toBe('');
  });

  it('makes a design another one, until it is taken out', () => {
    const drafted = firstSpec();
    const changed = withRatesOf(drafted, specWith({ epoch: 6, rate: 0.001 }));
    expect(changed).not.toEqual(drafted);
    withoutRateChanges(changed);
    expect(changed).toEqual(drafted);
    expect(withRatesOf(drafted, specWith())).toBe(drafted);
  });

  it('is marked on the curves once it has come, beside the best epoch and an early stop', () => {
    const spec = specWith({ epoch: 6, rate: 0.001 }, { epoch: 30, rate: 0.0001 });
    const marks = marksOf({ spec, epoch: 10, validations: judged(true, false), stoppedEarly: true });
    expect(marks).toEqual([
      { epochs: 5, title: 'rate 0.001', kind: 'rate' },
      { epochs: 5, title: 'best: epoch 5', kind: 'best' },
      { epochs: 10, title: 'stopped', kind: 'stop' },
    ]);
  });
});

const step = (number: number): Event => ({ event: 'step', epoch: 1, step: number, loss: { total: 1 } });

describe('playing', () => {
  it('never pumps twice at once, however often it is asked, and stops when it is told', async () => {
    let running = 0;
    let most = 0;
    let steps = 0;
    const pump: Pump = new Pump(
      async () => {
        most = Math.max(most, (running += 1));
        await Promise.resolve();
        running -= 1;
        steps += 1;
        if (steps === 5) pump.pause();
        return [step(steps)];
      },
      () => undefined,
    );
    pump.play(0);
    pump.play(0);
    pump.pause();
    pump.play(0);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect([most, steps]).toEqual([1, 5]);
  });

  it('takes one step at a time where it is slow', async () => {
    const asked: number[] = [];
    const pump: Pump = new Pump(
      async (count) => {
        asked.push(count);
        return asked.length === 3 ? [] : [step(asked.length)];
      },
      () => undefined,
    );
    pump.play(1);
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(asked).toEqual([1, 1, 1]);
  });

  it('tells what went wrong, and can be asked again', async () => {
    const failures: unknown[] = [];
    let fails = true;
    const pump = new Pump(
      async () => {
        if (fails) throw new Error('diverged');
        return [];
      },
      (thrown) => failures.push(thrown),
    );
    pump.play(0);
    await new Promise((resolve) => setTimeout(resolve, 20));
    fails = false;
    pump.play(0);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(failures).toEqual([new Error('diverged')]);
  });
});

/** A course that the test tells what happened. */
class Told extends Course {
  tell(...events: Event[]): boolean {
    return this.follow(events, false);
  }
}

const prepared: Event = {
  event: 'prepared',
  users: 3,
  items: 3,
  candidates: 3,
  train: 9,
  validation: 3,
  test: 3,
  parameters: 12,
  'steps-per-epoch': 2,
  epochs: 4,
};

function epoch(number: number, total: number, best: boolean | null = null): Event {
  const validation = best === null ? null : { recall: { '20': 0.1 } };
  return { event: 'epoch', epoch: number, loss: { total }, validation, best: best ?? false };
}

describe('the course of a training', () => {
  it('is the same for one that is gone on with, with an epoch’s mean for the steps that lie behind', () => {
    const whole = new Told(firstSpec());
    whole.tell(prepared, step(1), step(2), epoch(1, 0.7, true), step(1), step(2), epoch(2, 0.5, false));
    const resumed = new Told(firstSpec());
    expect(resumed.tell(prepared, epoch(1, 0.7, true), epoch(2, 0.5, false))).toBe(true);
    expect([resumed.epoch, resumed.stepsDone]).toEqual([whole.epoch, whole.stepsDone]);
    expect(resumed.validations).toEqual(whole.validations);
    expect(resumed.losses).toEqual([
      { epochs: 1, loss: { total: 0.7 } },
      { epochs: 2, loss: { total: 0.5 } },
    ]);
    resumed.tell(step(1));
    expect(resumed.stepsDone).toBe(5);
    expect(resumed.losses.at(-1)?.epochs).toBe(2.5);
  });
});

describe('a walk through a step', () => {
  const moment = (title: string, ...stages: Stage[]): Moment => ({
    title,
    caption: '',
    stages,
    backwards: title === 'back',
  });
  const moments = [moment('batch', 'data'), moment('loss', 'loss'), moment('back', 'loss')];

  it('ends with its last moment when it is a picture only', () => {
    const walking = new Walking();
    walking.begin(true);
    for (let round = 0; round < 5; round += 1) walking.next(moments);
    expect([walking.at, walking.playing]).toEqual([2, false]);
    walking.end();
    expect(walking.at).toBeNull();
  });

  it('takes a step of the run each round, when its loss is reached', () => {
    let steps = 0;
    const walking = new Walking();
    walking.begin(true, () => (steps += 1));
    const taken = [1, 2, 3, 4, 5, 6].map(() => {
      walking.next(moments);
      return steps;
    });
    expect(taken).toEqual([1, 1, 1, 2, 2, 2]);
    expect(walking.playing).toBe(true);
  });
});
