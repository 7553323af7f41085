// Why a list is as it is: pushes that add up or say that they do not, and the list when a modality counts less.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AxeBuilder } from '@axe-core/playwright';
import { fill, train } from './bench-page.mjs';
import { open } from './harness.mjs';

/** Trains a system for a moment. */
async function trained(t, system, epochs, context) {
  const asked = [];
  const { page } = await open(t, {
    path: '/?backend=cpu',
    context,
    before: async (page) => void page.on('request', (request) => asked.push(request.url())),
  });
  await fill(page, 'epochs', epochs);
  await page.getByTestId('system-select').selectOption(system);
  await train(page);
  await page.getByTestId('recommendations').waitFor();
  return { page, asked };
}

/** What the list holds, in its order. */
function titles(page) {
  return page.getByTestId('recommendations').locator('strong').allInnerTexts();
}

/** The numbers behind a bar, by name. */
async function numbers(page, nth) {
  const bar = page.getByTestId('why-bar').nth(nth);
  const bubble = page.locator(`[id="${await bar.getAttribute('aria-describedby')}"]`);
  const lines = await bubble.locator('.number').allTextContents();
  const read = (line) => line.trim().match(/^(.*?)\s+(−?)([\d.e-]+)$/).slice(1);
  return Object.fromEntries(lines.map(read).map(([name, sign, size]) => [name, Number(size) * (sign ? -1 : 1)]));
}

async function accessible(page) {
  const { violations } = await new AxeBuilder({ page }).include('#people').analyze();
  assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), []);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
}

for (const [name, context] of [
  ['wide', { viewport: { width: 1280, height: 900 } }],
  ['narrow and dark', { viewport: { width: 360, height: 800 }, colorScheme: 'dark', reducedMotion: 'reduce' }],
]) {
  test(`VBPR is taken apart, and its list follows what counts, ${name}`, async (t) => {
    const { page, asked } = await trained(t, 'vbpr', 4, context);
    assert(!asked.some((address) => /\/Why-/.test(address)), 'nothing is loaded before it is looked at');
    const before = await titles(page);
    await page.getByTestId('show-why').click();
    await page.getByTestId('why-sentence').nth(9).waitFor();
    assert.match(await page.getByTestId('why-legend').innerText(), /Adds up exactly/);
    for (const nth of [0, 4, 9]) {
      const { Score, ...pushes } = await numbers(page, nth);
      const [people, words, picture] = Object.keys(pushes);
      assert.deepEqual([people, words], ['Who took what', 'Its words']);
      assert.match(picture, /^(Its|What stands in for its) picture$/);
      const sum = Object.values(pushes).reduce((sum, push) => sum + push, 0);
      const largest = Math.max(...[Score, ...Object.values(pushes)].map(Math.abs));
      // Shown to three digits.
      assert(Math.abs(sum - Score) < 0.02 * largest, `${sum} is not ${Score}`);
    }

    await page.getByTestId('what-like').first().click();
    assert.match(await page.getByTestId('likeness').innerText(), /Of what this person chose, its words are nearest to/);

    await page.getByTestId('drop-visual').click();
    const told = page.getByTestId('reranked').filter({ hasText: /As trained: .* now: / });
    await told.waitFor();
    t.diagnostic(await told.innerText());
    assert.notDeepEqual(await titles(page), before);
    await accessible(page);
    await page.getByTestId('weights-reset').click();
    await told.waitFor({ state: 'detached' });
    assert.deepEqual(await titles(page), before);

    // The keyboard alone.
    await page.getByTestId('weight-textual').focus();
    await page.keyboard.press('Home');
    await told.waitFor();
    assert.equal(await page.getByTestId('weight-textual').getAttribute('aria-valuetext'), '0, dropped');
  });
}

test('where modalities are woven together, reasons are by removal', async (t) => {
  const { page } = await trained(t, 'lattice', 2);
  await page.getByTestId('show-why').click();
  await page.getByTestId('why-sentence').nth(9).waitFor();
  assert.match(await page.getByTestId('why-legend').innerText(), /By removal[\s\S]*need not add up/);
  assert('Only together' in (await numbers(page, 0)));
  await accessible(page);
});

test('what an item lacks is not called its own', async (t) => {
  const { page } = await trained(t, 'lattice', 6);
  await page.getByTestId('show-why').click();
  await page.getByTestId('why-sentence').nth(9).waitFor();
  const items = page.getByTestId('recommendations').locator('> li');
  const bare = items.filter({ has: page.locator('.picture.none') });
  assert((await bare.count()) > 0, 'nothing without a picture is on this list');
  for (const item of await bare.all()) {
    const told = await item.getByTestId('why-sentence').innerText();
    assert.match(told, /It has no picture of its own: the mean of all others stands in, and over the graph the pictures/);
    assert.doesNotMatch(told, /(?<!for )its picture/);
    assert.match(await item.locator('.number').allTextContents().then(String), /What stands in for its picture/);
  }
  const whole = items.filter({ hasNot: page.locator('.picture.none') });
  assert.doesNotMatch(await whole.first().innerText(), /no picture of its own|stands in/);
  await accessible(page);
});

test('a system without content says why there is nothing to take apart', async (t) => {
  const { page } = await trained(t, 'most-pop', 1);
  await page.getByTestId('show-why').click();
  assert.match(await page.getByTestId('why-not').innerText(), /MostPop looks at no content/);
  assert.equal(await page.getByTestId('weights').count(), 0);
  assert.equal((await titles(page)).length, 10);
});

test('people are searched by the keyboard, and narrowed to those with hits', async (t) => {
  const { page } = await trained(t, 'most-pop', 1);
  const field = page.getByRole('combobox', { name: 'Person' });
  const people = page.getByRole('listbox', { name: 'People' }).getByRole('option');
  await field.focus();
  await page.keyboard.type('U0001');
  await people.first().waitFor();
  await page.keyboard.press('ArrowDown');
  await people.and(page.locator('[aria-selected=true]')).filter({ hasText: 'U00010' }).waitFor();
  await page.keyboard.press('Enter');
  assert.equal(await field.inputValue(), '10');

  await page.getByText('With hits', { exact: true }).click();
  await page.getByText(/people have a hit among 10/).waitFor();
  await page.getByRole('button', { name: 'Next', exact: true }).click();
  await page.locator('[data-hit=test], [data-hit=validation]').first().waitFor();
  await accessible(page);
});
