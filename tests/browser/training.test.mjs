// A training is played at any speed, changed on the way, and outlives its Worker and its page.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { AxeBuilder } from '@axe-core/playwright';
import { fill, finished, holdWorkers, openBundle, receipt, train } from './bench-page.mjs';
import { cpuOnly, open, root } from './harness.mjs';

/** Long enough for a busy machine; nothing is judged by it. */
const patience = 120_000;

/** The bench on the CPU; `before` sees the page before it is loaded. */
async function bench(t, before) {
  const opened = await open(t, { path: '/?backend=cpu', before });
  opened.page.setDefaultTimeout(patience);
  // While data arrive, controls move under the pointer.
  await opened.page.locator('[data-testid=share]:enabled').waitFor();
  return opened;
}

/** The names of what the page has stored of trainings. */
function stored(page) {
  return page.evaluate(async () => {
    const open = indexedDB.open('fusebox-checkpoints');
    await new Promise((resolve) => (open.onsuccess = resolve));
    const names = open.result.transaction('runs').objectStore('runs').getAllKeys();
    await new Promise((resolve) => (names.onsuccess = resolve));
    open.result.close();
    return names.result;
  });
}

async function until(condition) {
  const end = Date.now() + patience;
  while (!(await condition())) assert(Date.now() < end, 'waited in vain');
}

/** A run of one step an epoch. */
async function short(page, epochs = 14) {
  await fill(page, 'epochs', epochs);
  await fill(page, 'training-batch-size', 8192);
  await fill(page, 'training-evaluate-every', 2);
}

const choose = (page, speed) => page.getByTestId('speed').getByText(speed).click();

/** Trains slowly until there is a checkpoint, and gives the epoch that the page shows then. */
async function trainUntilKept(page) {
  await choose(page, 'A step a moment');
  await page.getByTestId('play').click();
  await until(async () => (await stored(page)).length > 0);
  return Number(await page.getByTestId('epoch').innerText());
}

/** What does not depend on when and how a run was computed. */
async function outcome(page) {
  const { metrics, 'lists-digest': lists, 'best-epoch': best, fingerprints, curve } = await receipt(page);
  return { metrics, lists, best, fingerprints, curve };
}

test('a training is played a step a moment and in slow motion', async (t) => {
  const { page } = await bench(t);
  await short(page, 40);
  await choose(page, 'A step a moment');
  await page.getByTestId('play').click();
  await page.getByTestId('training-status').filter({ hasText: 'a step a moment' }).waitFor();
  await page.getByTestId('epoch').filter({ hasText: /^2$/ }).waitFor();
  await choose(page, 'Slow motion');
  const step = page.getByTestId('one-step');
  await step.filter({ hasText: 'Each round trains one step' }).waitFor();
  const epoch = Number(await page.getByTestId('epoch').innerText());
  const next = step.getByRole('button', { name: 'Next' });
  while (!(await step.getByRole('heading', { name: 'The loss' }).isVisible())) await next.click();
  await page.getByTestId('epoch').filter({ hasText: String(epoch + 1) }).waitFor();
  const { violations } = await new AxeBuilder({ page }).analyze();
  assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), []);
  await choose(page, 'Full speed');
  await page.getByTestId('play').click();
  await finished(page);
  assert.match(await page.getByTestId('stopping').innerText(), /^Best at epoch \d+, which is kept/);
  assert.equal((await receipt(page)).spec.training['learning-rate-from'], undefined);
});

test('a training that is asked for while data arrive waits for them', async (t) => {
  let deliver;
  const asked = new Promise((resolve) => (deliver = resolve));
  const { page } = await bench(t, (page) =>
    page.route('**/toys-twin.fbx', async (route) => {
      await asked;
      await route.continue();
    }),
  );
  await page.getByTestId('system-select').selectOption('most-pop');
  await page.locator('#stage-data label', { hasText: 'Toys twin' }).click();
  await page.getByTestId('play').click();
  deliver();
  await finished(page);
  assert.equal((await receipt(page)).dataset.name, 'toys-twin');
});

