// Handing on what came out: a link, its QR code, receipts, and links that somebody tampered with.

import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { deflateSync } from 'node:zlib';
import { AxeBuilder } from '@axe-core/playwright';
import jsQR from 'jsqr';
import { fill, finished, fusebox, receipt, temporaryFolder, train } from './bench-page.mjs';
import { open } from './harness.mjs';

/** Long enough for a busy machine; nothing is judged by it. */
const patience = 120_000;

async function accessible(page, part) {
  const { violations } = await new AxeBuilder({ page }).include(part).analyze();
  assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), []);
}

const fits = (page) => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);

/** What a camera would read off the picture on the page. */
async function read(image) {
  const { data, width, height } = await image.evaluate(async (image) => {
    await image.decode();
    const canvas = document.createElement('canvas');
    // Three pixels a module.
    const width = (canvas.width = image.naturalWidth / 2);
    const height = (canvas.height = image.naturalHeight / 2);
    const context = canvas.getContext('2d');
    context.drawImage(image, 0, 0, width, height);
    return { data: Array.from(context.getImageData(0, 0, width, height).data), width, height };
  });
  return jsQR(Uint8ClampedArray.from(data), width, height)?.data;
}

/** The text of what a press on `button` downloads, and what the file is called. */
async function downloaded(page, button) {
  const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
  const bytes = await readFile(await download.path());
  return { name: download.suggestedFilename(), bytes, text: bytes.toString('utf8') };
}

/** A link of ours around any bytes. */
const linkOf = (bytes) => `#v1.${deflateSync(bytes, { level: 9 }).toString('base64url')}`;

for (const [name, context] of [
  ['wide and light', { viewport: { width: 1280, height: 900 }, colorScheme: 'light' }],
  ['narrow and dark', { viewport: { width: 360, height: 800 }, colorScheme: 'dark' }],
]) {
  test(`a result is handed on by link, QR code and receipt, ${name}`, async (t) => {
    const permissions = ['clipboard-read', 'clipboard-write'];
    const { page } = await open(t, { path: '/?backend=cpu', context: { ...context, permissions } });
    await fill(page, 'epochs', 1);
    await train(page);
    await page.getByTestId('share').click();
    const address = await page.getByTestId('share-address').inputValue();
    assert.match(address, /^http:\/\/localhost:\d+\/#v2\.[\w-]+$/);
    assert.equal(await page.getByTestId('share-length').innerText(), `${address.length} characters.`);
    assert.equal(await read(page.getByTestId('qr')), address);

    await page.getByTestId('copy-link').click();
    await page.getByTestId('share-status').filter({ hasText: 'The link is copied.' }).waitFor();
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), address);

    const file = await downloaded(page, page.getByText('Download the receipt file'));
    assert.match(file.name, /^vbpr-.*-seed-1\.json$/);
    const { spec, dataset } = JSON.parse(file.text);
    const panel = page.getByTestId('share-panel');
    assert.match(
      await page.getByTestId('recipient').innerText(),
      new RegExp(`VBPR on ${dataset.name}: textual \\+ visual, 1 epoch, seed ${spec.seed}\\s+synthetic\\s+not re-run`),
    );
    await accessible(page, '[data-testid=share-panel]');
    assert(await fits(page), 'wider than the page');

    // The design goes its own way from here; what was run can still be shared.
    await panel.getByText('The design on the bench').waitFor({ state: 'detached' });
    await fill(page, 'epochs', 7);
    await panel.getByText('The design on the bench').click();
    await panel.getByText('No numbers: it has not been run.').waitFor();
    assert.notEqual(await page.getByTestId('share-address').inputValue(), address);

    await panel.getByText('Close').click();
    await page.locator('[data-testid=share]:focus').waitFor();
  });
}

