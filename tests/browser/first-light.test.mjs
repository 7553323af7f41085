// The main road: data in, a system trained and judged, a list shown, a link that holds.

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { AxeBuilder } from '@axe-core/playwright';
import { answer, fill, fusebox, listOf, openBundle, realData, receipt, temporaryFolder, train } from './bench-page.mjs';
import { cpuOnly, open } from './harness.mjs';

test('without WebGPU the page trains on the CPU and says why', async (t) => {
  const { page } = await open(t);
  await train(page);
  assert.match(await page.getByTestId('backend-badge').innerText(), /CPU[\s\S]*(WebGPU|adapter|GPU)/);
  const { backend, metrics } = await receipt(page);
  assert.equal(backend.kind, 'cpu');
  assert(metrics.test.recall['20'] > 0);
  const list = await listOf(page, 3);
  assert(list.length >= 10, 'a list of at least ten items');
});

test('the same wasm gives the same bits in two fresh browsers, and a link holds', async (t) => {
  const receipts = [];
  let link;
  for (const nth of [1, 2]) {
    const { page } = await open(t, { path: '/?backend=cpu' });
    await fill(page, 'epochs', 3);
    await fill(page, 'training-evaluate-every', 1);
    await train(page);
    receipts.push(await receipt(page));
    if (nth === 2) {
      await page.getByTestId('share').click();
      link = new URL(await page.getByTestId('share-address').inputValue()).hash;
    }
  }
  for (const receipt of receipts) delete receipt.timing;
  assert.deepEqual(receipts[0], receipts[1]);

  const { page } = await open(t, { path: `/?backend=cpu${link}` });
  const verdict = page.getByTestId('verdict');
  await verdict.waitFor();
  assert.match(await verdict.innerText(), /not re-run/i);
  await page.getByTestId('reproduce').click();
  await verdict.filter({ hasText: /identical/i }).waitFor({ timeout: 300_000 });

  // Another program on another machine need not give the same bits, but must agree.
  const said = JSON.parse(fusebox('reproduce', link, '--json'));
  assert(['agrees', 'identical'].includes(said.verdict), JSON.stringify(said));
});

test('a design of one’s own is made answer by answer, and trained', async (t) => {
  const { page } = await open(t, { path: '/?backend=cpu' });
  await fill(page, 'epochs', 2);
  await answer(page, 'when', 'Late');
  await page.getByTestId('design-told').filter({ hasText: 'representation to coordinate, operator to sum' }).waitFor();
  await answer(page, 'operator', 'Max');
  await page.getByText('One modality in another way').click();
  await page.getByTestId('extraction-of-visual').selectOption('end-to-end');
  // A graph brings its own numbers along.
  assert.equal(await page.getByTestId('parameter-layers').count(), 0);
  await answer(page, 'user-item-graph', 'Symmetric');
  await fill(page, 'parameter-layers', 1);
  const { violations } = await new AxeBuilder({ page }).analyze();
  assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), []);
  await train(page);
  const { spec, metrics, coverage } = await receipt(page);
  assert(coverage.visual > 0.5 && coverage.textual === 1);
  assert.deepEqual([spec.system, spec.design.operator, spec['hyper-parameters'].layers], ['composed', 'max', 1]);
  assert.deepEqual(spec.design['extraction-of'], { visual: 'end-to-end' });
  assert(metrics.test.recall['20'] > 0);
});

test('pictures and words are learned from themselves, as natively', async (t) => {
  const { page } = await open(t, { path: '/?backend=cpu' });
  await fill(page, 'epochs', 2);
  await answer(page, 'extraction', 'End to end');
  await fill(page, 'parameter-factors', 16);
  await train(page);
  const { spec, metrics, fingerprints } = await receipt(page);
  assert.equal(spec.design.extraction, 'end-to-end');
  assert(metrics.test.recall['20'] > 0);
  // The browser decoded the pictures here, the program there.
  const design = ['design=vbpr', 'extraction=end-to-end', 'factors=16', 'epochs=2'].flatMap((set) => ['--set', set]);
  const natively = JSON.parse(fusebox('train', 'composed', ...design, '--json'));
  assert.equal(natively.fingerprints['initial-parameters'], fingerprints['initial-parameters']);
  natively.fingerprints.losses.forEach((loss, step) => {
    const relative = Math.abs(loss - fingerprints.losses[step]) / loss;
    assert(relative < 1e-4, `step ${step + 1}: ${loss} natively, ${fingerprints.losses[step]} in the page`);
  });
});

test('modalities are taken away and replaced on the page, and the result says so', async (t) => {
  const { page } = await open(t, { path: '/?backend=cpu' });
  await fill(page, 'epochs', 1);
  await fill(page, 'missing-rate', 0.5);
  await page.getByTestId('missing-policy').selectOption('zeros');
  await page.getByTestId('missing-from').selectOption('popular');
  await page.getByTestId('missing-modalities').selectOption('textual alone');
  await page.getByTestId('placebo').selectOption('shuffled');
  await train(page);
  const { spec, coverage } = await receipt(page);
  assert.deepEqual(spec.missing, { policy: 'zeros', rate: 0.5, 'taken-from': 'popular', modalities: ['textual'] });
  assert.equal(spec.placebo, 'shuffled');
  assert(Math.abs(coverage.textual - 0.5) < 0.01, `${coverage.textual}`);
  assert(coverage.visual > 0.7, `${coverage.visual}`);
  assert.match(await page.locator('#results').innerText(), /Items with content: textual 50.?%.*, of other items/);
});

