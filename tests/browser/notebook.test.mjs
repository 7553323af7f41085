// Finished runs outlive the page: they are there again, compared, opened and forgotten.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { AxeBuilder } from '@axe-core/playwright';
import { fill, notebook, openBundle, receipt, train } from './bench-page.mjs';
import { open, root } from './harness.mjs';

const patience = 120_000;

const rows = (page) => page.getByTestId('runs-table').locator('tbody tr:not(.paper)');

/** Trains what is on the bench, and waits until the notebook has so many things. */
async function trainUntilKept(page, things) {
  await train(page);
  await notebook(page, things);
}

test('runs of an earlier visit are compared, opened, run again and forgotten', async (t) => {
  const { page } = await open(t, { path: '/?backend=cpu' });
  page.setDefaultTimeout(patience);
  await fill(page, 'epochs', 2);
  // The run, its lists, and the data.
  await trainUntilKept(page, 3);
  const { metrics } = await receipt(page);
  await page.getByTestId('system-select').selectOption('most-pop');
  await trainUntilKept(page, 5);
  await page.getByTestId('runs-kept').filter({ hasText: 'kept in this browser' }).waitFor();

  await page.goto(new URL('/?backend=cpu', page.url()).href);
  await page.getByRole('navigation').getByRole('link', { name: 'Your runs' }).click();
  await page.locator('#runs:focus').waitFor();
  await rows(page).nth(1).waitFor();
  assert.equal(await rows(page).locator('time').count(), 2);
  assert.match(await rows(page).first().innerText(), new RegExp(metrics.test.recall['20'].toFixed(4).replace('.', '\\.')));
  assert.equal(await page.getByTestId('receipt').isEnabled(), false, 'nothing was trained in this visit');
  const { violations } = await new AxeBuilder({ page }).include('section:has([data-testid=runs-table])').analyze();
  assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), []);

  // With their lists, as if they were of this visit, and beside one that is.
  await fill(page, 'epochs', 1);
  await trainUntilKept(page, 7);
  await page.getByRole('button', { name: 'Compare all with this one' }).nth(1).click();
  const side = page.getByTestId('side-by-side');
  await side.getByTestId('intervals').waitFor();
  assert.equal(await side.getByTestId('base').inputValue(), 'MostPop');
  assert.equal(await side.getByTestId('base').locator('option').count(), 3);
  // What is forgotten is compared no longer.
  const last = rows(page).nth(2).getByRole('button', { name: /^Forget/ });
  await last.click();
  await last.click();
  await side.getByTestId('base').locator('option').nth(2).waitFor({ state: 'detached' });
  await notebook(page, 5);

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    rows(page).first().getByRole('button', { name: /^Download the receipt/ }).click(),
  ]);
  assert.match(download.suggestedFilename(), /^vbpr-office-twin-seed-\d+\.json$/);
  await rows(page).first().getByRole('link', { name: /^Open/ }).click();
  await page.getByTestId('verdict').filter({ hasText: 'not re-run' }).waitFor();
  await page.getByTestId('shared-link').getByText('A result of yours').waitFor();
  await page.getByTestId('reproduce').click();
  await page.getByTestId('verdict').filter({ hasText: /identical/i }).waitFor();
  await notebook(page, 7);

  // What is on the bench is forgotten everywhere.
  const latest = rows(page).nth(2).getByRole('button', { name: /^Forget/ });
  await latest.dblclick();
  assert.equal(await rows(page).count(), 3, 'a double click answers no question');
  await latest.click();
  await rows(page).nth(2).waitFor({ state: 'detached' });
  await page.locator('[data-testid=receipt]:disabled').waitFor();
  assert.equal(await page.getByTestId('recommendations').count(), 0);
  await notebook(page, 5);

  // One is forgotten, and asked about first; then all, and with them the data.
  const forget = rows(page).first().getByRole('button', { name: /^Forget/ });
  await forget.click();
  assert.equal(await rows(page).count(), 2);
  await forget.filter({ hasText: 'for good' }).click();
  await rows(page).nth(1).waitFor({ state: 'detached' });
  await page.locator('#runs-title:focus').waitFor();
  await notebook(page, 3);
  // Alone in the table, it is forgotten from its row.
  await rows(page).first().getByRole('button', { name: /^Forget/ }).click();
  await page.getByRole('button', { name: 'Forget for good' }).click();
  await page.getByTestId('runs-table').waitFor({ state: 'detached' });
  await page.locator('#map:focus').waitFor();
  await notebook(page, 0);
  await page.reload();
  await page.locator('[data-testid=share]:enabled').waitFor();
  assert.equal(await rows(page).count(), 0);
});

