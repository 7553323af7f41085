// What a reader feels of the page: how soon it answers, and whether it stays smooth while it trains.

import { fill } from './bench-page.mjs';

/** Keeps when the page's main thread was busy for 50 ms and more. */
function watchTasks() {
  globalThis.tasks = [];
  new PerformanceObserver((list) => {
    globalThis.tasks.push(...list.getEntries().map(({ startTime, duration }) => ({ startTime, duration })));
  }).observe({ type: 'longtask', buffered: true });
}

async function fresh(browser) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, serviceWorkers: 'block' });
  const page = await context.newPage();
  await page.addInitScript(watchTasks);
  return { page, devtools: await context.newCDPSession(page) };
}

/** In the page: milliseconds until it is drawn and the last long task before a quiet second is over. */
async function interactiveAfter() {
  const lastEnd = () => Math.max(0, ...globalThis.tasks.map(({ startTime, duration }) => startTime + duration));
  for (;;) {
    const [drawn] = performance.getEntriesByName('first-contentful-paint');
    const ready = Math.max(drawn?.startTime ?? Infinity, lastEnd());
    if (performance.now() - ready > 1000) return ready;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/**
 * Milliseconds until the first view is drawn and the last long task before a quiet second is over, on a processor
 * that is so many times slower, and how many of them the main thread computed; nothing is in the browser's cache.
 */
async function firstView(browser, address, slowdown) {
  const { page, devtools } = await fresh(browser);
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  await page.goto(`${address}/`);
  // Past Playwright, which would put scripts of its own into the page, and wait for them.
  const { result } = await devtools.send('Runtime.evaluate', {
    expression: `(${interactiveAfter})()`,
    awaitPromise: true,
    returnByValue: true,
  });
  const { metrics } = await devtools.send('Performance.getMetrics');
  const computed = 1000 * metrics.find(({ name }) => name === 'TaskDuration').value;
  await page.context().close();
  return { interactive: result.value, computed };
}

/** The most processor time, in ms, that a task of a page's main thread took, by a trace of the browser. */
function longestTask(trace) {
  const { traceEvents } = JSON.parse(trace);
  const place = ({ pid, tid }) => `${pid} ${tid}`;
  const mains = new Set(traceEvents.filter(({ args }) => args?.name === 'CrRendererMain').map(place));
  const tasks = traceEvents.filter((event) => event.name === 'RunTask' && mains.has(place(event)));
  return Math.max(0, ...tasks.map(({ tdur = 0 }) => tdur / 1000));
}

/** Frames a second (median) and the longest tasks of the main thread, in ten seconds of training on the CPU. */
async function training(browser, address) {
  const { page } = await fresh(browser);
  await page.goto(`${address}/?backend=cpu`);
  await fill(page, 'epochs', 10_000);
  await fill(page, 'training-patience', 1000);
  await page.locator('[data-testid=play]:enabled').click();
  await page.waitForFunction(() => Number(document.querySelector('[data-testid=epoch]').textContent) >= 1);
  await browser.startTracing(page, { categories: ['disabled-by-default-devtools.timeline'] });
  const { frames, longest } = await page.evaluate(async () => {
    globalThis.tasks = [];
    const gaps = [];
    const begun = performance.now();
    for (let before = begun; before - begun < 10_000; ) {
      const now = await new Promise(requestAnimationFrame);
      gaps.push(now - before);
      before = now;
    }
    const median = gaps.sort((left, right) => left - right)[Math.floor(gaps.length / 2)];
    return { frames: 1000 / median, longest: Math.max(0, ...globalThis.tasks.map(({ duration }) => duration)) };
  });
  const computed = longestTask(await browser.stopTracing());
  await page.context().close();
  return { frames, longest, computed };
}

/**
 * Everything about the page as `{ measure, value, unit, goal }`. Where other programs want the processor too, what the
 * page itself computed says more than the time that passed.
 */
export async function timings(browser, address) {
  const slowdown = 4;
  const views = [];
  for (let nth = 0; nth < 5; nth += 1) views.push(await firstView(browser, address, slowdown));
  const median = (name) => views.map((view) => view[name]).sort((left, right) => left - right)[2];
  const { frames, longest, computed } = await training(browser, address);
  const slower = `processor ${slowdown} times slower`;
  return [
    { measure: `first view interactive, ${slower}`, value: median('interactive'), unit: 'ms', goal: 'at most 1000' },
    { measure: 'computed by the page until then', value: median('computed'), unit: 'ms', goal: '' },
    { measure: 'frames a second while training on the CPU', value: frames, unit: '', goal: 'at least 55' },
    // Browsers report none below 50 ms.
    { measure: 'longest task of the page meanwhile', value: longest, unit: 'ms', goal: 'at most 100' },
    { measure: 'longest computation of the page meanwhile', value: computed, unit: 'ms', goal: 'at most 100' },
  ];
}
