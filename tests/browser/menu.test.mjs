// Where the parts of the page do not stand in one line, a menu leads to them.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AxeBuilder } from '@axe-core/playwright';
import { train } from './bench-page.mjs';
import { open } from './harness.mjs';

test('on a narrow screen a menu leads to every part, by finger and by keyboard', async (t) => {
  const { page } = await open(t, { path: '/?backend=cpu', context: { viewport: { width: 360, height: 740 }, hasTouch: true } });
  const button = page.getByRole('button', { name: 'Menu' });
  const menu = page.getByTestId('menu-parts');
  await page.locator('#map').waitFor({ state: 'attached', timeout: 120_000 });
  await button.tap();
  await menu.waitFor();
  const links = menu.getByRole('link');
  assert.equal(await links.count(), 8);
  for (const target of [button, ...(await links.all())]) {
    const { width, height } = await target.boundingBox();
    assert(width >= 44 && height >= 44, `${await target.innerText()}: ${width} × ${height}`);
  }
  const { violations } = await new AxeBuilder({ page }).include('header').analyze();
  assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), []);
  await links.filter({ hasText: 'Map' }).tap();
  await menu.waitFor({ state: 'hidden' });
  assert(await page.locator('#map').evaluate((map) => map === document.activeElement));
  await page.waitForFunction(() => Math.abs(document.getElementById('map').getBoundingClientRect().top) < innerHeight / 2);

  await button.focus();
  await page.keyboard.press('Enter');
  await menu.waitFor();
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.innerText), 'Lessons');
  await page.keyboard.press('Escape');
  await menu.waitFor({ state: 'hidden' });
  assert(await button.evaluate((button) => button === document.activeElement));
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360);
});

test('no width between a telephone and a desk is too narrow for the page', async (t) => {
  const { page } = await open(t, { path: '/?backend=cpu' });
  await page.getByTestId('system-select').selectOption('most-pop');
  await train(page);
  // With all there is to go to.
  await page.getByRole('link', { name: 'Your runs' }).waitFor();
  for (let width = 320; width <= 1400; width += 40) {
    await page.setViewportSize({ width, height: 800 });
    const needed = await page.evaluate(() => document.documentElement.scrollWidth);
    assert(needed <= width, `${width} pixels are too few for ${needed}`);
  }
});

test('beside a lesson the menu is there on wide screens too', async (t) => {
  const { page } = await open(t, { path: '/?backend=cpu&lesson=modality', context: { viewport: { width: 1280, height: 800 } } });
  await page.getByTestId('lesson').waitFor({ timeout: 120_000 });
  await page.getByRole('button', { name: 'Menu' }).click();
  await page.getByTestId('menu-parts').getByRole('link', { name: 'What came out?' }).waitFor();
});