test('all runs are forgotten at once, and within another page none is kept', async (t) => {
  const { page, address } = await open(t, { path: '/?backend=cpu' });
  page.setDefaultTimeout(patience);
  await page.getByTestId('system-select').selectOption('most-pop');
  await trainUntilKept(page, 3);
  await page.goto(`${address}/?backend=cpu&embed`);
  await page.getByTestId('system-select').selectOption('random');
  await train(page);
  await page.getByTestId('runs-kept').filter({ hasText: 'lost when the page is closed: a page within another' }).waitFor();
  assert.equal(await rows(page).count(), 1);
  await notebook(page, 3);

  await page.goto(`${address}/?backend=cpu`);
  await page.getByTestId('system-select').selectOption('random');
  await trainUntilKept(page, 5);
  await page.getByRole('button', { name: 'Forget all runs' }).click();
  await page.getByRole('button', { name: 'Forget all 2 runs for good' }).click();
  await page.getByTestId('runs-table').waitFor({ state: 'detached' });
  await page.locator('#map:focus').waitFor();
  await notebook(page, 0);
});

test('of data of one’s own only results are kept, and it is said', async (t) => {
  const { page } = await open(t, { path: '/?backend=cpu' });
  page.setDefaultTimeout(patience);
  await page.locator('[data-testid=share]:enabled').waitFor();
  await openBundle(page, join(root, 'datasets-small/toys-twin.fbx'), 614);
  await page.getByTestId('system-select').selectOption('most-pop');
  await trainUntilKept(page, 1);
  await page.getByTestId('runs-kept').filter({ hasText: 'Of data of your own only the results are kept.' }).waitFor();
  await page.goto(new URL('/?backend=cpu', page.url()).href);
  await page.getByTestId('system-select').selectOption('most-pop');
  await trainUntilKept(page, 4);
  await rows(page).first().getByText('Not to be compared: of data of your own only results are kept.').waitFor();
  assert(await rows(page).first().getByRole('checkbox').isDisabled());
});

test('what the notebook cannot read is left out, and a browser without one is told about', async (t) => {
  const { page } = await open(t, { path: '/?backend=cpu' });
  page.setDefaultTimeout(patience);
  await page.getByTestId('system-select').selectOption('most-pop');
  await trainUntilKept(page, 3);
  await page.evaluate(async () => {
    const finished = (request) => new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
    const database = await finished(indexedDB.open('fusebox-notebook'));
    const runs = database.transaction('runs', 'readwrite').objectStore('runs');
    const [name] = (await finished(runs.getAllKeys())).filter((name) => name.startsWith('lists '));
    await finished(runs.put({ start: 'torn' }, name));
    await finished(runs.put({ format: 1, receipt: null }, 'run 0-torn'));
    await finished(runs.put('not even an object', 'run 1-torn'));
    database.close();
  });
  await page.goto(new URL('/?backend=cpu', page.url()).href);
  await page.getByTestId('system-select').selectOption('random');
  await train(page);
  await page.getByRole('button', { name: 'Compare all with this one' }).first().click();
  assert.equal(await rows(page).count(), 2);
  await page.getByText('The lists of this run are no longer kept').waitFor();

  await page.addInitScript(() => {
    indexedDB.open = () => {
      throw new DOMException('refused', 'SecurityError');
    };
  });
  await page.goto(new URL('/?backend=cpu', page.url()).href);
  await page.getByTestId('system-select').selectOption('most-pop');
  await train(page);
  await page.getByTestId('runs-kept').filter({ hasText: 'lost when the page is closed: this browser did not let' }).waitFor();
  assert.equal(await rows(page).count(), 1);
});
