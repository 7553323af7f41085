// The map of items: before anything is trained, by keyboard alone, and as a trained system sees them.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AxeBuilder } from '@axe-core/playwright';
import { fill, train } from './bench-page.mjs';
import { open } from './harness.mjs';

const patience = { timeout: 120_000 };

/** Goes to the maps and waits until every modality's is measured. */
async function openMaps(page, modalities) {
  await page.getByTestId('play').waitFor(patience);
  await page.locator('#map').scrollIntoViewIfNeeded();
  await page.getByTestId('map-kept').nth(modalities - 1).filter({ hasText: 'Keeps' }).waitFor(patience);
}

async function axe(page) {
  const { violations } = await new AxeBuilder({ page }).include('#map').analyze();
  assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), []);
}

test('items are on a map for each modality, and one is chosen by keyboard', async (t) => {
  const requests = [];
  const before = async (page) => page.on('request', (request) => requests.push(request.url()));
  const { page } = await open(t, { path: '/?backend=cpu', before });
  await page.getByTestId('play').waitFor(patience);
  assert(!requests.some((url) => /ItemMaps|layout/.test(url)), 'maps are downloaded when a reader comes near');
  await openMaps(page, 2);
  assert.match(await page.locator('#map header').innerText(), /synthetic/i);
  const visual = page.locator('#map figure', { hasText: 'Visual' });
  assert.match(await visual.innerText(), /363 of 493 items[\s\S]*Not drawn: 130 items without visual content/);

  await page.locator('#map').getByText('Visual', { exact: true }).first().click();
  assert.equal(await page.getByTestId('map').count(), 1);
  await page.locator('#map').getByText('Side by side').click();

  await page.getByTestId('map-search').focus();
  await page.keyboard.type('binder');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const item = page.getByTestId('mapped-item');
  assert.match(await item.innerText(), /binder/i);
  for (const space of ['textual', 'visual']) {
    const cosines = (await item.getByTestId(`nearest-${space}`).locator('li').allInnerTexts())
      .map((text) => Number(/(\d\.\d\d)$/.exec(text)?.[1]));
    assert.equal(cosines.length, 6);
    assert.deepEqual(cosines, cosines.toSorted((left, right) => right - left));
  }
  await axe(page);

  // By kind: each has a colour and a name, and one is seen alone.
  await page.locator('#map').getByText('Kind', { exact: true }).click();
  const kinds = page.getByTestId('map-kinds').getByRole('button');
  assert.equal(await kinds.count(), 30);
  const sums = (await kinds.allInnerTexts()).map((text) => Number(/\d+$/.exec(text)[0]));
  assert.equal(sums.reduce((sum, count) => sum + count), 493);
  await kinds.filter({ hasText: 'Ring Binder' }).click();
  assert.equal(await kinds.filter({ hasText: 'Ring Binder' }).getAttribute('aria-pressed'), 'true');
  assert.match(await item.innerText(), /Ring Binder/);
  await axe(page);

  // Along the map: another item each time, until there is none in that direction.
  await page.getByTestId('map').first().focus();
  const titles = new Set();
  for (const key of ['ArrowUp', 'ArrowUp', 'ArrowLeft']) {
    await page.keyboard.press(key);
    titles.add(await item.locator('h3').innerText());
  }
  assert(titles.size > 1, [...titles].join(', '));

  // To a person who took it, whose history is then marked.
  await item.getByRole('button', { name: /^person/ }).first().click();
  const user = Number(await page.getByTestId('user-select').inputValue());
  await page.locator('#map').getByText(`Person ${user} of`).waitFor();
  assert(await page.locator('#people').evaluate((people) => people === document.activeElement));
});

test('an item of a history or a list leads to its dot, and is lit in both', async (t) => {
  const requests = [];
  const before = async (page) => page.on('request', (request) => requests.push(request.url()));
  const { page } = await open(t, { path: '/?backend=cpu', before });
  await page.getByTestId('system-select').selectOption('most-pop', patience);
  await train(page);
  const listed = page.getByTestId('recommendations').getByRole('listitem').first();
  const title = await listed.locator('strong').innerText();
  assert(!requests.some((url) => /ItemMaps/.test(url)), 'the maps are not there yet');
  await listed.getByTestId('on-map').focus();
  await page.keyboard.press('Enter');
  const item = page.getByTestId('mapped-item');
  await item.getByRole('heading', { name: title }).waitFor(patience);
  assert(await page.locator('#map').evaluate((map) => map === document.activeElement));
  await page.getByTestId('map-kept').nth(1).filter({ hasText: 'Keeps' }).waitFor(patience);
  assert.equal(await listed.getAttribute('aria-current'), 'true');

  const chosen = page.getByTestId('history').getByRole('listitem').nth(1);
  await chosen.getByTestId('on-map').click();
  await chosen.and(page.locator('[aria-current=true]')).waitFor();
  assert.equal(await page.locator('#people [aria-current=true]').count(), 1);
  await axe(page);
  await item.getByRole('button', { name: 'Clear' }).click();
  await chosen.and(page.locator('[aria-current=true]')).waitFor({ state: 'detached' });
});

