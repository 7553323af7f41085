// The site that the build lays out, in a folder of a plain host; and a host without https.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fill, finished, train } from './bench-page.mjs';
import { copyOfSite, open } from './harness.mjs';

const folder = '/some/sub/path/';
const patience = { timeout: 120_000 };

/** Opens the site, and keeps what is asked for outside its folder or is not there. */
async function inFolder(t, query) {
  const astray = [];
  const before = (page) =>
    page.on('response', (response) => {
      const { protocol, pathname } = new URL(response.url());
      if (protocol === 'http:' && !(pathname.startsWith(folder) && response.ok())) astray.push(response.url());
    });
  const serving = { site: await copyOfSite(t), path: folder };
  return { astray, ...(await open(t, { serving, path: folder + query, before })) };
}

test('in a folder of a host: an experiment, a run, its link, items described anew', async (t) => {
  const { page, address, astray } = await inFolder(t, 'index.html?backend=cpu');
  await page.locator('#experiment-joint').click();
  await page.getByTestId('strips').waitFor();
  await fill(page, 'epochs', 1);
  await train(page);
  await page.getByTestId('recommendations').waitFor();
  await page.getByTestId('describe-anew').click();
  await page.getByTestId('extractor').selectOption('colour-histogram');
  await page.getByTestId('describe').click();
  await page.getByTestId('described').waitFor(patience);

  await page.getByTestId('share').click();
  const link = await page.getByTestId('share-address').inputValue();
  assert(link.startsWith(`${address}${folder}index.html#v2.`), link);
  await page.goto('about:blank');
  await page.goto(link.replace('#', '?backend=cpu#'));
  await page.getByTestId('verdict').filter({ hasText: 'not re-run' }).waitFor(patience);
  await page.getByTestId('reproduce').click();
  await finished(page);
  await page.getByTestId('verdict').filter({ hasText: /identical/i }).waitFor(patience);
  assert.deepEqual(astray, []);
});

test('in a folder of a host: every link, the gallery, a lesson and its link', async (t) => {
  const { page, address, astray } = await inFolder(t, '');
  await page.locator('#gallery').scrollIntoViewIfNeeded();
  const entries = page.getByTestId('gallery').getByRole('listitem');
  await entries.first().waitFor();
  const links = await page.locator('a[href]').evaluateAll((links) => links.map(({ href }) => href));
  assert.deepEqual(links.filter((link) => link.startsWith(address) && !link.startsWith(address + folder)), []);
  await entries.first().getByRole('link', { name: 'Open' }).click();
  await page.getByTestId('verdict').waitFor(patience);
  assert(page.url().startsWith(`${address}${folder}#v`), page.url());

  await page.getByText('For teachers: make a link').click();
  await page.getByTestId('lesson-link').locator('select').first().selectOption('missing');
  const lesson = await page.getByTestId('lesson-address').inputValue();
  assert.equal(lesson, `${address}${folder}?lesson=missing&step=1`);
  await page.goto(lesson);
  await page.getByTestId('lesson-task').waitFor(patience);
  await page.getByText('The bench is being prepared').waitFor({ state: 'detached', ...patience });
  assert.equal(new URL(page.url()).pathname, folder);
  assert.deepEqual(astray, []);
});

test('over plain http, without service workers and clipboard, the page trains and shares', async (t) => {
  const flags = ['--host-resolver-rules=MAP fusebox.test 127.0.0.1'];
  const { page, server } = await open(t, { flags, context: { serviceWorkers: 'allow' } });
  await page.goto(`http://fusebox.test:${server.port}/?backend=cpu`);
  assert.deepEqual(await page.evaluate(() => [isSecureContext, 'serviceWorker' in navigator]), [false, false]);
  await fill(page, 'epochs', 1);
  await train(page);
  await page.getByTestId('share').click();
  await page.getByTestId('copy-link').click();
  await page.getByTestId('share-status').filter({ hasText: /\w/ }).waitFor();
  assert.match(await page.getByTestId('share-address').inputValue(), /^http:\/\/fusebox\.test:\d+\/#v2\./);
});
