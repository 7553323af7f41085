import { describe, expect, it } from 'vitest';

import { nextSteps, nextTask, oneAtATime } from '../src/worker/pump';

describe('the pump', () => {
  it('finds the number of steps that fills its time, fast or slow', () => {
    for (const cost of [0.05, 1, 12, 700]) {
      let steps = 1;
      for (let pump = 0; pump < 30; pump += 1) steps = nextSteps(steps, steps * cost);
      const taken = steps * cost;
      expect(steps === 1 || steps === 4096 || (taken > 50 && taken < 100)).toBe(true);
    }
  });

  it('at most doubles, and always moves', () => {
    expect(nextSteps(8, 0)).toBe(16);
    expect(nextSteps(8, 0.001)).toBe(16);
    expect(nextSteps(8, 1e6)).toBe(1);
  });

  it('lets other tasks in between', async () => {
    const heard: string[] = [];
    const { port1, port2 } = new MessageChannel();
    const message = new Promise<void>((resolve) => {
      port1.onmessage = () => {
        heard.push('message');
        resolve();
      };
    });
    port2.postMessage(null);
    for (let pump = 0; pump < 200 && heard.length === 0; pump += 1) await nextTask();
    heard.push('pumped');
    await message;
    port1.close();
    expect(heard[0]).toBe('message');
  });
});

describe('taking turns', () => {
  it('begins a job only when the one before has ended, even if that failed', async () => {
    const takeTurns = oneAtATime();
    const log: string[] = [];
    const job =
      (name: string, fails = false) =>
      async () => {
        log.push(`${name} begins`);
        await nextTask();
        log.push(`${name} ends`);
        if (fails) throw new Error(name);
        return name;
      };
    const results = await Promise.allSettled([
      takeTurns(job('a')),
      takeTurns(job('b', true)),
      takeTurns(job('c')),
    ]);
    expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });
});
