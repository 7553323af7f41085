// What the page's own security policy lets through, and what it stops.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { fill, train } from './bench-page.mjs';
import { open } from './harness.mjs';

/** Keeps what the policy stopped, from before the first script on. */
async function watch(page) {
  await page.addInitScript(() => {
    globalThis.stopped = [];
    addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
      globalThis.stopped.push(`${effectiveDirective} ${blockedURI}`),
    );
  });
}

const stopped = (page) => page.evaluate(() => globalThis.stopped);

test('everything the page does is allowed by its policy', async (t) => {
  const { page } = await open(t, { path: '/?backend=cpu', before: watch });
  await fill(page, 'epochs', 1);
  await train(page);
  await page.getByTestId('recommendations').locator('.picture').first().waitFor();
  const saved = async (button) => {
    const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
    return download.suggestedFilename();
  };
  for (const [part, format] of [['#training .loss', 'PNG'], ['#results', 'CSV'], ['#results', 'Weights']]) {
    await page.locator(part).getByTestId('export').first().click();
    assert.match(await saved(page.locator(part).getByRole('button', { name: new RegExp(`^${format}`) })), /\.\w+$/);
  }
  await page.getByTestId('share').click();
  await page.getByTestId('qr').evaluate((picture) => picture.decode());
  await page.getByTestId('describe-anew').click();
  await page.getByTestId('extractor').selectOption('colour-histogram');
  await page.getByTestId('describe').click();
  await page.getByTestId('described').waitFor({ timeout: 120_000 });
  await page.locator('#experiment-joint').click();
  await page.getByTestId('strips').waitFor();
  await page.goto(`${new URL(page.url()).origin}/?backend=cpu&lesson=modality`);
  await page.getByTestId('lesson-task').waitFor({ timeout: 120_000 });
  assert.deepEqual(await stopped(page), []);
});

test('nothing that is brought into the page runs or leaves it', async (t) => {
  const { page, errors } = await open(t, { before: watch });
  await page.getByRole('heading', { level: 1 }).waitFor();
  const asked = [];
  const elsewhere = createServer(({ url }, response) => {
    asked.push(url);
    response.end();
  });
  await new Promise((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
  t.after(() => elsewhere.close());
  const outside = `http://127.0.0.1:${elsewhere.address().port}`;
  await page.evaluate(async (outside) => {
    const script = document.createElement('script');
    script.textContent = 'globalThis.ran = true';
    const foreign = document.createElement('script');
    foreign.src = `${outside}/script.js`;
    const button = document.createElement('button');
    button.setAttribute('onclick', 'globalThis.ran = true');
    const picture = document.createElement('img');
    picture.src = `${outside}/picture.png`;
    const form = document.createElement('form');
    form.action = outside;
    const frame = document.createElement('iframe');
    frame.src = outside;
    document.body.append(script, foreign, button, picture, form, frame);
    button.click();
    form.submit();
    await fetch(outside).catch(() => {});
  }, outside);
  // A string that is to become code, after the debugger's own evaluation, which the policy does not bind.
  await page.evaluate(() => void setTimeout('globalThis.ran = true'));
  await page.waitForFunction(() => globalThis.stopped.length >= 8);
  assert.equal(await page.evaluate(() => globalThis.ran), undefined);
  assert.deepEqual(
    new Set((await stopped(page)).map((line) => line.split(' ')[0])),
    new Set(['connect-src', 'form-action', 'frame-src', 'img-src', 'script-src', 'script-src-attr', 'script-src-elem']),
  );
  assert.deepEqual(asked, []);
  errors.splice(0);
});
