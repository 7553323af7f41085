import { describe, expect, it, vi } from 'vitest';

import { lastAsked } from '../src/lib/last-asked';

/** Somebody who answers when the test says so. */
function slow() {
  const asked: { question: number; answer: (answer: string) => void; refuse: (error: Error) => void }[] = [];
  const ask = (question: number) =>
    new Promise<string>((answer, refuse) => asked.push({ question, answer, refuse }));
  return { asked, ask };
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}

describe('of several questions', () => {
  it('only the last of those that wait is asked', async () => {
    const { asked, ask } = slow();
    const question = lastAsked(ask);
    const [first, second, third] = [question(1), question(2), question(3)];
    expect(asked.map(({ question }) => question)).toEqual([1]);
    expect(await second).toBeNull();
    asked[0]?.answer('one');
    expect(await first).toBe('one');
    await settle();
    expect(asked.map(({ question }) => question)).toEqual([1, 3]);
    asked[1]?.answer('three');
    expect(await third).toBe('three');
  });

  it('one that fails does not keep the next from being asked', async () => {
    const { asked, ask } = slow();
    const question = lastAsked(ask);
    const [first, second] = [question(1), question(2)];
    asked[0]?.refuse(new Error('busy'));
    await expect(first).rejects.toThrow('busy');
    await settle();
    asked[1]?.answer('two');
    expect(await second).toBe('two');
  });

  it('the next waits as long as whoever answers is left in peace', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] });
    const { asked, ask } = slow();
    const question = lastAsked(ask, (took) => took * 4);
    void question(1);
    void question(2);
    vi.advanceTimersByTime(50);
    asked[0]?.answer('one');
    await settle();
    await vi.advanceTimersByTimeAsync(199);
    expect(asked).toHaveLength(1);
    void question(3);
    await vi.advanceTimersByTimeAsync(1);
    expect(asked.map(({ question }) => question)).toEqual([1, 3]);
    vi.useRealTimers();
  });
});
