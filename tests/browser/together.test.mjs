// A finished comparison handed on as one link: made, opened elsewhere, run again and held against each other.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deflateSync } from 'node:zlib';
import { AxeBuilder } from '@axe-core/playwright';
import { fill, train } from './bench-page.mjs';
import { open } from './harness.mjs';

const patience = 180_000;

async function accessible(page, part) {
  const { violations } = await new AxeBuilder({ page }).include(part).analyze();
  assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), []);
}

const fits = (page) => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);

/** The link of two runs of an epoch, the second compared with the first, as the page makes it. */
async function comparison(page) {
  await fill(page, 'epochs', 1);
  await train(page);
  await page.getByTestId('system-select').selectOption('bpr-mf');
  await fill(page, 'epochs', 1);
  await train(page);
  // By keyboard: what comes out of the run moves the page under a mouse.
  await page.getByRole('button', { name: 'Compare all with this one' }).nth(1).press('Enter', { timeout: patience });
  await page.getByTestId('side-by-side').getByTestId('intervals').waitFor({ timeout: patience });
  await page.getByTestId('share-comparison').click();
  return page.getByTestId('share-address').inputValue({ timeout: patience });
}

test('a comparison goes from one page to another and comes out the same', async (t) => {
  const { page } = await open(t, { path: '/?backend=cpu' });
  const address = await comparison(page);
  assert(address.length < 600, `${address.length} characters`);
  assert.equal(await page.getByTestId('share-length').innerText(), `${address.length} characters.`);
  await page.getByTestId('qr').waitFor();
  assert.match(await page.getByTestId('recipient').innerText(), /2 runs on office-twin[\s\S]*BPR-MF: [\s\S]*VBPR: textual \+ visual, 1 epoch/);
  await accessible(page, '[data-testid=share-panel]');
  await page.getByTestId('share-panel').getByText('Close').click();
  await page.locator('[data-testid=share-comparison]:focus').waitFor();

  // Elsewhere: with a narrow screen, in the dark.
  const { hash } = new URL(address);
  const context = { viewport: { width: 360, height: 800 }, colorScheme: 'dark' };
  const { page: other } = await open(t, { path: `/?backend=cpu${hash}`, context });
  const link = other.getByTestId('shared-link');
  await link.getByText('Somebody compares 2 runs').waitFor({ timeout: patience });
  assert.deepEqual(await link.getByTestId('verdict').allInnerTexts(), ['not re-run', 'not re-run']);
  assert.match(await link.innerText(), /On office-twin[\s\S]*1\. BPR-MF[\s\S]*2\. VBPR/);
  await accessible(other, '[data-testid=shared-link]');
  assert(await fits(other), 'wider than the page');
  await other.getByTestId('run-all').click({ timeout: patience });
  await other.getByTestId('see-comparison').click({ timeout: patience });
  await other.locator('#comparison:focus').waitFor();
  assert.deepEqual(await link.getByTestId('verdict').allInnerTexts(), ['Identical', 'Identical']);
  const side = other.getByTestId('side-by-side');
  await side.getByTestId('intervals').waitFor({ timeout: patience });
  assert.equal(await side.getByTestId('base').inputValue(), 'BPR-MF');
  // The link that the reader came with is still the address.
  assert.equal(new URL(other.url()).hash, hash);
  await accessible(other, '[data-testid=shared-link]');
  assert(await fits(other), 'wider than the page');

  // One of them alone, and back to both.
  await link.getByRole('link', { name: 'Open run 2, VBPR, alone' }).click();
  await link.getByText('Somebody claims this result').waitFor();
  await other.goBack();
  await link.getByText('Somebody compares 2 runs').waitFor();
});

test('a stopped comparison keeps what is finished, and a bad run in a link is named', async (t) => {
  const { page } = await open(t, { path: '/?backend=cpu' });
  const run = (system, epochs) => ({
    spec: {
      system,
      dataset: { name: 'office-twin' },
      training: { epochs, 'batch-size': 1024, 'evaluate-every': 10, patience: 0, selection: 'recall@20' },
    },
    claim: null,
  });
  const follow = (...runs) =>
    page.evaluate((hash) => void (location.hash = hash), `#v1.${deflateSync(JSON.stringify(runs)).toString('base64url')}`);
  await follow(run('bpr-mf', 1), run('nobody', 1));
  await page.getByTestId('link-problem').filter({ hasText: /^Run 2 of the 2 in this link is refused: .*nobody/ }).waitFor({ timeout: patience });
  await follow(...Array.from({ length: 9 }, () => run('bpr-mf', 1)));
  await page.getByTestId('link-problem').filter({ hasText: 'at most 8' }).waitFor();
  await follow(run('bpr-mf', 1), { ...run('bpr-mf', 1), spec: { ...run('bpr-mf', 1).spec, dataset: { name: 'toys-twin' } } });
  await page.getByTestId('link-obstacle').filter({ hasText: 'different data' }).waitFor();
  assert(await page.getByTestId('run-all').isDisabled());

  await follow(run('most-pop', 0), run('bpr-mf', 10_000));
  await page.getByTestId('run-all').filter({ hasText: 'Run them all' }).waitFor();
  assert.equal(await page.getByTestId('verdict').count(), 0, 'without a claim there is nothing to judge');
  await page.getByTestId('run-all').click({ timeout: patience });
  await page.getByTestId('run-all-progress').filter({ hasText: 'Training 2 of 2: BPR-MF' }).waitFor({ timeout: patience });
  await page.getByTestId('stop-all').click();
  await page.getByTestId('run-all').filter({ hasText: 'Go on with the other 1' }).waitFor();
  assert.equal(await page.getByTestId('shared-runs').locator('tr.rerun').count(), 1);
  assert.equal(await page.getByTestId('runs-table').locator('tbody tr:not(.paper)').count(), 1);
});
