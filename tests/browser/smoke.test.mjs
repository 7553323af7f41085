// The build opens at all, and the harness can see what it promises.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { cpuOnly, open } from './harness.mjs';

/** Which WebGPU adapter a dedicated Worker of the page gets: the place where the page uses it. */
function adapterInWorker() {
  const source = `
    navigator.gpu.requestAdapter().then(
      (adapter) => postMessage(adapter && adapter.info.vendor + ' ' + adapter.info.architecture),
      (error) => postMessage(String(error)),
    );`;
  const worker = new Worker(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })));
  return new Promise((resolve, reject) => {
    worker.addEventListener('message', ({ data }) => resolve(data));
    worker.addEventListener('error', ({ message }) => reject(new Error(message)));
  });
}

/** A page of our own origin without the built page's security policy, which forbids Workers made of text. */
const blank = '/bench/blank.html';

/** What the page is made of, in the order in which it is read. */
const PARTS = [
  'Learn it by doing',
  'Which system wins depends on what you ask',
  'What was asked here, and what came out',
  'Open a run, and make it your own',
  'Now build one and train it here',
  'What came out?',
  'For whom?',
  'Map of items',
];

test('the first view opens and says what it is', async (t) => {
  const { page } = await open(t);
  const heading = page.getByRole('heading', { level: 1 });
  await heading.waitFor();
  assert.match(await heading.innerText(), /recommendations/i);
  assert.match(await page.title(), /fusebox/i);
});

test('a reader who does nothing gets the whole page', async (t) => {
  const { page } = await open(t);
  await page.getByTestId('play').waitFor();
  assert.deepEqual(await page.locator('main h2').allInnerTexts(), PARTS);
});

test('a bench that cannot be downloaded is told about, and comes with the page that is loaded again', async (t) => {
  const { page, errors } = await open(t, { before: (page) => page.route(/Bench-/, (route) => route.abort()) });
  await page.keyboard.press('Tab');
  await page.getByRole('heading', { name: 'The bench could not be downloaded' }).waitFor();
  await page.unroute(/Bench-/);
  assert(errors.splice(0).every((error) => /ERR_FAILED/.test(error)), 'only the network failed');
  await page.getByRole('button', { name: 'Load the page again' }).click();
  await page.keyboard.press('Tab');
  await page.getByTestId('play').waitFor();
});

test('the committed results are shown as they are', async (t) => {
  const { page } = await open(t);
  const section = page.locator('#measured');
  for (const folder of ['office-paper', 'office-tuned', 'twin-paper']) {
    await page.locator(`#experiment-${folder}`).click();
    const committed = new URL(`../../suites/results/${folder}/table.json`, import.meta.url);
    const { rows } = JSON.parse(await readFile(committed, 'utf8'));
    const recall = ({ label, test }) => `${label} ${test.recall['20'].mean.toFixed(4)}`;
    const numbers = section.getByTestId('measured-table');
    await numbers.waitFor();
    const shown = numbers.locator('tbody tr');
    const lines = await shown.evaluateAll((shown) =>
      shown.map((row) => `${row.querySelector('th button').innerText} ${row.querySelector('td .value').innerText}`),
    );
    assert.deepEqual(lines, rows.map(recall));
    await section.getByText('← All questions').click();
  }
});

test('without WebGPU a Worker gets no adapter', async (t) => {
  const { page } = await open(t, { path: blank });
  assert.equal(await page.evaluate(adapterInWorker), null);
});

test('with WebGPU a Worker gets a software adapter', { skip: cpuOnly }, async (t) => {
  const { page } = await open(t, { webgpu: true, path: blank });
  assert.match(String(await page.evaluate(adapterInWorker)), /swiftshader/i);
});

test('files are served with the types that a browser insists on', async (t) => {
  const { page, address } = await open(t, { path: blank });
  const typeOf = async (path) => (await page.request.get(address + path)).headers()['content-type'];
  assert.equal(await typeOf('/pkg/fusebox_cpu_bg.wasm'), 'application/wasm');
  assert.match(await typeOf('/pkg/fusebox_cpu.js'), /^text\/javascript/);
  for (const outside of ['/pkg/../Cargo.toml', '/pkg/..%2fCargo.toml', '/..%2f..%2fCargo.toml']) {
    assert.equal((await page.request.get(address + outside)).status(), 404, outside);
  }
});