test('the address follows one’s own design, also in a page that is loaded again and on data described anew', async (t) => {
  const { page } = await open(t, { path: '/?backend=cpu' });
  const hash = () => page.evaluate(() => location.hash);
  const other = (before) => page.waitForFunction((before) => location.hash !== before, before);
  for (const seed of [7, 8]) {
    const before = await hash();
    await fill(page, 'seed', seed);
    await other(before);
    await page.reload();
    const shown = (seed) => document.querySelector('[data-testid=seed]')?.value === seed;
    await page.waitForFunction(shown, String(seed), { timeout: patience });
    // As of somebody else it would stay.
    await page.getByTestId('shared-link').waitFor({ state: 'detached' });
  }

  // The link named data that are not those described anew.
  const data = page.locator('#stage-data');
  await page.getByTestId('describe-anew').click();
  await page.getByTestId('extractor').selectOption('local-binary-patterns');
  await page.getByTestId('describe').click();
  await page.getByTestId('described').waitFor({ timeout: patience });
  await data.locator('label', { hasText: 'Office twin (yours)' }).and(page.locator('.chosen')).waitFor();
  await fill(page, 'epochs', 1);
  await train(page);
  const described = await receipt(page);
  await data.locator('label', { hasText: /^\s*Office twin\s*$/ }).click();
  await data.locator('label', { hasText: '(yours)' }).waitFor({ state: 'detached' });
  const before = await hash();
  await fill(page, 'seed', 9);
  await other(before);
  const design = await hash();
  await page.getByTestId('play').click();
  await page.getByTestId('runs-table').locator('tbody tr:not(.paper)').nth(1).waitFor({ timeout: patience });
  const original = await receipt(page);
  assert.equal(original.dataset.name, described.dataset.name);
  assert.notEqual(original.dataset.digest, described.dataset.digest);

  await other(design);
  await page.reload();
  const link = page.getByTestId('shared-link');
  await link.getByText('A result of yours is in the address').waitFor({ timeout: patience });
  await fill(page, 'seed', 10);
  await link.waitFor({ state: 'detached' });
});

test('links that are old, cut, edited or hostile get a sentence, and the bench goes on', async (t) => {
  const { page } = await open(t, { path: '/?backend=cpu' });
  await fill(page, 'epochs', 1);
  await train(page);
  const good = new URL(await page.evaluate(() => location.href)).hash;
  const specOf = (change) => linkOf(JSON.stringify({ spec: { system: 'vbpr', dataset: { name: 'x' }, ...change }, claim: null }));
  const training = { epochs: 4e9, 'batch-size': 1024, 'evaluate-every': 10, patience: 5, selection: 'recall@20' };
  const bad = {
    'of another version': [good.replace('#v2.', '#v9.'), /version 9/],
    cut: [good.slice(0, -40), /damaged/],
    edited: [`${good.slice(0, 60)}${good[60] === 'A' ? 'B' : 'A'}${good.slice(61)}`, /damaged|expected|unknown/],
    'a bomb of 100 MB': [linkOf(Buffer.alloc(100_000_000, ' ')), /unpacks to more than/],
    'a million letters long': [`#v1.${'A'.repeat(1_000_000)}`, /damaged/],
    'nested a thousand deep': [linkOf('['.repeat(1000) + ']'.repeat(1000)), /recursion|expected|invalid/],
    'of no known system': [specOf({ system: 'nobody' }), /nobody/],
    'with a number that is too large': [specOf({ training }), /training\.epochs/],
  };
  for (const [what, [hash, sentence]] of Object.entries(bad)) {
    await page.evaluate((hash) => void (location.hash = hash), hash);
    const problem = page.getByTestId('link-problem').filter({ hasText: sentence });
    await problem.waitFor({ timeout: 20_000 }).catch(async () => assert.fail(`${what}: ${await page.locator('main').innerText()}`));
    assert((await problem.innerText()).length < 300, `${what} gets more than a sentence`);
    await page.getByText('Go on without it').click();
    await page.getByTestId('shared-link').waitFor({ state: 'detached' });
  }
  // What was finished is still there, and so is the way to run it again.
  assert.equal(await page.getByTestId('runs-table').locator('tbody tr:not(.paper)').count(), 1);
  // A full stop behind a link is no part of it.
  await page.evaluate((hash) => void (location.hash = hash), `${good}.`);
  await page.getByTestId('verdict').filter({ hasText: 'not re-run' }).waitFor();
  await accessible(page, '[data-testid=shared-link]');
  await page.getByTestId('reproduce').click();
  await page.getByTestId('verdict').filter({ hasText: /identical/i }).waitFor({ timeout: 120_000 });
});

/** The file that an export menu within `part` gives in a format. */
async function exported(page, part, format) {
  await part.getByTestId('export').first().click();
  return downloaded(page, part.getByRole('button', { name: new RegExp(`^${format}`) }));
}

