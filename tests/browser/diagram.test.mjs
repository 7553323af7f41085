// The diagram: a form that is the design, and a training step in slow motion.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AxeBuilder } from '@axe-core/playwright';
import { answer } from './bench-page.mjs';
import { open } from './harness.mjs';

/** Tabs until the element that the selector means has the focus. */
async function tabTo(page, selector, key = 'Tab') {
  for (let presses = 0; presses < 120; presses++) {
    if (await page.evaluate((selector) => document.activeElement?.matches(selector), selector)) return;
    await page.keyboard.press(key);
  }
  assert.fail(`${selector} is not reached by ${key}`);
}

/** Waits for the data: a design has its name before, but cannot be answered, and moves under the pointer. */
function answerable(page) {
  return page.locator('[data-testid=share]:enabled').waitFor({ timeout: 120_000 });
}

/** Waits until the design is called so. */
function called(page, name) {
  return page.getByTestId('design-name').filter({ hasText: name }).waitFor({ timeout: 120_000 });
}

test('by keyboard alone from VBPR to another LATTICE, and back', async (t) => {
  const { page } = await open(t, { path: '/?backend=cpu' });
  await called(page, 'This is VBPR.');
  await answerable(page);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await tabTo(page, '[data-testid=system-select]');
  const system = page.getByTestId('system-select');
  for (let presses = 0; presses < 20 && (await system.inputValue()) !== 'lattice'; presses++) {
    await page.keyboard.press('ArrowDown');
  }
  await called(page, 'This is LATTICE.');

  await tabTo(page, '[data-testid=design-representation] input');
  await page.keyboard.press('ArrowLeft');
  const refusal = page.getByTestId('design-refusal');
  await refusal.filter({ hasText: 'Not from here: a graph of similar items is made of each modality alone' }).waitFor();
  const representation = page.getByTestId('design-representation');
  assert.equal(await representation.getByRole('radio', { name: 'Coordinate' }).isChecked(), true);
  await called(page, 'This is LATTICE.');

  await tabTo(page, '[data-testid=design-when] input');
  await page.keyboard.press('ArrowRight');
  await called(page, 'This is LATTICE, but with content also scored, fused late by sum.');
  await refusal.waitFor({ state: 'detached' });
  assert.match(await page.getByTestId('design-told').innerText(), /^Also changed: operator to sum, roles to /);
  assert.equal(await system.inputValue(), 'composed');

  await tabTo(page, '[data-testid=design-undo]', 'Shift+Tab');
  await page.keyboard.press('Enter');
  await called(page, 'This is LATTICE.');
  assert.equal(await system.inputValue(), 'lattice');
});

test('a term has its formula and a ghost its consequence while pointed at, until Escape', async (t) => {
  const { page } = await open(t, { path: '/?backend=cpu', context: { viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' } });
  await called(page, 'This is VBPR.');
  await answerable(page);
  const choice = (question, words) => page.getByTestId(`design-${question}`).locator('label', { hasText: words });
  /** With what scrolls a card goes away: what is pointed at is brought into sight before. */
  const pointAt = async (target) => {
    await target.scrollIntoViewIfNeeded();
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    await target.hover();
  };
  const card = page.locator('.bubble:popover-open');
  const ghosts = page.locator('.diagram svg path.ghost');
  const gone = async () => {
    await card.waitFor({ state: 'detached' });
    await ghosts.first().waitFor({ state: 'detached' });
  };

  await pointAt(choice('representation', 'Joint'));
  await card.filter({ hasText: 'z = [x₁ x₂] P + b' }).waitFor();
  assert.equal(await ghosts.count(), 0, 'what is there already is no ghost');

  // Of the ghost: what it means, its formula, what would change along, and its wires beside those that are there.
  const coordinate = choice('representation', 'Coordinate');
  await pointAt(coordinate);
  await card.filter({ hasText: /z_m = x_m P_m \+ b_m\s*Also changes when to early, operator to concat\./ }).waitFor();
  await ghosts.first().waitFor({ state: 'attached' });
  const [over, under] = [await card.boundingBox(), await coordinate.boundingBox()];
  const apart = over.y >= under.y + under.height || over.x >= under.x + under.width || over.x + over.width <= under.x;
  assert(apart && over.y + over.height <= 900, 'the card hides neither itself nor what it explains');
  await page.keyboard.press('Escape');
  await gone();
  assert.equal(await page.getByTestId('design-representation').getByRole('radio', { name: 'Joint' }).isChecked(), true);
  await called(page, 'This is VBPR.');

  // The keyboard points as well.
  await pointAt(choice('when', 'Late'));
  await ghosts.first().waitFor({ state: 'attached' });
  await page.mouse.move(0, 0);
  await gone();
  await page.keyboard.press('Tab');
  await tabTo(page, '[data-testid=design-when] input');
  await card.filter({ hasText: 's = θ · z, or no z in s' }).waitFor();
  await page.keyboard.press('Escape');
  await gone();

  // A system beyond the questions has its formula in its name; a refused answer says why, and changes no wire.
  await page.getByTestId('system-select').selectOption('lattice');
  await called(page, 'This is LATTICE.');
  await pointAt(choice('representation', 'Joint'));
  await card.filter({ hasText: 'Not from here: a graph of similar items is made of each modality alone' }).waitFor();
  assert.equal(await ghosts.count(), 0);
  await page.getByTestId('system-select').selectOption('most-pop');
  await called(page, 'This is MostPop.');
  await pointAt(page.getByTestId('design-name').locator('.term'));
  await card.locator('.formula').waitFor();
  await page.keyboard.press('Escape');
  await gone();
});

for (const [name, context] of [
  ['wide and dark', { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' }],
  ['narrow and light', { viewport: { width: 360, height: 800 }, colorScheme: 'light', reducedMotion: 'reduce' }],
]) {
  test(`a training step in slow motion, ${name}`, async (t) => {
    const { page } = await open(t, { path: '/?backend=cpu', context });
    await called(page, 'This is VBPR.');
    await answerable(page);
    await answer(page, 'operator', 'Attention');
    await called(page, 'This is VBPR, but with one representation a modality, fused early by attention.');
    await page.getByTestId('show-step').click();
    const shown = page.getByTestId('one-step');
    await shown.filter({ hasText: /At most 1,024 rows/ }).waitFor();
    const next = shown.getByRole('button', { name: 'Next' });
    const titles = ['The features', 'Representation', 'Fusion', 'The two scores', 'The loss'];
    for (const title of titles) {
      await next.click();
      await shown.getByRole('heading', { name: title }).waitFor();
    }
    // Numbers come with a run, and not before.
    assert.doesNotMatch(await shown.innerText(), /ranking/);
    await page.getByTestId('step').click();
    await shown.filter({ hasText: /ranking 0\.\d+ \+ regularisation 0\.\d+ = 0\.\d+/ }).waitFor({ timeout: 120_000 });
    await next.click();
    assert.match(await shown.innerText(), /All [\d,]+ numbers to learn move a little/);
    assert.equal(await shown.getByRole('button', { name: 'Play' }).count(), context.reducedMotion ? 0 : 1);
    const { violations } = await new AxeBuilder({ page }).analyze();
    assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), []);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
  });
}
