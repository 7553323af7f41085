// The committed suites: a question opened, its comparisons read, before anything is trained.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { AxeBuilder } from '@axe-core/playwright';
import { open } from './harness.mjs';

async function committed(folder, file) {
  return JSON.parse(await readFile(new URL(`../../suites/results/${folder}/${file}.json`, import.meta.url), 'utf8'));
}

/** Opens an experiment by the keyboard, and waits for its rows. */
async function choose(page, folder) {
  await page.locator(`#experiment-${folder}`).focus();
  await page.keyboard.press('Enter');
  await page.getByTestId('strips').waitFor();
}

/** The rows of the interval plot, as `early concat −15.5 % lower`. */
const findings = (page) =>
  page
    .getByTestId('intervals')
    .locator('tbody tr')
    .evaluateAll((rows) =>
      rows.map((row) => {
        const finding = row.querySelector('td.found button').innerText.replace(/[^a-z ]/g, '').trim();
        return [row.querySelector('th').innerText, row.querySelector('.value').innerText, finding].join(' ').replaceAll('\u00a0', ' ');
      }),
    );

/** What the file says of a question, in the same words. */
function expected({ questions }, words, metric) {
  const { pairs } = questions.find(({ question }) => question.includes(words));
  return pairs.map(({ label, differences }) => {
    const { relative, finding } = differences[metric];
    const size = Math.abs(relative * 100).toFixed(1);
    const sign = size === '0.0' ? '±' : relative < 0 ? '−' : '+';
    return `${label} ${sign}${size} % ${finding === 'same' ? 'the same' : finding.replace('-', ' ')}`;
  });
}

async function accessible(page) {
  const { violations } = await new AxeBuilder({ page }).include('#measured').analyze();
  assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), []);
}

test('a question is opened, and what is found is what the file says', async (t) => {
  const asked = [];
  const before = (page) => page.on('request', (request) => asked.push(request.url()));
  const { page } = await open(t, { before });
  await page.locator('#measured').scrollIntoViewIfNeeded();
  await accessible(page);
  assert.equal(asked.filter((url) => /comparisons|Experiment/.test(url)).length, 0, 'nothing is loaded unasked');

  await choose(page, 'fusion');
  const comparisons = await committed('fusion', 'comparisons');
  assert.deepEqual(await findings(page), expected(comparisons, 'the parameters', 'recall'));
  assert.match((await findings(page))[0], /^joint \+15.6 % higher$/);

  await page.locator('#measured').getByText('Is anything better').click();
  await page.getByTestId('tally').filter({ hasText: 'Recall, against joint: of 16 pairs, 5 lower, 11 open.' }).waitFor();
  await page.getByTestId('compared-metric').selectOption('gini');
  await page.getByTestId('tally').filter({ hasText: 'Gini' }).waitFor();
  assert.deepEqual(await findings(page), expected(comparisons, 'Is anything better', 'gini'));

  // How sure it is, by focus; and every number.
  const finding = page.getByTestId('intervals').locator('td.found button').first();
  await finding.focus();
  await page.getByRole('tooltip').filter({ hasText: 'Corrected for 385 differences' }).waitFor();
  for (const details of await page.locator('#measured details').all()) {
    await details.evaluate((details) => (details.open = true));
  }
  await page.getByTestId('p-values').getByText('−0.0224').first().waitFor();
  await accessible(page);

  await page.locator('#measured').getByText('← All questions').click();
  await page.locator('#experiment-fusion:focus').waitFor();
});

test('a question that was asked of several data shows those that are chosen', async (t) => {
  const { page } = await open(t);
  await choose(page, 'fusion-toys');
  const data = page.locator('#measured label', { hasText: 'Data' }).locator('select');
  const places = await data.locator('option').count();
  assert.equal(places, 10);
  const found = [];
  for (let place = places - 1; place > 0; place -= 4) {
    await data.selectOption({ index: place });
    await page.getByText('Downloading the results…').waitFor({ state: 'detached' });
    const [, folder] = /suites\/results\/([\w-]+)/.exec(await page.locator('#measured').innerText());
    await page.getByTestId('intervals').waitFor();
    assert.deepEqual(await findings(page), expected(await committed(folder, 'comparisons'), 'the parameters', 'recall'));
    found.push(folder);
  }
  assert.equal(new Set(found).size, 3);
  await accessible(page);
});

test('rows are folded, and a point of the plot is reached by arrows', async (t) => {
  const { page } = await open(t);
  await choose(page, 'joint');
  const strips = page.getByTestId('strips').locator('tbody tr');
  assert.equal(await strips.count(), 5);
  await page.getByTestId('rows-shown').selectOption({ label: 'All 17 rows' });
  assert.equal(await strips.count(), 17);
  await page.getByTestId('rows-shown').selectOption({ label: 'joint on a graph (5)' });
  assert.equal(await strips.count(), 5);

  const plot = page.locator('#measured').getByRole('listbox');
  await page.locator('#measured').getByTestId('tradeoff-y').selectOption('aplt');
  await plot.focus();
  await page.keyboard.press('End');
  const { rows } = await committed('joint', 'table');
  const most = rows
    .filter(({ label }) => label.startsWith('joint on a graph'))
    .sort((left, right) => right.test.recall['20'].mean - left.test.recall['20'].mean)[0];
  const { recall, aplt } = most.test;
  const point = plot.getByRole('option', { selected: true });
  assert.equal(
    (await point.getAttribute('aria-label')).replace(', beaten by none in both', ''),
    `${most.label}: Recall ${recall['20'].mean.toFixed(4)}, APLT ${aplt['20'].mean.toFixed(4)}`,
  );
});

test('the experiments fit into 360 px', async (t) => {
  const { page } = await open(t, { context: { viewport: { width: 360, height: 740 } } });
  const fits = () => page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);
  await page.locator('#measured .data', { hasText: / twin and \d+ others/ }).waitFor();
  assert(await fits(), 'the questions are wider than the page');
  for (const folder of ['office-tuned', 'joint', 'fusion-conjunction']) {
    await choose(page, folder);
    for (const details of await page.locator('#measured details').all()) {
      await details.evaluate((details) => (details.open = true));
    }
    assert(await fits(), `${folder} is wider than the page`);
    await page.locator('#measured').getByText('← All questions').click();
  }
});

test('results that cannot be downloaded get a sentence, and come when there is a network again', async (t) => {
  const { page, errors } = await open(t);
  let failed = 0;
  await page.route(/table/, (route) => {
    failed += 1;
    return route.abort();
  });
  await page.locator('#experiment-joint').click();
  await page.locator('#measured').getByRole('alert').filter({ hasText: 'could not be downloaded' }).waitFor();
  // The browser may tell of them after the page has.
  while (errors.length < failed) await page.waitForEvent('console');
  errors.splice(0);
  await page.unroute(/table/);
  await page.locator('#measured').getByText('← All questions').click();
  await choose(page, 'joint');
});
