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

async function withoutViolations(page, part) {
  const { violations } = await new AxeBuilder({ page }).include(part).analyze();
  assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), []);
}

/** Once what is asked for is computed. */
async function accessible(page) {
  await page.locator('[data-testid=side-by-side] [aria-busy=false]').waitFor({ timeout: patience });
  await withoutViolations(page, 'section:has(> [data-testid=side-by-side])');
}

const fits = (page) => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);

/** The text of the table of results that is exported here. */
async function csvOf(page, exported) {
  await exported.click();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.locator('[popover]:popover-open').getByRole('button', { name: 'CSV' }).click(),
  ]);
  return readFileSync(await file.path(), 'utf8');
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

  const csv = await csvOf(page, side.getByTestId('export').first());
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
  assert(await fits(page), 'wider than the page');
  await accessible(page);

  // Only what is judged as the latest run is can be drawn with it.
  const plot = page.getByTestId('runs-tradeoff');
  await plot.getByText('Left out: 1 run (learned from other data).').waitFor();
  await plot.locator('svg [role=option]').nth(1).waitFor();
  assert.equal(await plot.locator('svg [role=option]').count(), 2);
});

test('the page judges at four lengths, or at those that are chosen, and a link of its first run is short', async (t) => {
  const { page } = await open(t, { path: '/?backend=cpu' });
  await train(page);
  const { spec, metrics } = await receipt(page);
  assert.deepEqual(spec.protocol.cutoffs, [5, 10, 20, 50]);
  assert.deepEqual(Object.keys(metrics.test.recall), ['5', '10', '20', '50']);
  await page.waitForFunction((digest) => location.hash.length > digest, 200);
  const { length } = await page.evaluate(() => location.href);
  t.diagnostic(`the link of the first run has ${length} characters`);
  assert(length < 400, `${length} characters`);

  await page.getByTestId('reset').click();
  await page.getByText('Training and protocol').click();
  for (const length of [5, 10, 50]) await page.getByTestId(`length-${length}`).uncheck();
  assert(await page.getByTestId('length-20').isDisabled(), 'one stays');
  await page.getByTestId('length-50').check();
  await withoutViolations(page, '#system');
  await page.getByTestId('system-select').selectOption('most-pop');
  const mostPop = await trainNth(page, 2);
  assert.deepEqual(Object.keys(mostPop.metrics.test.recall), ['20', '50']);

  // One length is shown of all, and a run that is not judged at it is not drawn.
  const runs = page.locator('section:has(> * > [data-testid=runs-table])');
  const plot = page.getByTestId('runs-tradeoff');
  await plot.waitFor({ timeout: patience });
  const row = runs.locator('tbody tr', { hasText: 'MostPop' });
  await row.getByRole('checkbox').focus();
  await plot.getByText(`MostPop: Recall ${mostPop.metrics.test.recall['20'].toFixed(4)}, Coverage`).waitFor();
  await plot.getByRole('listbox').focus();
  await page.keyboard.press('Home');
  await runs.locator('tbody tr.chosen').waitFor();
  await withoutViolations(page, '[data-testid=runs-tradeoff]');
  await runs.locator('label', { hasText: '@10' }).click();
  await plot.waitFor({ state: 'detached' });
  assert.match(await csvOf(page, runs.getByTestId('export').first()), /recall@5,recall@10,recall@20,recall@50/);
});

for (const [name, context] of [
  ['wide and light', { viewport: { width: 1280, height: 900 }, colorScheme: 'light' }],
  ['narrow and dark', { viewport: { width: 360, height: 800 }, colorScheme: 'dark' }],
]) {
  test(`one run is judged by people and items when that is opened, ${name}`, async (t) => {
    const asked = [];
    const before = (page) => page.on('request', (request) => asked.push(request.url()));
    const { page } = await open(t, { path: '/?backend=cpu', context, before });
    await page.getByTestId('system-select').selectOption('most-pop');
    const { metrics } = await trainNth(page, 1);
    const folded = page.getByTestId('by-slice');
    assert.equal(asked.filter((url) => /compare|BySlice/.test(url)).length, 0, 'nothing is loaded unasked');

    await folded.getByText('Where is it good?').click();
    const table = folded.getByTestId('slices-table');
    await table.waitFor({ timeout: patience });
    const cells = (row) => table.locator('tbody tr', { hasText: row }).locator('.value').allInnerTexts();
    await folded.locator('label', { hasText: '@5' }).first().click();
    const everything = await cells('Everything');
    assert.equal(everything[0], metrics.test.recall['5'].toFixed(4), 'as the receipt has it');
    assert.equal(everything.length, 7);
    assert.equal((await cells('Items of the long tail')).length, 4, 'metrics of what is shown are left out');
    const many = folded.getByRole('button', { name: 'People with many things' });
    const meaning = await page.locator(`[id="${await many.getAttribute('aria-describedby')}"]`).textContent();
    assert.match(meaning, /The half of the people who took most in train/);
    assert(await fits(page), 'wider than the page');
    await withoutViolations(page, '[data-testid=by-slice]');
    const csv = await csvOf(page, folded.getByTestId('export'));
    assert.match(csv, /recall@5,recall@10,recall@20,recall@50/);
    assert.match(csv, /Items with a picture,with-visual/);
  });
}
