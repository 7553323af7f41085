/** How long one pump may take, in milliseconds: short enough that pausing feels immediate. */
const TARGET = 70;

/** More steps than this in one pump bring nothing: the time is no longer spent between pumps. */
const MOST_STEPS = 4096;

/**
 * How many steps the next pump should take, from the last one's steps and milliseconds. It never more than doubles,
 * so one lucky measurement does not freeze the pump.
 */
export function nextSteps(steps: number, elapsed: number): number {
  const wanted = elapsed > 0 ? (steps * TARGET) / elapsed : steps * 2;
  return Math.round(Math.min(MOST_STEPS, Math.max(1, Math.min(wanted, steps * 2))));
}

/** Waits for a fresh task, so that messages are heard between pumps. Timers would be slowed down in the background. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/** Runs asynchronous jobs one after another, in the order in which they were given. */
export function oneAtATime(): <T>(job: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (job) => {
    const result = last.then(job);
    last = result.catch(() => undefined);
    return result;
  };
}