test('tables and charts are exported as they are shown, with every digit and their source', async (t) => {
  const asked = [];
  const before = (page) => page.on('request', (request) => asked.push(request.url()));
  const { page } = await open(t, { before });
  const paper = page.locator('#paper');
  await paper.getByTestId('export').first().waitFor();
  // By the build's own list: what exports share with the page may bear a like name.
  const manifest = JSON.parse(await readFile(new URL('../../www/dist/.vite/manifest.json', import.meta.url), 'utf8'));
  const parts = Object.entries(manifest).filter(([source]) => source.startsWith('src/exports/'));
  assert(parts.length > 0, 'the manifest of the build names no exports');
  const unasked = parts.filter(([, { file }]) => asked.some((url) => url.endsWith(file)));
  assert.deepEqual(unasked, [], 'nothing is loaded unasked');
  const table = await exported(page, paper, 'CSV');
  assert.equal(table.name, 'paper-office-10.csv');
  assert.match(table.text, /^system,name,dataset,synthetic,source,recall@10,/);
  assert.equal(table.text.trim().split('\r\n').length, 7);
  const figure = await exported(page, paper.locator('figure'), 'SVG');
  assert.equal(figure.name, 'paper-office-10-item-coverage-ratio-against-recall.svg');
  assert.match(figure.text, /^<svg [\s\S]*not measured here\.<\/desc>[\s\S]*fill="rgb\(\d+, \d+, \d+\)"[\s\S]*LATTICE/);
  assert.doesNotMatch(figure.text, /var\(|class=/);

  await page.locator('#experiment-fusion').click();
  const answer = page.locator('#measured .answer');
  const { rows } = JSON.parse((await exported(page, answer, 'JSON')).text);
  const comparisons = JSON.parse(
    await readFile(new URL('../../suites/results/fusion/comparisons.json', import.meta.url), 'utf8'),
  );
  const { label, differences } = comparisons.questions[0].pairs[0];
  assert.equal(rows[0].label, label);
  assert.equal(rows[0].synthetic, true);
  assert.equal(rows[0].values.difference, differences.recall.difference);
  assert.equal(rows[0].values['p-difference-corrected'], differences.recall.corrected.difference);
  const strips = await exported(page, page.locator('#measured .strips'), 'SVG');
  assert.match(strips.text, /late weighted[\s\S]*which is synthetic/);

  // The menu by keyboard: opened, a format chosen, said.
  const opener = answer.getByTestId('export');
  await opener.focus();
  await page.keyboard.press('Enter');
  await answer.getByRole('group', { name: 'Export this question' }).waitFor();
  await accessible(page, '#measured .answer [popover=auto]');
  await page.keyboard.press('Tab');
  const [picture] = await Promise.all([
    page.waitForEvent('download'),
    (async () => {
      for (let press = 0; press < 4; press += 1) await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
    })(),
  ]);
  assert.equal(picture.suggestedFilename(), 'fusion-question-1-recall.png');
  const bytes = await readFile(await picture.path());
  assert.equal(bytes.toString('latin1', 1, 4), 'PNG');
  assert(bytes.readUInt32BE(16) > 1500, 'too few pixels for paper');
  await answer.getByRole('status').filter({ hasText: 'fusion-question-1-recall.png is downloaded.' }).waitFor();
});

test('a run is exported as its receipt has it', async (t) => {
  const { page } = await open(t, { path: '/?backend=cpu', context: { viewport: { width: 360, height: 800 } } });
  await fill(page, 'epochs', 2);
  await fill(page, 'training-evaluate-every', 1);
  await train(page);
  const receipt = JSON.parse((await downloaded(page, page.getByTestId('receipt'))).text);
  const { rows } = JSON.parse((await exported(page, page.locator('#results'), 'JSON')).text);
  const recall = rows.find(({ name }) => name === 'recall');
  assert.equal(recall.values['test@20'], receipt.metrics.test.recall['20']);
  assert.equal(recall.values['validation@10'], receipt.metrics.validation.recall['10']);
  assert.equal(recall['dataset-digest'], receipt.dataset.digest);
  // What the program finds in everybody's lists is what the receipt says of them.
  const lists = await exported(page, page.locator('#results'), 'TSV');
  assert.match(lists.text, /^U00001\tP\d+\t-?[\d.e-]+\n/);
  const file = join(await temporaryFolder(t), lists.name);
  await writeFile(file, lists.text);
  const judged = JSON.parse(fusebox('evaluate', '--recs', file, '--json'));
  for (const name of ['recall', 'ndcg', 'gini', 'aplt', 'item-coverage']) {
    assert(Math.abs(judged.metrics[name]['20'] - receipt.metrics.test[name]['20']) < 1e-12, name);
  }
  const weights = await exported(page, page.locator('#results'), 'Weights');
  assert.match(weights.name, /\.safetensors$/);
  const header = JSON.parse(weights.bytes.toString('utf8', 8, 8 + Number(weights.bytes.readBigUInt64LE())));
  assert.deepEqual(header.user.shape, [1000, receipt.spec['hyper-parameters'].factors]);
  assert.deepEqual(JSON.parse(header.__metadata__.spec), receipt.spec);
  const runs = page.locator('section', { has: page.getByTestId('runs-table') });
  assert.match((await exported(page, runs, 'LaTeX')).text, /\\begin\{tabular\}[\s\S]*VBPR \(textual \+ visual, seed 1\) & 0\.\d{4}/);
  const curve = await exported(page, page.locator('#training .loss'), 'SVG');
  assert.match(curve.text, /Loss\. VBPR on office-twin[\s\S]*<polyline[\s\S]*which is synthetic/);
  assert(await fits(page), 'wider than the page');
});

test('a run of the gallery is opened, run again and judged', async (t) => {
  const { page } = await open(t, { context: { viewport: { width: 360, height: 800 }, colorScheme: 'dark' } });
  await page.locator('#gallery').scrollIntoViewIfNeeded();
  const entry = page.getByTestId('gallery').getByRole('listitem').filter({ hasText: 'Taste, looks and words' });
  assert.match(await entry.innerText(), /40 epochs, seed 1[\s\S]*Recall[\s\S]*0\.2\d{3}[\s\S]*not re-run/);
  await accessible(page, '#gallery');
  assert(await fits(page), 'wider than the page');
  await entry.getByRole('link', { name: 'Open' }).click();
  await page.getByTestId('verdict').filter({ hasText: 'not re-run' }).waitFor();
  await page.locator('[data-testid=shared-link]:focus').waitFor();
  await page.getByTestId('reproduce').click();
  // Made by the program, run again by the page.
  await page.getByTestId('verdict').filter({ hasText: /agrees|identical/i }).waitFor({ timeout: 120_000 });
});

test('a design that is shared without a claim has nothing to be judged by', async (t) => {
  const hash = linkOf(JSON.stringify({ spec: { system: 'most-pop', dataset: { name: 'office-twin' } }, claim: null }));
  const { page } = await open(t, { path: `/?backend=cpu${hash}` });
  await page.getByRole('heading', { name: 'Somebody shared this design' }).waitFor({ timeout: 120_000 });
  assert.equal(await page.getByTestId('verdict').count(), 0);
  await page.locator('[data-testid=reproduce]:enabled').click({ timeout: 120_000 });
  await finished(page);
  assert.equal(await page.getByTestId('verdict').count(), 0);
});

test('a link whose data are not here says what makes them, where that is known', async (t) => {
  const of = (name) => linkOf(JSON.stringify({ spec: { system: 'most-pop', dataset: { name } }, claim: null }));
  const { page } = await open(t, { path: `/?backend=cpu${of('amazon-office')}` });
  const obstacle = page.getByTestId('link-obstacle');
  await obstacle.getByText('fusebox fetch amazon-office', { exact: true }).waitFor({ timeout: 120_000 });
  await accessible(page, '[data-testid=shared-link]');
  await page.evaluate((hash) => void (location.hash = hash), of('music-twin'));
  await obstacle.getByText('fusebox twin datasets-small/music-twin.toml -o music-twin.fbx').waitFor();
  await page.evaluate((hash) => void (location.hash = hash), of('mine'));
  await obstacle.getByText('none of that name is known here').waitFor();

  // Data that came with the page are a press away.
  await page.evaluate((hash) => void (location.hash = hash), of('office-twin'));
  await obstacle.waitFor({ state: 'detached' });
  await page.getByRole('radio', { name: /Toys twin/ }).check();
  await obstacle.getByRole('button', { name: 'Put Office twin on the bench' }).click({ timeout: 120_000 });
  await obstacle.waitFor({ state: 'detached' });
});

test('a receipt file opens like its link, and another file gets a sentence', async (t) => {
  const { page } = await open(t);
  const folder = await temporaryFolder(t);
  const file = join(folder, 'receipt.json');
  fusebox('train', 'most-pop', '--set', 'seed=7', '-o', file);
  await page.locator('#gallery').scrollIntoViewIfNeeded();
  await page.getByTestId('open-receipt').setInputFiles(file);
  await page.getByTestId('shared-link').getByText('MostPop on office-twin').waitFor();
  assert.match(await page.getByTestId('verdict').innerText(), /not re-run/);
  assert.match(await page.evaluate(() => location.hash), /^#v2\./);
  for (const [name, text, sentence] of [
    ['no.json', 'no JSON at all', /^No\.json is no receipt: .*\.$/],
    ['other.json', '{"name":"fusebox"}', /^Other\.json is no receipt: .*version.*\.$/],
    ['changed.json', (await readFile(file, 'utf8')).replace('"most-pop"', '"nobody"'), /`nobody`/],
  ]) {
    await writeFile(join(folder, name), text);
    await page.getByTestId('open-receipt').setInputFiles(join(folder, name));
    const problem = page.getByTestId('link-problem').filter({ hasText: sentence });
    await problem.waitFor().catch(async () => assert.fail(`${name}: ${await page.getByTestId('shared-link').innerText()}`));
    await page.getByText('Go on without it').click();
  }
});
