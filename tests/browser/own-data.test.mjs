// A reader's own data: dropped on the page, read there and nowhere else, and trained on.

import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { AxeBuilder } from '@axe-core/playwright';
import { fill, fusebox, notebook, receipt, temporaryFolder, train } from './bench-page.mjs';
import { open } from './harness.mjs';
import { elliot, ITEMS, layouts, orders, products, rows, USERS } from './shop.mjs';

/** Drops files at once, folders as a browser gives them. */
async function drop(page, files) {
  await page.getByTestId('drop-zone').waitFor();
  const entries = Object.entries(files).map(([path, content]) => [path, Buffer.from(content).toString('base64')]);
  await page.getByTestId('drop-zone').evaluate((zone, entries) => {
    const files = entries.map(([path, content]) => {
      const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
      return [path, new File([bytes], path.split('/').at(-1))];
    });
    const transfer = new DataTransfer();
    for (const [, file] of files) transfer.items.add(file);
    // A script cannot make an entry of a folder, so these stand in for what a browser gives.
    const below = (folder) => {
      const names = new Set(files.map(([path]) => path).filter((path) => path.startsWith(folder)).map((path) => path.slice(folder.length).split('/')[0]));
      return [...names].map((name) => {
        const [path, file] = files.find(([path]) => path === folder + name) ?? [folder + name];
        const fullPath = `/${path}`;
        if (file) return { isFile: true, fullPath, file: (resolve) => resolve(file) };
        let given = false;
        const readEntries = (resolve) => resolve(given ? [] : ((given = true), below(`${folder}${name}/`)));
        return { isFile: false, fullPath, createReader: () => ({ readEntries }) };
      });
    };
    const items = below('').map((entry) => ({ webkitGetAsEntry: () => entry }));
    const event = new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: transfer });
    Object.defineProperty(event, 'dataTransfer', { value: { items, files: transfer.files, types: ['Files'] } });
    zone.dispatchEvent(event);
  }, entries);
}

async function accessible(page) {
  const { violations } = await new AxeBuilder({ page }).include('dialog').analyze();
  assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), []);
}

const found = (page) => page.getByTestId('found').innerText();

/** The bench with data of its own, and every request that the page makes from then on. */
async function bench(t, options = {}) {
  const requests = [];
  const opened = await open(t, {
    path: '/?backend=cpu',
    before: (page) => void page.context().on('request', (request) => requests.push(request)),
    ...options,
  });
  await opened.page.getByTestId('play').click({ trial: true });
  await opened.page.locator('#data dd').first().waitFor();
  return { ...opened, requests };
}

/** Trains one epoch, so that what was brought is known to be usable. */
async function trainBriefly(page) {
  await fill(page, 'epochs', 1);
  await train(page);
}

test('two tables are dropped, understood, read and trained on, and nothing leaves the page', async (t) => {
  const { page, address, requests } = await bench(t);
  await drop(page, { 'orders.csv': orders, 'products.csv.gz': gzipSync(products) });
  const dialog = page.getByTestId('own-data');
  await dialog.getByTestId('read-data').waitFor();
  assert.match(await dialog.innerText(), /Nothing leaves this machine/);
  await accessible(page);
  const chosen = await dialog.locator('select').evaluateAll((selects) => selects.map(({ value }) => value));
  assert.deepEqual(chosen, [
    ...['orders.csv', 'customer_id', 'product_id', 'stars', 'when'],
    ...['products.csv.gz', 'product_id', 'name', 'description', ''],
  ]);
  await dialog.getByRole('textbox', { name: /^Name/ }).fill('my shop');
  await dialog.getByLabel('The latest').check({ force: true });
  await dialog.getByTestId('read-data').click();
  await dialog.getByTestId('found').waitFor();
  assert.match(await found(page), /people\s+24[^]*items\s+16[^]*interactions\s+144|24\s+people[^]*16\s+items[^]*144\s+interactions/);
  assert.match(await found(page), /Textual of every item/);
  await accessible(page);
  await dialog.getByTestId('use-data').click();
  await dialog.waitFor({ state: 'detached' });
  await trainBriefly(page);
  const { dataset, spec } = await receipt(page);
  assert.deepEqual([dataset.name, spec.dataset.name], ['my shop', 'my shop']);
  assert.equal(await page.locator('#data dd').first().innerText(), String(USERS));
  for (const request of requests) {
    assert.equal(request.method(), 'GET', request.url());
    assert.equal(request.postData(), null);
    assert(request.url().startsWith(address) || request.url().startsWith(`blob:${address}`), request.url());
    assert(!/customer|shop|B1\b/i.test(new URL(request.url()).search), request.url());
  }
  const kept = await page.evaluate(async () => [
    JSON.stringify([{ ...localStorage }, { ...sessionStorage }]),
    // What is kept of a training is deleted when it is done.
    await new Promise((resolve, reject) => {
      const opening = indexedDB.open('fusebox-checkpoints');
      opening.onerror = () => reject(opening.error);
      opening.onsuccess = () => {
        const count = opening.result.transaction('runs').objectStore('runs').count();
        count.onsuccess = () => resolve(count.result);
      };
    }),
    (await indexedDB.databases()).map(({ name }) => name).sort().join(),
    (await caches.keys()).length,
  ]);
  assert(!/customer_id|product_id|my shop/.test(kept[0]), kept[0]);
  assert.deepEqual(kept.slice(1), [0, 'fusebox-checkpoints,fusebox-notebook', 0], 'no checkpoint, and no cache');
  // The notebook has what the receipt has, and nothing of anybody or anything in the data.
  const [[name, written]] = await notebook(page, 1);
  assert.match(name, /^run /);
  assert(!/pencil|notebook|customer_id|product_id|"[uB]\d+"/.test(JSON.stringify(written)));
});

