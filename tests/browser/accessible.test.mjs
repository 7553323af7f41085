// Every view and every step of every lesson, as axe judges them: light and dark, wide and narrow, with all that can be
// unfolded unfolded. What is animated rests where the reader asked for that.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AxeBuilder } from '@axe-core/playwright';
import { answer, fill, train } from './bench-page.mjs';
import { open } from './harness.mjs';

const patience = { timeout: 120_000 };

const looks = [
  ['wide and light', { viewport: { width: 1280, height: 900 }, colorScheme: 'light' }],
  ['narrow and dark', { viewport: { width: 360, height: 800 }, colorScheme: 'dark' }],
];

/** Everything folded of a part of the page is opened, and axe finds nothing in it. */
async function accessible(page, view, part = 'body') {
  await page.locator(part).evaluate((part) => {
    for (const details of part.querySelectorAll('details')) details.open = true;
  });
  const { violations } = await new AxeBuilder({ page }).include(part).analyze();
  assert.deepEqual(violations.map(({ id, nodes }) => `${view}, ${id}: ${nodes.map(({ html }) => html).join('\n')}`), []);
}

for (const [name, context] of looks) {
  test(`every view, ${name}`, async (t) => {
    const { page } = await open(t, { path: '/?backend=cpu', context });
    await page.locator('#gallery').scrollIntoViewIfNeeded();
    await page.getByTestId('gallery').getByRole('listitem').first().waitFor();
    await page.locator('[data-testid=play]:enabled').waitFor(patience);
    await accessible(page, 'before a run');

    await fill(page, 'epochs', 1);
    await train(page);
    await page.getByTestId('recommendations').waitFor(patience);
    await page.getByTestId('show-step').click();
    await page.getByTestId('share').click();
    await page.getByTestId('share-address').waitFor();
    await page.locator('#results').getByTestId('export').first().click();
    await accessible(page, 'after a run');
    await page.keyboard.press('Escape');

    await answer(page, 'operator', 'Attention');
    await page.getByTestId('design-told').waitFor();
    await accessible(page, 'a design of one’s own', '#bench');

    const link = await page.getByTestId('share-address').inputValue();
    await page.evaluate((hash) => void (location.hash = hash), new URL(link).hash);
    await page.getByTestId('verdict').waitFor();
    await accessible(page, 'a shared link', '[data-testid=shared-link]');
    await page.evaluate(() => void (location.hash = '#v1.AAAA'));
    await page.getByTestId('link-problem').waitFor();
    await accessible(page, 'a damaged link', '[data-testid=shared-link]');
  });

  test(`experiments of every kind, ${name}`, async (t) => {
    const { page } = await open(t, { context });
    for (const experiment of ['office-tuned', 'joint', 'missing']) {
      await page.locator(`#experiment-${experiment}`).click();
      await page.getByTestId('measured-table').waitFor({ state: 'attached' });
      await accessible(page, experiment, '#measured');
      await page.locator('#measured').getByText('← All questions').click();
    }
  });

  test(`every step of every lesson, ${name}`, async (t) => {
    const { page, address } = await open(t, { path: '/?backend=cpu', context });
    const lessons = await page.locator('#lessons ol a').evaluateAll((links) => links.map(({ href }) => href));
    assert.equal(lessons.length, 6);
    for (const href of lessons) {
      await page.goto(`${address}/?backend=cpu&lesson=${new URL(href).searchParams.get('lesson')}`);
      const step = page.getByTestId('lesson-step');
      for (;;) {
        const title = await step.innerText(patience);
        await accessible(page, `${href}, ${title}`, '#lesson');
        if (title === 'What you have seen') break;
        await page.getByTestId('lesson-skip').click();
        await step.filter({ hasNotText: title }).waitFor();
      }
    }
  });
}

test('nothing moves by itself where the reader asked for rest', async (t) => {
  const { page } = await open(t, { path: '/?backend=cpu', context: { reducedMotion: 'reduce' } });
  await fill(page, 'epochs', 2);
  await page.getByTestId('show-step').click();
  await page.evaluate(() => {
    globalThis.moved = [];
    const look = () => {
      globalThis.moved.push(...document.getAnimations().map(({ effect }) => effect.target.outerHTML.slice(0, 200)));
      requestAnimationFrame(look);
    };
    look();
    document.getElementById('results').scrollIntoView();
    globalThis.arrived = document.getElementById('results').getBoundingClientRect().top < innerHeight;
  });
  await train(page);
  assert.equal(await page.evaluate(() => globalThis.arrived), true, 'the page scrolls smoothly');
  assert.deepEqual(await page.evaluate(() => globalThis.moved), []);
});

for (const colorScheme of ['light', 'dark']) {
  test(`what scrolls sideways shows it, ${colorScheme}`, async (t) => {
    const { page } = await open(t, { path: '/?backend=cpu', context: { viewport: { width: 360, height: 800 }, colorScheme } });
    await fill(page, 'epochs', 1);
    await train(page);
    const tables = page.getByTestId('metrics-table').locator('.scroll');
    for (const table of await tables.all()) {
      // On the left the first column stays, and lies upon the shade; the caption's line is free of it.
      const edge = async () => {
        await table.evaluate((table) => table.scrollIntoView({ behavior: 'instant', block: 'start' }));
        const { x, y, width } = await table.boundingBox();
        return (await page.screenshot({ clip: { x: x + width - 3, y: y + 2, width: 2, height: 2 } })).toString('base64');
      };
      assert(await table.evaluate((table) => table.scrollWidth > table.clientWidth + 20), 'it fits');
      const before = await edge();
      await table.evaluate((table) => (table.scrollLeft = table.scrollWidth));
      assert.notEqual(await edge(), before, 'nothing tells that there is more');
    }
  });
}

test('buttons that read like links are high enough for a finger', async (t) => {
  const { page } = await open(t, {
    path: '/?backend=cpu',
    context: { viewport: { width: 360, height: 800 }, hasTouch: true, isMobile: true },
  });
  await fill(page, 'epochs', 1);
  await train(page);
  await page.getByTestId('show-why').click();
  await page.getByTestId('what-like').first().waitFor();
  const buttons = page.locator('.in-text:visible');
  const heights = await buttons.evaluateAll((buttons) =>
    buttons.map((button) => [button.innerText, button.getBoundingClientRect().height]),
  );
  assert(heights.length > 3, 'hardly any is there');
  assert.deepEqual(heights.filter(([, height]) => height < 24), []);
  assert(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'wider than the page');
});
