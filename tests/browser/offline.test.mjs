// The page without a network, and a new version of it.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { AxeBuilder } from '@axe-core/playwright';
import { fill, receipt, train } from './bench-page.mjs';
import { copyOfSite, open } from './harness.mjs';

const allowed = { serviceWorkers: 'allow' };
const patience = { timeout: 120_000 };

/** Waits until the end of a first visit: what the bench needs is kept, its data last. */
async function kept(page) {
  const places = async () => {
    const shelves = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
    return (await Promise.all(shelves.map((shelf) => shelf.keys()))).flat().map(({ url }) => url);
  };
  let urls = [];
  while (!urls.some((url) => url.includes('/datasets/office-twin.fbx'))) {
    urls = await page.evaluate(places);
  }
  return urls;
}

/** Changes a file of a site, and the list of files with it, as another build does. */
async function change(site, path, alter) {
  const altered = alter(await readFile(join(site, path), 'utf8'));
  await writeFile(join(site, path), altered);
  const list = join(site, 'files.js');
  const [, digests] = /^self\.files = ([\s\S]*);\n$/.exec(await readFile(list, 'utf8'));
  const digest = `sha256-${createHash('sha256').update(altered).digest('base64')}`;
  await writeFile(list, `self.files = ${JSON.stringify({ ...JSON.parse(digests), [path]: digest })};\n`);
}

test('after the first visit the page opens, trains and shows the experiments without a network', async (t) => {
  const serving = { site: await copyOfSite(t), path: '/some/where/' };
  const { page, errors, server } = await open(t, { serving, path: '/some/where/?backend=cpu', context: allowed });
  await kept(page);
  assert.deepEqual(errors, []);
  await server.close();

  await page.reload();
  await fill(page, 'epochs', 1);
  await train(page);
  assert((await receipt(page)).metrics.test.recall['20'] > 0);
  await page.locator('#experiment-joint').click();
  await page.getByTestId('strips').waitFor();
  await page.goto(`${server.address}/some/where/?lesson=modality`);
  await page.getByTestId('lesson-task').waitFor(patience);
  // What was never fetched gets its sentence.
  await page.getByRole('radio', { name: /Toys twin/ }).click();
  await page.getByText(/Toys twin could not be fetched/).waitFor();

  const others = errors.splice(0).filter((error) => !/Failed to load resource/.test(error));
  assert.deepEqual(others, []);
});

test('a new build waits until it is wanted, and page and engine are of one build', async (t) => {
  const site = await copyOfSite(t);
  const { page, errors, server } = await open(t, { serving: { site }, path: '/?backend=cpu', context: allowed });
  await kept(page);
  const build = () => page.evaluate(() => document.documentElement.dataset.build);
  const engine = () => page.evaluate(async () => (await (await fetch('pkg/fusebox_cpu.js')).text()).includes('// Another build.'));

  await change(site, 'index.html', (text) => text.replace('<html ', '<html data-build="2" '));
  await change(site, 'pkg/fusebox_cpu.js', (text) => `${text}// Another build.\n`);
  await page.reload();
  assert.deepEqual([await build(), await engine()], [undefined, false]);
  const notice = page.getByTestId('new-version');
  await notice.filter({ hasText: 'A new version of Fusebox is ready.' }).waitFor(patience);
  const { violations } = await new AxeBuilder({ page }).include('[data-testid=new-version]').analyze();
  assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), []);

  // A second page of the first build stands in the way.
  const other = await page.context().newPage();
  await other.goto(server.address);
  await other.getByTestId('new-version').waitFor();
  await notice.getByTestId('take-over').click();
  await notice.filter({ hasText: 'the other tab with Fusebox is closed' }).waitFor();
  assert.deepEqual([await build(), await engine()], [undefined, false]);
  await other.close();

  await notice.getByTestId('take-over').click();
  await page.locator('html[data-build="2"]').waitFor();
  assert.deepEqual([await build(), await engine()], ['2', true]);
  await notice.waitFor({ state: 'detached' });
  await fill(page, 'epochs', 1);
  await train(page);
  // Of the first build nothing is left.
  assert.equal((await kept(page)).filter((url) => url.includes('/index.html?')).length, 1);
  assert.deepEqual(errors, []);
});

test('a file that the host has changed meanwhile is not mixed in', async (t) => {
  const site = await copyOfSite(t);
  const { page, errors, server } = await open(t, { serving: { site }, path: '/?backend=cpu', context: allowed });
  await kept(page);
  await page.reload();
  await page.getByTestId('open-bundle').waitFor({ state: 'attached', ...patience });
  await change(site, 'datasets/toys-twin.fbx', () => 'of another build');
  await page.getByRole('radio', { name: /Toys twin/ }).click();
  await page.getByText(/Toys twin could not be fetched/).waitFor();
  await page.getByTestId('new-version').waitFor(patience);
  await server.close();
  errors.splice(0);
});

test('the page can be installed', async (t) => {
  const { page } = await open(t, { serving: { site: await copyOfSite(t) }, context: allowed });
  await kept(page);
  await page.reload();
  const browser = await page.context().newCDPSession(page);
  const { errors, url } = await browser.send('Page.getAppManifest');
  assert.match(url, /fusebox\.webmanifest$/);
  assert.deepEqual(errors, []);
  const { installabilityErrors } = await browser.send('Page.getInstallabilityErrors');
  // A browser of tests keeps nothing, and so installs nothing.
  assert.deepEqual(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito'), []);
});