test('a folder is recognised, a part of it taken, and saved as a bundle that opens again', async (t) => {
  const { page } = await bench(t);
  await drop(page, elliot());
  const dialog = page.getByTestId('own-data');
  await dialog.getByTestId('read-data').waitFor();
  assert.match(await dialog.getByTestId('recognised').innerText(), /Elliot’s layout.*train\.txt/s);
  await dialog.getByTestId('read-data').click();
  await dialog.getByTestId('found').waitFor();
  assert.match(await found(page), /Visual of 15 of 16 items/);
  assert.match(await dialog.getByTestId('notes').innerText(), /visual: no vector for 1 of 16 items/);
  await dialog.getByLabel('Some of them, drawn by lot').check({ force: true });
  await dialog.getByTestId('users-taken').fill('12');
  await dialog.getByTestId('users-taken').blur();
  await dialog.locator('[data-testid=found]:not(.stale)', { hasText: /\b12\b/ }).waitFor();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Save as a bundle' }).click(),
  ]);
  assert.equal(download.suggestedFilename(), 'shop.fbx');
  const bundle = await download.path();
  await dialog.getByTestId('use-data').click();
  await dialog.waitFor({ state: 'detached' });
  await trainBriefly(page);
  const { dataset } = await receipt(page);
  assert.equal(dataset.name, 'shop');
  assert.equal(await page.locator('#data dd').first().innerText(), '12');
  // The program makes the same of the same files.
  const folder = await temporaryFolder(t);
  for (const [path, content] of Object.entries(elliot())) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  const ours = join(folder, 'shop.fbx');
  fusebox('import', 'elliot', join(folder, 'shop'), '-o', ours, '--subsample', 'users=12,core=1,seed=1');
  assert((await readFile(ours)).equals(await readFile(bundle)), 'the same bytes as the program writes');
  await page.getByTestId('reset').click();
  await page.getByTestId('open-bundle').setInputFiles({
    name: 'again.fbx',
    mimeType: 'application/octet-stream',
    buffer: await readFile(bundle),
  });
  await page.locator('#data', { hasText: dataset.digest.slice(0, 12) }).waitFor({ state: 'attached' });
});

for (const [name, { files, says, content }] of Object.entries(layouts)) {
  test(`a folder in ${name} layout is recognised, shown in numbers, opened and trained on`, async (t) => {
    const { page } = await bench(t);
    await drop(page, files);
    const dialog = page.getByTestId('own-data');
    await dialog.getByTestId('read-data').waitFor();
    assert.match(await dialog.getByTestId('recognised').innerText(), says);
    await dialog.getByTestId('read-data').click();
    await dialog.getByTestId('found').waitFor();
    for (const [count, of] of [[USERS, 'people'], [ITEMS, 'items'], [rows.length, 'interactions']]) {
      const number = dialog.getByTestId('found').locator('dl div', { hasText: of }).locator('dd');
      assert.equal(await number.innerText(), String(count), of);
    }
    for (const sentence of content) assert.match(await found(page), sentence);
    await dialog.getByTestId('use-data').click();
    await dialog.waitFor({ state: 'detached' });
    await trainBriefly(page);
    const { dataset, spec } = await receipt(page);
    assert.deepEqual([dataset.name, spec.system], [Object.keys(files)[0].split('/')[0], 'vbpr']);
  });
}

