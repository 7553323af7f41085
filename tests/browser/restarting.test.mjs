// The engine of the bench itself dies, and is started again with all that the reader had.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { fill, holdWorkers, receipt, train } from './bench-page.mjs';
import { open } from './harness.mjs';

test('an engine that dies is told, and starts again with choices and finished runs kept', async (t) => {
  // With a claim in the address, which stays there while the design is changed.
  const entry = new URL('../../www/src/gallery/entries/3-looks-and-words.json', import.meta.url);
  const { link } = JSON.parse(await readFile(entry, 'utf8'));
  const { page } = await open(t, { path: `/?backend=cpu${link}`, before: holdWorkers });
  page.setDefaultTimeout(60_000);
  await page.locator('[data-testid=reproduce]:enabled').waitFor();
  await fill(page, 'epochs', 1);
  await train(page);
  await fill(page, 'seed', 7);
  await page.evaluate(() => {
    const [desk] = globalThis.workers;
    desk.terminate();
    desk.dispatchEvent(new ErrorEvent('error', { message: 'out of memory' }));
  });
  const panel = page.getByTestId('error-panel');
  await panel.filter({ hasText: /The engine stopped[^]*out of memory[^]*your finished run are kept/ }).waitFor();
  await panel.getByRole('button', { name: 'Start again' }).click();
  await panel.waitFor({ state: 'detached' });
  await page.locator('[data-testid=play]:enabled').waitFor();
  assert.equal(await page.getByTestId('runs-table').locator('tbody tr:not(.paper)').count(), 1);
  await page.getByTestId('play').click();
  await page.getByTestId('runs-table').locator('tbody tr:not(.paper)').nth(1).waitFor();
  const { spec } = await receipt(page);
  assert.deepEqual([spec.seed, spec.training.epochs], [7, 1]);
});