test('what is hidden in training is told apart from what lists lack', async (t) => {
  const { page } = await open(t, { path: '/?backend=cpu' });
  await fill(page, 'epochs', 2);
  await fill(page, 'missing-dropout', 0.5);
  await train(page);
  const { spec, 'training-coverage': hidden } = await receipt(page);
  assert.equal(spec.missing.dropout, 0.5);
  assert(Math.abs(hidden.textual - 0.5) < 0.1, `${hidden.textual}`);
  assert.match(await page.locator('#results').innerText(), /textual 100.?%.*; in training textual [45]\d.?%/);
});

test('items are described anew on the page as the program does it, and trained on', async (t) => {
  const { page } = await open(t, { path: '/?backend=cpu' });
  await page.getByTestId('describe-anew').click();
  await page.getByTestId('extractor').selectOption('local-binary-patterns');
  await page.getByTestId('describe').click();
  const told = await page.getByTestId('described').innerText();
  t.diagnostic(told);
  const folder = await temporaryFolder(t);
  const bundle = join(folder, 'described.fbx');
  const { dataset } = JSON.parse(
    fusebox('features', '--extractor', 'local-binary-patterns', '-o', bundle, '--json'),
  );
  const { present, dim } = dataset.modalities['local-binary-patterns'];
  assert.match(told, new RegExp(`^${present} items described by ${dim} numbers each`));
  assert.match(told, /have no thumbnails/);
  await page.getByTestId('modality-textual').uncheck();
  await page.getByTestId('modality-visual').uncheck();
  await fill(page, 'epochs', 1);
  await train(page);
  const { spec, dataset: trained } = await receipt(page);
  assert.deepEqual(spec.modalities, ['local-binary-patterns']);
  assert.equal(trained.digest, dataset.digest, 'the same bytes as the program writes');
});

test('a system that reads no content has nothing to lose', async (t) => {
  const { page } = await open(t, { path: '/?backend=cpu' });
  await fill(page, 'epochs', 1);
  await fill(page, 'missing-rate', 0.5);
  await page.getByTestId('placebo').selectOption('noise');
  await page.getByTestId('system-select').selectOption('bpr-mf');
  await fill(page, 'epochs', 1);
  await train(page);
  const { spec } = await receipt(page);
  assert.deepEqual([spec.system, spec.missing, spec.placebo], ['bpr-mf', undefined, undefined]);
});

const office = realData('amazon-office');

test('real Office: imported, opened, and VBPR beats MostPop on the CPU', { skip: office.skip }, async (t) => {
  const bundle = join(await temporaryFolder(t), 'office.fbx');
  fusebox('import', 'elliot', office.path, '-o', bundle);
  const mostPop = JSON.parse(fusebox('train', 'most-pop', '--dataset', bundle, '--json'));
  const { page } = await open(t, { path: '/?backend=cpu' });
  await openBundle(page, bundle, 4905);
  await fill(page, 'epochs', 30);
  await fill(page, 'training-evaluate-every', 10);
  await train(page);
  const { metrics, dataset } = await receipt(page);
  assert.equal(dataset.name, mostPop.dataset.name);
  const [ours, theirs] = [metrics.validation.recall['20'], mostPop.metrics.validation.recall['20']];
  t.diagnostic(`validation Recall@20: VBPR ${ours.toFixed(4)}, MostPop ${theirs.toFixed(4)}`);
  assert(ours > theirs);
  assert((await listOf(page, 7)).length >= 10);
});

test('WebGPU trains a subsample of Office as the CPU does', { skip: cpuOnly || office.skip }, async (t) => {
  const bundle = join(await temporaryFolder(t), 'small.fbx');
  const subsample = ['--subsample', 'users=150,core=3,seed=1', '--reduce', 'text=16'];
  fusebox('import', 'elliot', office.path, '-o', bundle, ...subsample);
  const { users } = JSON.parse(fusebox('inspect', bundle, '--json'));
  const losses = {};
  for (const kind of ['gpu', 'cpu']) {
    const { page } = await open(t, { webgpu: true, path: `/?backend=${kind}` });
    await openBundle(page, bundle, users);
    await fill(page, 'epochs', 5);
    await fill(page, 'training-evaluate-every', 5);
    await fill(page, 'training-batch-size', 256);
    await fill(page, 'parameter-factors', 8);
    await train(page);
    const { backend, fingerprints } = await receipt(page);
    assert.equal(backend.kind, kind, `${backend.name}: ${backend.reason}`);
    assert.match(await page.getByTestId('backend-badge').innerText(), new RegExp(kind, 'i'));
    losses[kind] = fingerprints.losses;
    if (kind === 'gpu') assert((await listOf(page, 2)).length > 0);
  }
  assert(losses.gpu.length > 0);
  losses.gpu.forEach((loss, step) => {
    const relative = Math.abs(loss - losses.cpu[step]) / losses.cpu[step];
    assert(relative < 1e-3, `step ${step + 1}: ${loss} on the GPU, ${losses.cpu[step]} on the CPU`);
  });
});

test('a damaged link gets a sentence and a way on', async (t) => {
  const { page } = await open(t, { path: '/?backend=cpu#v1.AAAA' });
  await page.getByTestId('link-problem').waitFor({ timeout: 60_000 });
  assert.match(await page.getByTestId('link-problem').innerText(), /damaged|read/i);
  await page.getByTestId('play').waitFor();
});

for (const [name, context] of [
  ['wide and light', { viewport: { width: 1280, height: 900 }, colorScheme: 'light' }],
  ['narrow and dark', { viewport: { width: 360, height: 800 }, colorScheme: 'dark' }],
]) {
  test(`no accessibility violation after a run, ${name}`, async (t) => {
    const { page } = await open(t, { path: '/?backend=cpu', context });
    await fill(page, 'epochs', 1);
    await train(page);
    await page.getByTestId('recommendations').waitFor();
    const { violations } = await new AxeBuilder({ page }).analyze();
    assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].target}`), []);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
  });
}
