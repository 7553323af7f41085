// What a reader who tries a hundred things leaves behind.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fill } from './bench-page.mjs';
import { open } from './harness.mjs';

/** Without compiled code, which the heap holds too, and more of it the longer a page runs. */
const interpreted = '--js-flags=--no-sparkplug --no-maglev --no-turbofan';

test('a hundred trainings, begun and reset, leave no memory behind', async (t) => {
  const { page } = await open(t, { path: '/?backend=cpu', flags: [interpreted] });
  const browser = await page.context().newCDPSession(page);
  const used = async () => {
    // The second time takes what the first set free.
    for (let nth = 0; nth < 2; nth += 1) await browser.send('HeapProfiler.collectGarbage');
    return (await browser.send('Runtime.getHeapUsage')).usedSize;
  };
  await page.getByTestId('system-select').selectOption('bpr-mf');
  // What is finished is kept, so none of these is. A batch of all interactions: as few steps as there can be.
  await fill(page, 'epochs', 1000);
  await fill(page, 'training-patience', 1000);
  await fill(page, 'training-batch-size', 8192);
  await fill(page, 'training-evaluate-every', 1);
  // Within the page, by its own buttons: a hundred round trips of a busy test would take longer than the trainings.
  const repeat = (times) =>
    page.evaluate(async (times) => {
      const part = (name) => document.querySelector(`[data-testid=${name}]`);
      const until = async (holds) => {
        while (!holds()) await new Promise(requestAnimationFrame);
      };
      for (let nth = 0; nth < times; nth += 1) {
        await until(() => part('play')?.disabled === false);
        part('play').click();
        await until(() => Number(part('epoch').textContent) >= 1);
        part('reset').click();
      }
    }, times);
  await repeat(10);
  const before = await used();
  await repeat(100);
  const growth = (await used()) / before - 1;
  t.diagnostic(`${(before / 1e6).toFixed(2)} MB, and ${(growth * 100).toFixed(2)} % more afterwards`);
  assert(growth < 0.05, `the heap grew by ${(growth * 100).toFixed(1)} %`);
  assert.equal(await page.getByTestId('runs-table').count(), 0);
  // The one that answers questions; every training had its own.
  assert.equal(page.workers().length, 1, 'Workers of trainings are still there');
});