test('what cannot be used is told in a sentence, and what was open stays', async (t) => {
  const { page } = await bench(t);
  const before = await page.locator('#data strong').first().innerText();
  const dialog = page.getByTestId('own-data');
  const alert = page.locator('#data [role=alert]');
  for (const [files, sentence] of [
    [{ 'films.zip': 'PK' }, /films\.zip is an archive\. Unpack it/],
    [{ 'orders.csv': '' }, /orders\.csv is empty/],
    [{ 'broken.fbx': 'no bundle' }, /broken\.fbx: /],
  ]) {
    await drop(page, files);
    await alert.filter({ hasText: sentence }).waitFor();
  }
  for (const [files, sentence] of [
    [{ 'a.png': 'x', 'b.png': 'y' }, /no kind of data is recognised: a\.png, b\.png\./],
    [{ 'a.csv': Buffer.from([0xff, 0xfe, 0x41, 0x00]) }, /a\.csv is not UTF-8 text/],
    [{ 'reviews_Pens.json.gz': 'not packed' }, /not packed by gzip/],
  ]) {
    await drop(page, files);
    await dialog.getByRole('alert').filter({ hasText: sentence }).waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  }
  // Too few for the core that is proposed: the choices stay, and another one goes on.
  await drop(page, { 'log.csv': 'user,item\n1,1\n1,2\n1,3\n1,4\n1,5\n2,1\n2,2\n2,3\n' });
  await dialog.getByTestId('read-data').click();
  await dialog.getByRole('alert').filter({ hasText: /the 5-core is empty/ }).waitFor();
  await dialog.getByTestId('core').fill('1');
  await dialog.getByTestId('read-data').click();
  await dialog.getByTestId('found').waitFor();
  assert.match(await dialog.innerText(), /only systems that look at no content/);
  await accessible(page);
  await dialog.getByRole('button', { name: 'Close' }).click();
  assert.equal(await page.locator('#data strong').first().innerText(), before);
});

test('a file of two gigabytes is read piece by piece, and can be left', async (t) => {
  const { page } = await bench(t);
  const dropLarge = (name) => page.getByTestId('drop-zone').evaluate((zone, name) => {
    const line = 'somebody,something of a long name that is of no use to anybody,5\n';
    const piece = new Blob([line.repeat(2 ** 20)]);
    const file = new File(['user,item,rating\n', ...Array(32).fill(piece)], name);
    const dataTransfer = { items: [], files: [file], types: ['Files'] };
    const event = new DragEvent('drop', { bubbles: true, cancelable: true });
    Object.defineProperty(event, 'dataTransfer', { value: dataTransfer });
    zone.dispatchEvent(event);
  }, name);
  await dropLarge('large.fbx');
  await page.locator('#data [role=alert]', { hasText: 'large.fbx: it is larger than what a page can hold' }).waitFor();
  await dropLarge('large.csv');
  const dialog = page.getByTestId('own-data');
  await dialog.getByTestId('recognised').filter({ hasText: /2\.\d GB/ }).waitFor();
  await dialog.getByTestId('read-data').click();
  await dialog.getByTestId('reading').filter({ hasText: /Reading large\.csv: [\d.]+ [MG]B of 2\.\d GB/ }).waitFor();
  await dialog.getByTestId('cancel-reading').click();
  await dialog.getByTestId('read-data').waitFor();
  assert.equal(await dialog.locator('[role=alert]').count(), 0);
  await page.keyboard.press('Escape');
  await trainBriefly(page);
});

test('own data come in by keyboard alone, also on a phone in the dark', async (t) => {
  const context = { viewport: { width: 360, height: 740 }, colorScheme: 'dark' };
  const { page } = await bench(t, { context });
  const choose = page.getByRole('button', { name: 'Choose files' });
  const asked = page.waitForEvent('filechooser');
  await choose.focus();
  await page.keyboard.press('Enter');
  const chooser = await asked;
  assert(chooser.isMultiple());
  const mimeType = 'text/csv';
  await chooser.setFiles([
    { name: 'orders.csv', mimeType, buffer: Buffer.from(orders) },
    { name: 'products.csv', mimeType, buffer: Buffer.from(products) },
  ]);
  const dialog = page.getByTestId('own-data');
  await dialog.getByTestId('read-data').waitFor();
  assert(await page.evaluate(() => document.activeElement?.closest('dialog') !== null), 'the focus is in the dialog');
  await accessible(page);
  assert(await dialog.evaluate((dialog) => dialog.scrollWidth <= dialog.clientWidth), 'nothing is cut off');
  for (const name of ['Read the data', 'Use these data']) {
    const button = dialog.getByRole('button', { name });
    await button.waitFor();
    for (let tab = 0; tab < 40; tab += 1) {
      if (await button.evaluate((button) => button === document.activeElement)) break;
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Enter');
    if (name === 'Read the data') {
      await dialog.getByTestId('found').waitFor();
      await accessible(page);
      assert(await dialog.evaluate((dialog) => dialog.scrollWidth <= dialog.clientWidth), 'nothing is cut off');
    }
  }
  await dialog.waitFor({ state: 'detached' });
  await page.locator('#data strong', { hasText: 'orders' }).waitFor();
});
