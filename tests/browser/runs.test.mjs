// The reader's own runs: two are trained, held against each other, and looked at slice by slice.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { AxeBuilder } from '@axe-core/playwright';
import { fill, receipt, train } from './bench-page.mjs';
import { open } from './harness.mjs';

const patience = 120_000;

/** Trains what is on the bench, as the run of that number. */
async function trainNth(page, number) {
  await train(page);
  const row = page.getByTestId('runs-table').locator('tbody tr:not(.paper)').nth(number - 1);
  await row.waitFor({ timeout: patience });
  return receipt(page);
}

/** The lines of the interval plot: what each is called, and what is found. */
const lines = (page) =>
  page
    .getByTestId('side-by-side')
    .getByTestId('intervals')
    .locator('tbody tr')
    .evaluateAll((rows) =>
      rows.map((row) => ({
        label: row.querySelector('th').innerText.trim(),
        change: row.querySelector('.value').innerText,
        drawn: row.querySelector('td.plot circle') !== null,
      })),
    );

/** Once what is asked for is computed. */
async function accessible(page) {
  await page.locator('[data-testid=side-by-side] [aria-busy=false]').waitFor({ timeout: patience });
  const { violations } = await new AxeBuilder({ page }).include('section:has(> [data-testid=side-by-side])').analyze();
  assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), []);
}

test('two runs are compared with intervals, and slice by slice', async (t) => {
  const asked = [];
  const before = (page) => page.on('request', (request) => asked.push(request.url()));
  const { page } = await open(t, { path: '/?backend=cpu', before });
  await fill(page, 'epochs', 2);
  const vbpr = await trainNth(page, 1);
  assert.equal(await page.getByTestId('compare-runs').count(), 0, 'one run is compared with nothing');
  await page.getByTestId('system-select').selectOption('most-pop');
  const mostPop = await trainNth(page, 2);
  assert.equal(asked.filter((url) => /compare|SideBySide/.test(url)).length, 0, 'nothing is loaded unasked');

  const all = page.getByRole('button', { name: 'Compare all with this one' });
  await all.nth(1).click({ timeout: patience });
  const side = page.getByTestId('side-by-side');
  await side.getByTestId('intervals').waitFor({ timeout: patience });
  assert.equal(await side.getByTestId('base').inputValue(), 'MostPop');

  // What is shown is what the receipts say.
  const [recall] = await lines(page);
  assert.match(recall.label, /^Recall/);
  assert(recall.drawn, 'an interval is drawn');
  const [mine, theirs] = [vbpr, mostPop].map(({ metrics }) => metrics.test.recall['20']);
  const change = Math.abs((mine / theirs - 1) * 100).toFixed(1);
  assert.match(recall.change, new RegExp(`${change}\\s%$`));
  await side.getByTestId('reading').filter({ hasText: /VBPR against MostPop\. (Better|Worse|The same|Open): / }).waitFor();
  await side.getByTestId('single').waitFor();
  await side.getByTestId('every-value').locator('summary').click();
  for (const [name, cutoffs] of Object.entries(vbpr.metrics.test)) {
    const cells = await side.locator(`[data-testid=own-values] [data-metric=${name}][data-cutoff="20"]`).allInnerTexts();
    assert.equal(cells.length, 2, `${name}: ${JSON.stringify(cutoffs)}`);
  }
  await accessible(page);

  // Only what was held out of the long tail; then every slice.
  await side.getByTestId('slice').selectOption('long-tail-items');
  await side.getByText('Only they can be hit').waitFor({ timeout: patience });
  assert.deepEqual((await lines(page)).length, 3, 'metrics of what is shown are left out');
  await side.getByText('Every slice').click();
  await side.locator('[data-testid=intervals] tbody tr', { hasText: 'People with many things' }).waitFor({ timeout: patience });
  assert.equal((await lines(page))[0].label, 'Everything');
  assert.equal((await lines(page))[0].change, recall.change);
  await accessible(page);

  await side.getByTestId('export').first().click();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.locator('[popover]:popover-open').getByRole('button', { name: 'CSV' }).click(),
  ]);
  const csv = readFileSync(await file.path(), 'utf8');
  assert.match(csv, /synthetic/);
  assert.match(csv, /Items of the long tail/);
});

test('runs that are judged otherwise say why they cannot be compared, at 360 px', async (t) => {
  const { page } = await open(t, { path: '/?backend=cpu', context: { viewport: { width: 360, height: 800 }, colorScheme: 'dark' } });
  await page.getByTestId('system-select').selectOption('most-pop');
  await trainNth(page, 1);
  await page.locator('#stage-data label', { hasText: 'Toys twin' }).click();
  await trainNth(page, 2);
  await page.getByRole('checkbox', { name: /^Compare .* run 1$/ }).check({ timeout: patience });
  await page.getByText('Not to be compared with what is chosen: learned from other data.').waitFor();
  assert(await page.getByRole('checkbox', { name: /^Compare .* run 2$/ }).isDisabled());
  assert(await page.getByTestId('compare-runs').isDisabled());
  await page.locator('#stage-data label', { hasText: 'Office twin' }).click();
  await page.getByTestId('system-select').selectOption('random');
  await trainNth(page, 3);
  await page.getByRole('checkbox', { name: /^Compare .* run 3$/ }).check({ timeout: patience });
  await page.getByTestId('compare-runs').click();
  await page.getByTestId('side-by-side').getByTestId('intervals').waitFor({ timeout: patience });
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
  await accessible(page);
});
