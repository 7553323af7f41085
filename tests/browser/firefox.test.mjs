// The same page in Firefox, driven by the standard that both browsers speak (WebDriver BiDi): Playwright drives only a
// Firefox of its own.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import puppeteer from 'puppeteer-core';
import { serve } from './harness.mjs';
import { orders, products } from './shop.mjs';

const patience = { timeout: 120_000 };

/** Opens the built page in the Firefox that `FIREFOX` names; the test fails when the page reports an error. */
async function open(t, path) {
  const executablePath = process.env.FIREFOX;
  assert(executablePath, 'FIREFOX does not name a browser: run these tests through `cargo xtask test`');
  const errors = [];
  const server = await serve();
  let browser;
  t.after(async () => {
    try {
      assert.deepEqual(errors, [], 'the page reported errors');
    } finally {
      await browser?.close();
      await server.close();
    }
  });
  browser = await puppeteer.launch({ browser: 'firefox', executablePath, headless: true });
  const page = await browser.newPage();
  await page.setViewport({ width: 1280, height: 900 });
  page.on('pageerror', (error) => errors.push(`uncaught: ${error.stack ?? error}`));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(`console: ${message.text()} (${message.location().url})`);
  });
  await page.goto(server.address + path);
  return page;
}

const id = (testId) => `[data-testid='${testId}']`;

/** Tabs until the element that the selector means has the focus. */
async function tabTo(page, selector) {
  for (let presses = 0; presses < 120; presses++) {
    if (await page.evaluate((selector) => document.activeElement?.matches(selector), selector)) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`${selector} is not reached by Tab`);
}

/** Waits until what a selector means says something; fails with what is said there instead. */
async function says(page, selector, words) {
  try {
    await page.waitForFunction(
      (selector, words) => document.querySelector(selector)?.textContent?.replace(/\s+/g, ' ').includes(words),
      patience,
      selector,
      words,
    );
  } catch (cause) {
    const said = await page.evaluate((selector) => document.querySelector(selector)?.textContent, selector);
    throw new Error(`${selector} does not say “${words}” but “${said}”`, { cause });
  }
}

/** Scrolls to a part of the page, again while what stands above it is still drawn, until there is what is loaded there. */
const scrollTo = (page, part, loaded) =>
  page.waitForFunction(
    (part, loaded) => {
      document.querySelector(part).scrollIntoView({ behavior: 'instant' });
      return document.querySelector(loaded);
    },
    patience,
    part,
    loaded,
  );

/** Waits until a run is done; fails with the page's own sentence when it breaks. */
async function finished(page) {
  const found = await page.waitForSelector(`${id('receipt')}:enabled, ${id('error-panel')}`, patience);
  const broken = await page.$(id('error-panel'));
  if (broken) assert.fail(await found.evaluate((element) => element.textContent));
}

test('Firefox: a design is changed by keyboard, trained, shared, opened and run again', async (t) => {
  const page = await open(t, '/?backend=cpu');
  await says(page, id('design-name'), 'This is VBPR.');
  // It has its name before the data are there, which decide what can be answered.
  await page.waitForSelector(`${id('design-when')} input:checked:enabled`, patience);
  await page.focus(`${id('design-when')} input:checked`);
  await page.keyboard.press('ArrowRight');
  await says(page, id('design-name'), 'This is VBPR, but');
  await page.waitForSelector(`${id('design-refusal')}`, { hidden: true });

  await page.$eval(id('epochs'), (field) => {
    for (let folded = field.closest('details'); folded; folded = folded.parentElement.closest('details')) folded.open = true;
  });
  await page.focus(id('epochs'));
  await page.keyboard.down('Control');
  await page.keyboard.press('a');
  await page.keyboard.up('Control');
  await page.keyboard.type('2');
  await tabTo(page, id('play'));
  await page.keyboard.press('Enter');
  await finished(page);
  const list = await page.waitForSelector(id('recommendations'), patience);
  assert((await list.$$('li')).length >= 10, 'a list of at least ten items');

  await page.click(id('share'));
  const field = await page.waitForSelector(id('share-address'), patience);
  const address = await field.evaluate((field) => field.value);
  assert.match(address, /#v2\.[\w-]+$/);
  await page.$eval(id('qr'), (picture) => picture.decode());

  await page.goto('about:blank');
  await page.goto(address.replace('/#', '/?backend=cpu#'));
  await says(page, id('verdict'), 'not re-run');
  await page.click(id('reproduce'));
  await says(page, id('verdict'), 'dentical');
});

test('Firefox: a step of a lesson, the map, and data of one’s own', async (t) => {
  const page = await open(t, '/?backend=cpu&lesson=modality');
  await says(page, id('lesson-step'), 'Somebody who chose things');
  await page.waitForSelector(`${id('lesson-go')}`, patience);
  await page.waitForSelector(`${id('play')}:enabled`, patience);
  await page.waitForFunction(() => location.hash.startsWith('#v2.'), patience);
  await tabTo(page, id('lesson-go'));
  await page.keyboard.press('Enter');
  await page.keyboard.type('7');
  await page.keyboard.press('Tab');
  await says(page, id('lesson-task'), 'Done:');

  await scrollTo(page, '#map', id('map-kept'));
  await says(page, id('map-kept'), 'Keeps');

  await page.$eval(id('drop-zone'), (zone, tables) => {
    const files = Object.entries(tables).map(([name, text]) => new File([text], name));
    const event = new DragEvent('drop', { bubbles: true, cancelable: true });
    Object.defineProperty(event, 'dataTransfer', { value: { items: [], files, types: ['Files'] } });
    zone.dispatchEvent(event);
  }, { 'orders.csv': orders, 'products.csv': products });
  await (await page.waitForSelector(id('read-data'), patience)).click();
  await says(page, id('found'), '24');
  await (await page.waitForSelector(id('use-data'), patience)).click();
  await page.waitForSelector(id('own-data'), { hidden: true, ...patience });
  await says(page, '#data dd', '24');
});