test('a link that is opened in mid-training leaves it to be gone on with', async (t) => {
  const { page } = await bench(t);
  await fill(page, 'seed', 2);
  await page.waitForFunction(() => location.hash !== '');
  const link = await page.evaluate(() => location.hash);
  await short(page);
  await fill(page, 'seed', 3);
  await trainUntilKept(page);
  await page.evaluate((link) => (location.hash = link), link);
  await page.getByTestId('shared-link').getByTestId('reproduce').waitFor();
  await choose(page, 'Full speed');
  await page.getByTestId('interrupted-go-on').click();
  await finished(page);
  assert.equal((await receipt(page)).spec.seed, 3);
});

test('the learning rate is changed without losing the run, and the receipt and the link say so', async (t) => {
  const { page, address } = await bench(t);
  await short(page);
  for (const nth of [1, 2, 3]) {
    await page.getByTestId('step').click();
    await page.getByTestId('epoch').filter({ hasText: String(nth) }).waitFor();
  }
  await fill(page, 'learning-rate', 0.0005);
  await page.getByTestId('rate-changes').filter({ hasText: ', 5e-4 from epoch 4' }).waitFor();
  // The slider moves by keyboard, and what was meant for the same epoch is replaced.
  await page.getByRole('slider', { name: 'Learning rate' }).and(page.getByLabel(/next epoch/)).press('ArrowLeft');
  await page.getByTestId('rate-changes').filter({ hasNotText: '5e-4' }).waitFor();
  await fill(page, 'learning-rate', 7);
  await page.locator('#training').getByText(/learning-rate/).waitFor();
  await page.getByTestId('play').click();
  await finished(page);
  const { spec } = await receipt(page);
  const changes = spec.training['learning-rate-from'];
  assert.equal(changes.length, 1);
  assert.equal(changes[0].epoch, 4);
  assert(changes[0].rate < 0.0005 && changes[0].rate > 0.0003, `${changes[0].rate}`);
  assert.notEqual(spec['hyper-parameters']['learning-rate'], changes[0].rate);
  await page.getByTestId('runs-table').filter({ hasText: 'from epoch 4' }).waitFor();

  await page.getByTestId('share').click();
  const link = await page.getByTestId('share-address').inputValue();
  await page.goto('about:blank');
  await page.goto(`${address}/?backend=cpu${new URL(link).hash}`);
  await page.getByTestId('reproduce').click();
  await page.getByTestId('verdict').filter({ hasText: /identical/i }).waitFor();
});

test('a reloaded page goes on, and ends as if it had never been closed', async (t) => {
  const { page } = await bench(t);
  await short(page);
  await train(page);
  const whole = await outcome(page);
  assert.deepEqual(await stored(page), []);

  await page.getByTestId('reset').click();
  await trainUntilKept(page);
  // Another tab does not offer what this one trains.
  const other = await page.context().newPage();
  await other.goto(page.url());
  await other.getByTestId('play').waitFor();
  await page.getByTestId('pause').click();
  assert.equal(await other.getByTestId('interrupted').count(), 0);
  await other.close();

  await page.reload();
  const offer = page.getByTestId('interrupted');
  await offer.filter({ hasText: /interrupted at epoch \d+ of 14/ }).waitFor();
  const { violations } = await new AxeBuilder({ page }).analyze();
  assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), []);
  await page.getByTestId('interrupted-go-on').click();
  await finished(page);
  assert.deepEqual(await outcome(page), whole);
  await offer.waitFor({ state: 'detached' });
  assert.deepEqual(await stored(page), []);
});

test('a training on data of one’s own goes on after a reload, with the data', async (t) => {
  const { page } = await bench(t);
  await openBundle(page, join(root, 'datasets-small/toys-twin.fbx'), 614);
  await short(page);
  await trainUntilKept(page);
  await page.reload();
  await page.getByTestId('interrupted-go-on').click();
  await finished(page);
  const { dataset, curve } = await receipt(page);
  assert.deepEqual([dataset.name, curve.length], ['toys-twin', 14]);
  assert.deepEqual(await stored(page), []);
});