test('dots become pictures when the map comes near, by keyboard and by wheel', async (t) => {
  /** Each canvas says how many pictures it shows since it was last cleared. */
  const count = (page) =>
    page.addInitScript(() => {
      const { prototype } = CanvasRenderingContext2D;
      const { clearRect, drawImage } = prototype;
      prototype.clearRect = function (...where) {
        this.canvas.dataset.pictures = '0';
        clearRect.apply(this, where);
      };
      prototype.drawImage = function (...what) {
        this.canvas.dataset.pictures = String(1 + Number(this.canvas.dataset.pictures));
        drawImage.apply(this, what);
      };
    });
  const { page } = await open(t, { path: '/?backend=cpu', before: count });
  await openMaps(page, 2);
  const map = page.locator('#map figure', { hasText: 'Visual' }).getByTestId('map');
  const dots = map.locator('canvas:first-child[data-pictures="0"]');
  const pictures = map.locator('canvas:first-child:not([data-pictures="0"])');
  await page.locator('#map label', { hasText: 'Popularity' }).click();
  await dots.waitFor(patience);

  await map.focus();
  await page.keyboard.press('+');
  await page.keyboard.press('+');
  await page.keyboard.press('+');
  await pictures.waitFor(patience);
  await page.keyboard.press('0');
  await dots.waitFor(patience);

  // The wheel scrolls the page until the map is worked with.
  const wheel = async (far) => {
    await map.hover();
    await page.mouse.wheel(0, far);
  };
  await map.blur();
  const top = await page.evaluate(() => scrollY);
  await wheel(-40);
  await page.waitForFunction((top) => scrollY < top, top, patience);
  assert.equal(await pictures.count(), 0);
  await map.click();
  await wheel(-600);
  await pictures.waitFor(patience);
  await wheel(600);
  await dots.waitFor(patience);
  await page.keyboard.down('Control');
  await wheel(-200);
  await page.keyboard.up('Control');
  await pictures.waitFor(patience);
});

test('UMAP is laid out in the background, keeps more than PCA, and can be cancelled', async (t) => {
  const { page } = await open(t, { path: '/?backend=cpu', context: { viewport: { width: 360, height: 740 } } });
  await openMaps(page, 1);
  const kept = async () => Number(/Keeps (\d+) %/.exec(await page.getByTestId('map-kept').innerText())[1]);
  const straight = await kept();
  const umap = page.locator('#map label', { hasText: 'UMAP' });
  await umap.click();
  await page.getByTestId('map-working').getByText('Cancel').click(patience);
  await page.getByTestId('map-kept').filter({ hasText: 'vary' }).waitFor();
  await umap.click();
  await page.getByTestId('map-kept').filter({ hasNotText: 'vary' }).filter({ hasText: 'Keeps' }).waitFor(patience);
  const together = await kept();
  t.diagnostic(`of the ten nearest, PCA keeps ${straight} %, UMAP ${together} %`);
  assert(together > 2 * straight);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  assert(wide <= 360, `${wide} pixels wide`);
  await axe(page);
});

test('after training, items are mapped as the system sees them, from before to after', async (t) => {
  const { page } = await open(t, { path: '/?backend=cpu' });
  await fill(page, 'epochs', 2);
  await fill(page, 'training-evaluate-every', 1);
  await openMaps(page, 2);
  await train(page);
  await page.locator('#map').scrollIntoViewIfNeeded();
  const fused = page.locator('#map figure', { hasText: 'After fusion' });
  await fused.getByText(/After training, epoch \d/).waitFor(patience);
  await fused.getByText('Keeps').waitFor(patience);
  await fused.getByTestId('map-moment').fill('0');
  await fused.getByText('Before training').waitFor();
  await page.locator('#map label', { hasText: 'Exposure' }).click(patience);
  await page.getByText('Shown in lists of 10').waitFor();

  await page.getByTestId('map-search').fill('pen');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const item = page.getByTestId('mapped-item');
  assert.equal(await item.getByTestId('nearest-after-fusion').locator('li').count(), 6);
  assert.match(await item.innerText(), /among the first 10 recommendations of [\d,]+ (person|people)/);
  await axe(page);

  // A run that is gone has no map.
  await page.getByTestId('reset').click();
  await fused.waitFor({ state: 'detached' });
});

test('a system without vectors of items says so where its map would be', async (t) => {
  const { page } = await open(t, { path: '/?backend=cpu' });
  await page.getByTestId('system-select').selectOption('most-pop', patience);
  await openMaps(page, 2);
  await train(page);
  await page.getByTestId('maps').scrollIntoViewIfNeeded();
  const reason = page.getByTestId('map-missing').filter({ hasNotText: 'Train a system' });
  await reason.waitFor(patience);
  t.diagnostic(await reason.innerText());
  assert.equal(await page.locator('#map .trouble').count(), 0);
});
