// The page on WebGPU (SwiftShader: a real device, computed on the CPU), with data so few that a step is quick; and on
// devices that are not there, compute wrongly or go away.

import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { fill, finished, fusebox, receipt, temporaryFolder, train } from './bench-page.mjs';
import { cpuOnly, open } from './harness.mjs';
import { orders, products, USERS } from './shop.mjs';

/** Long enough for a software GPU on a busy machine; nothing is judged by it. */
const patience = 240_000;

/** The shop's two tables as a bundle; its texts are the items' one modality. */
async function bundleOfShop(t) {
  const folder = await temporaryFolder(t);
  const at = (name) => join(folder, name);
  await writeFile(at('orders.csv'), orders);
  await writeFile(at('products.csv'), products);
  const interactions = ['--interactions', 'orders.csv', '--user', 'customer_id', '--item', 'product_id', '--timestamp', 'when'];
  const items = ['--items', 'products.csv', '--item-id', 'product_id', '--title', 'name', '--description', 'description'];
  fusebox('import', 'csv', folder, ...interactions, ...items, '-o', at('shop.fbx'));
  return at('shop.fbx');
}

async function openShop(page, bundle) {
  await page.getByTestId('open-bundle').setInputFiles(bundle);
  await page.locator('#data dd', { hasText: new RegExp(`^${USERS}$`) }).first().waitFor();
}

/** The shop on the bench, for a run of a step or a few in each epoch. */
async function bench(t, { before, batch = 8192 } = {}) {
  const bundle = await bundleOfShop(t);
  const opened = await open(t, { webgpu: true, path: '/?backend=gpu', before });
  const { page } = opened;
  page.setDefaultTimeout(patience);
  await page.getByTestId('play').click({ trial: true });
  await openShop(page, bundle);
  await fill(page, 'epochs', 4);
  await fill(page, 'training-batch-size', batch);
  await fill(page, 'training-evaluate-every', 2);
  await fill(page, 'parameter-factors', 8);
  return { ...opened, bundle };
}

/** What a run is computed on, and why. */
const backendSaid = (page) => page.getByTestId('backend-badge').innerText();

/** What a Worker of the page does before anything else. */
const inWorkers = (script) => (page) =>
  page.route(/\/worker-[^/]*\.js$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `{${script}}\n${await response.text()}` });
  });

test('VBPR on the GPU: checked first, a list and its why, a map, a link that holds', { skip: cpuOnly }, async (t) => {
  const { page, address, bundle } = await bench(t);
  await train(page);
  const { backend, curve } = await receipt(page);
  assert.deepEqual([backend.kind, curve.length], ['gpu', 4]);
  const said = await backendSaid(page);
  t.diagnostic(said);
  const [, difference] = /GPU[^]*One step was compared: relative difference ([\d.e-]+)/.exec(said);
  assert(Number(difference) < 1e-3, difference);

  await page.getByTestId('show-why').click();
  await page.getByTestId('why-sentence').first().waitFor();
  assert.match(await page.getByTestId('why-legend').innerText(), /Adds up exactly/);
  await page.locator('#map').scrollIntoViewIfNeeded();
  const fused = page.locator('#map figure', { hasText: 'After fusion' });
  await fused.getByText(/After training, epoch \d/).waitFor();
  await fused.getByText('Keeps').waitFor();

  await page.getByTestId('share').click();
  const { hash } = new URL(await page.getByTestId('share-address').inputValue());
  await page.goto('about:blank');
  await page.goto(`${address}/?backend=gpu${hash}`);
  await page.getByTestId('verdict').filter({ hasText: /not re-run/i }).waitFor();
  await openShop(page, bundle);
  await page.getByTestId('reproduce').click();
  await page.getByTestId('verdict').filter({ hasText: /identical|agrees/i }).waitFor();
});

const gone = /device was lost|GPU|Failed to load resource/;

for (const [name, before, why] of [
  [
    'an engine that does not come',
    (page) => page.route('**/fusebox_gpu_bg.wasm', (route) => route.fulfill({ status: 404, body: '' })),
    /fusebox_gpu_bg\.wasm/,
  ],
  [
    'a device that is refused',
    inWorkers(`GPUAdapter.prototype.requestDevice = () => Promise.reject(new DOMException('refused', 'OperationError'));`),
    /device|refused|adapter/i,
  ],
  [
    'a device that computes wrongly',
    inWorkers(`
      const { getMappedRange } = GPUBuffer.prototype;
      GPUBuffer.prototype.getMappedRange = function (...range) {
        const bytes = getMappedRange.apply(this, range);
        if (this.usage & GPUBufferUsage.MAP_READ) {
          const numbers = new Float32Array(bytes);
          numbers.forEach((number, at) => (numbers[at] = 1.5 * number));
        }
        return bytes;
      };`),
    /differ/i,
  ],
]) {
  test(`${name} leaves the CPU, and the page says why`, { skip: cpuOnly }, async (t) => {
    const { page, errors } = await bench(t, { before });
    await train(page);
    assert(errors.splice(0).every((error) => gone.test(error)), 'nothing else went wrong');
    const { backend, curve } = await receipt(page);
    assert.deepEqual([backend.kind, curve.length], ['cpu', 4]);
    const said = await backendSaid(page);
    t.diagnostic(said);
    assert.match(said, /CPU[^]*the GPU was tried and left: /);
    assert.match(said, why);
  });
}

test('a GPU that is lost before the first checkpoint: a sentence, and the run starts again on the CPU', { skip: cpuOnly }, async (t) => {
  const before = inWorkers(`
    const { requestDevice } = GPUAdapter.prototype;
    GPUAdapter.prototype.requestDevice = async function (...wishes) {
      const device = await requestDevice.apply(this, wishes);
      new BroadcastChannel('lose').onmessage = () => device.destroy();
      return device;
    };`);
  // Several steps an epoch: a checkpoint is taken at its end, and this one has none.
  const { page, errors } = await bench(t, { before, batch: 16 });
  await page.getByTestId('step').click();
  await page.getByTestId('training-status').filter({ hasText: /paused/i }).waitFor();
  await page.evaluate(() => new BroadcastChannel('lose').postMessage(null));
  await page.getByText('The GPU was lost. The run started again on the CPU.').waitFor();
  await page.getByTestId('play').click();
  await finished(page);
  assert(errors.splice(0).every((error) => gone.test(error)), 'nothing else went wrong');
  const { backend, curve } = await receipt(page);
  assert.equal(backend.kind, 'cpu');
  assert.deepEqual(curve.map(({ epoch }) => epoch), [1, 2, 3, 4]);
});