test('an interrupted training can be thrown away, and a damaged one is', async (t) => {
  const { page } = await bench(t);
  await short(page);
  await trainUntilKept(page);
  await page.reload();
  await page.getByTestId('interrupted-throw-away').click();
  await page.getByTestId('interrupted').waitFor({ state: 'detached' });
  assert.deepEqual(await stored(page), []);

  await short(page);
  await trainUntilKept(page);
  await page.getByTestId('pause').click();
  await page.evaluate(async () => {
    const open = indexedDB.open('fusebox-checkpoints');
    await new Promise((resolve) => (open.onsuccess = resolve));
    const runs = open.result.transaction('runs', 'readwrite').objectStore('runs');
    const all = runs.getAll();
    await new Promise((resolve) => (all.onsuccess = resolve));
    const [record] = all.result;
    runs.put({ ...record, numbers: new Blob(['torn']) }, record.id);
    await new Promise((resolve) => (runs.transaction.oncomplete = resolve));
    open.result.close();
  });
  await page.reload();
  await page.getByTestId('interrupted-go-on').click();
  await page.getByTestId('error-panel').filter({ hasText: /damaged/ }).waitFor();
  await until(async () => (await stored(page)).length === 0);
});

test('a Worker that dies costs no more than the epochs since its last checkpoint', async (t) => {
  const { page } = await bench(t, holdWorkers);
  await short(page);
  await trainUntilKept(page);
  await page.evaluate(() => {
    const worker = globalThis.workers.at(-1);
    worker.terminate();
    worker.dispatchEvent(new ErrorEvent('error', { message: 'out of memory' }));
  });
  const panel = page.getByTestId('error-panel');
  await panel.filter({ hasText: 'out of memory' }).waitFor();
  await choose(page, 'Full speed');
  await panel.getByRole('button', { name: /Go on from epoch \d+/ }).click();
  await finished(page);
  const { curve, 'lists-digest': lists } = await receipt(page);
  assert.deepEqual(curve.map(({ epoch }) => epoch), Array.from({ length: 14 }, (_, nth) => nth + 1));

  await page.getByTestId('play').click();
  await page.getByTestId('runs-table').locator('tbody tr:not(.paper)').nth(1).waitFor();
  assert.equal((await receipt(page))['lists-digest'], lists);
});

/** Devices of Workers can be destroyed from the page, which is told to who uses them as any other loss is. */
function holdDevices(page) {
  const hold = `{
    const request = GPUAdapter.prototype.requestDevice;
    GPUAdapter.prototype.requestDevice = async function (...wishes) {
      const device = await request.apply(this, wishes);
      new BroadcastChannel('lose').onmessage = () => device.destroy();
      return device;
    };
  }`;
  return page.route(/\/worker-[^/]*\.js$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${hold}\n${await response.text()}` });
  });
}

test('a GPU that is lost costs no more than the epochs since the last checkpoint', { skip: cpuOnly }, async (t) => {
  const { page, errors } = await open(t, { webgpu: true, path: '/?backend=gpu', before: holdDevices });
  page.setDefaultTimeout(2 * patience);
  await short(page, 4);
  await fill(page, 'parameter-factors', 8);
  await trainUntilKept(page);
  await page.evaluate(() => new BroadcastChannel('lose').postMessage(null));
  const panel = page.getByTestId('error-panel');
  await panel.filter({ hasText: 'The GPU was lost' }).waitFor();
  assert(errors.splice(0).every((error) => /device was lost/.test(error)), 'only the engine noticed');
  await choose(page, 'Full speed');
  await panel.getByRole('button', { name: /Go on from epoch \d+/ }).click();
  await finished(page);
  const { curve, backend } = await receipt(page);
  assert.deepEqual(curve.map(({ epoch }) => epoch), [1, 2, 3, 4]);
  assert.equal(backend.kind, 'gpu');
});

test('a browser that stores nothing is told about in a sentence, and the training ends well', async (t) => {
  const refuse = (page) =>
    page.addInitScript(() => {
      indexedDB.open = () => {
        throw new DOMException('refused', 'SecurityError');
      };
    });
  const { page } = await bench(t, refuse);
  await short(page, 12);
  await choose(page, 'A step a moment');
  await page.getByTestId('play').click();
  await page.getByTestId('checkpoint-problem').filter({ hasText: 'lost when the page is closed' }).waitFor();
  await choose(page, 'Full speed');
  await finished(page);
});

test('a page that nobody sees trains on', async (t) => {
  // No frame is ever drawn, as in a tab behind others.
  const hide = (page) =>
    page.addInitScript(() => {
      globalThis.requestAnimationFrame = () => 0;
      Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' });
      Object.defineProperty(document, 'hidden', { get: () => true });
    });
  const { page } = await bench(t, hide);
  await short(page);
  await train(page);
  assert.equal((await receipt(page)).curve.length, 14);
});
