// Takes the pictures of docs/tour.md from the built page, in a real Chromium, on the embedded synthetic data alone:
//
//     cargo xtask build && cd tests/browser && npm ci && CHROME=/usr/bin/chromium node tour.mjs
//
// takes all of them, `node tour.mjs map runs` only those scenes. They are looked at before they are committed: whoever
// changes what a picture shows takes it again.

import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { answer, fill, train } from './bench-page.mjs';
import { open, root } from './harness.mjs';

const folder = join(root, 'docs/tour');
/** The same at every run, because it is in the link and the QR code that are taken. */
const port = 8137;
const patience = { timeout: 300_000 };
const light = { viewport: { width: 1280, height: 860 }, colorScheme: 'light', reducedMotion: 'reduce' };
const dark = { ...light, colorScheme: 'dark' };
const telephone = { ...light, viewport: { width: 360, height: 740 } };

/** WebP, as Chromium itself writes it: a third of a PNG, with letters still sharp. */
async function webp(page, png) {
  const bytes = await page.evaluate(async (png) => {
    const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob());
    const canvas = new OffscreenCanvas(image.width, image.height);
    canvas.getContext('2d').drawImage(image, 0, 0);
    const blob = await canvas.convertToBlob({ type: 'image/webp', quality: 0.86 });
    return [...new Uint8Array(await blob.arrayBuffer())];
  }, png.toString('base64'));
  return Buffer.from(bytes);
}

async function save(page, name, png) {
  // A blank page: that of Fusebox may not fetch an address of data.
  const blank = await page.context().newPage();
  const bytes = await webp(blank, png);
  await blank.close();
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `${name}.webp`), bytes);
  console.log(`${name}.webp, ${Math.round(bytes.length / 1024)} kB`);
}

/** What is in the window now. */
async function takeWindow(page, name) {
  await save(page, name, await page.screenshot({ animations: 'disabled' }));
}

/** What lies between the top of one element and the bottom of another, and a little around it. */
async function take(page, name, first, last = first, tallest = 1100) {
  await last.scrollIntoViewIfNeeded();
  await first.scrollIntoViewIfNeeded();
  await page.mouse.move(0, 0);
  // What stays in the window would lie over what is taken.
  await page.evaluate(() => {
    for (const place of document.querySelectorAll('header, .training')) {
      if (getComputedStyle(place).position === 'sticky') place.style.position = 'static';
    }
    for (const link of document.querySelectorAll('.skip')) link.style.display = 'none';
  });
  const box = await page.evaluate(
    ([first, last]) => {
      const [above, below] = [first, last].map((element) => element.getBoundingClientRect());
      const [left, right] = [Math.min(above.left, below.left), Math.max(above.right, below.right)];
      return { left, right, top: above.top + scrollY, bottom: below.bottom + scrollY };
    },
    await Promise.all([first, last].map((locator) => locator.elementHandle())),
  );
  const around = 16;
  const x = Math.max(0, box.left - around);
  const width = Math.min(page.viewportSize().width, box.right + around) - x;
  const height = Math.min(tallest, box.bottom - box.top + 2 * around);
  const clip = { x, y: box.top - around, width, height };
  await save(page, name, await page.screenshot({ clip, fullPage: true, animations: 'disabled' }));
}

/** Waits until the bench can train. */
const ready = (page) => page.locator('[data-testid=play]:enabled').waitFor(patience);

/** Puts a known system on the bench and trains it, which is the run of that number. */
async function trainSystem(page, system, number = 1) {
  await ready(page);
  await page.getByTestId('system-select').selectOption(system);
  await train(page);
  await page.getByTestId('runs-table').locator('tbody tr:not(.paper)').nth(number - 1).waitFor(patience);
}

/** A lesson at its question, with an answer. */
async function lesson(opened, context, name) {
  const page = await opened('/?backend=cpu&lesson=early-or-late', context);
  await page.getByTestId('lesson-task').waitFor(patience);
  await ready(page);
  await train(page);
  await page.getByTestId('lesson-task').filter({ hasText: 'Done:' }).waitFor(patience);
  await page.getByTestId('lesson-next').click();
  await page.getByTestId('lesson-skip').click();
  await page.getByTestId('lesson-question').locator('label').last().click();
  await takeWindow(page, name);
}

const scenes = {
  async opening(opened) {
    const page = await opened('/', light);
    await page.evaluate(() => document.fonts.ready);
    await takeWindow(page, '01-opening');
  },

  async diagram(opened) {
    const page = await opened('/?backend=cpu', light);
    await ready(page);
    await page.getByTestId('system-select').selectOption('lattice');
    await page.getByTestId('design-name').filter({ hasText: 'This is LATTICE.' }).waitFor(patience);
    await answer(page, 'when', 'Late');
    await page.getByTestId('design-name').filter({ hasText: 'but with' }).waitFor(patience);
    await take(page, '02-diagram', page.locator('#bench > header'), page.locator('#bench > :nth-child(2)'));
  },

  async step(opened) {
    const page = await opened('/?backend=cpu', dark);
    await ready(page);
    await page.getByTestId('show-step').click();
    await page.getByTestId('step').click();
    const shown = page.getByTestId('one-step');
    for (const title of ['The features', 'Representation', 'Fusion', 'The two scores', 'The loss']) {
      await shown.getByRole('button', { name: 'Next' }).click();
      await shown.getByRole('heading', { name: title }).waitFor(patience);
    }
    await shown.filter({ hasText: /= 0\.\d+/ }).waitFor(patience);
    await take(page, '03-one-step', page.locator('#bench > :nth-child(2)'));
  },

  async training(opened) {
    const page = await opened('/?backend=cpu', light);
    await fill(page, 'epochs', 40);
    await fill(page, 'training-evaluate-every', 2);
    await page.getByTestId('play').click();
    await page.locator('#training').locator('[data-testid=epoch]').filter({ hasText: /^1[2-9]$/ }).waitFor(patience);
    await page.getByTestId('pause').click();
    await page.getByTestId('play').filter({ hasText: 'Go on' }).waitFor(patience);
    await take(page, '04-training', page.locator('#training'));
  },

  async results(opened) {
    const page = await opened('/?backend=cpu', light);
    await trainSystem(page, 'vbpr');
    await take(page, '05-results', page.locator('#results'));
    await page.getByTestId('share').click();
    await page.getByTestId('share-address').waitFor(patience);
    await page.getByTestId('qr').waitFor(patience);
    await take(page, '12-share', page.getByTestId('share-panel'));

    await page.getByText('With hits', { exact: true }).click();
    await page.getByText(/people have a hit among 10/).waitFor(patience);
    await page.getByTestId('show-why').click();
    await page.getByTestId('why-sentence').nth(9).waitFor(patience);
    await page.getByTestId('drop-visual').click();
    await page.getByTestId('reranked').filter({ hasText: /now: / }).waitFor(patience);
    await take(page, '09-for-whom', page.locator('#people'), page.locator('#people'), 1300);
  },

  async runs(opened) {
    const page = await opened('/?backend=cpu', light);
    await trainSystem(page, 'vbpr');
    await trainSystem(page, 'most-pop', 2);
    await trainSystem(page, 'freedom', 3);
    await page.getByRole('button', { name: 'Compare all with this one' }).first().click(patience);
    const side = page.getByTestId('side-by-side');
    await side.getByTestId('intervals').waitFor(patience);
    await side.getByTestId('other').selectOption('FREEDOM');
    await side.getByTestId('reading').filter({ hasText: 'FREEDOM against VBPR' }).waitFor(patience);
    await page.locator('[data-testid=side-by-side] [aria-busy=false]').waitFor(patience);
    await take(page, '06-side-by-side', side, side.locator('.answer'));
  },

  async experiment(opened) {
    const page = await opened('/', light);
    await page.locator('#experiment-fusion').click();
    await page.getByTestId('strips').waitFor(patience);
    await page.getByTestId('intervals').waitFor(patience);
    const measured = page.locator('#measured');
    await take(page, '07-experiment', measured, measured.getByTestId('strips'), 1000);
  },

  async tradeoff(opened) {
    const page = await opened('/', dark);
    await page.locator('#experiment-joint').click();
    await page.getByTestId('strips').waitFor(patience);
    const measured = page.locator('#measured');
    await measured.getByTestId('tradeoff-y').selectOption('aplt');
    await take(page, '08-trade-off', measured.locator('figure:has([data-testid=tradeoff-y])'));
  },

  async map(opened) {
    const page = await opened('/?backend=cpu', dark);
    await fill(page, 'training-evaluate-every', 4);
    await trainSystem(page, 'vbpr');
    await page.locator('#map').scrollIntoViewIfNeeded();
    await page.locator('#map figure', { hasText: 'After fusion' }).getByText('Keeps').waitFor(patience);
    await page.locator('#map label', { hasText: 'Pictures' }).click(patience);
    await take(page, '10-map', page.locator('#map'), page.getByTestId('maps'));
  },

  lesson: (opened) => lesson(opened, light, '11-lesson'),
  telephone: (opened) => lesson(opened, telephone, '11-lesson-narrow'),

  async own(opened) {
    const page = await opened('/?backend=cpu', light);
    await ready(page);
    await page.locator('#data dd').first().waitFor(patience);
    const rows = Array.from({ length: 240 }, (_, row) => {
      const day = String(1 + (row % 28)).padStart(2, '0');
      return `2024-01-${day};u${row % 24};B${(row * 5) % 16};${1 + (row % 5)}`;
    });
    const orders = ['when;customer_id;product_id;stars', ...rows];
    const items = Array.from({ length: 16 }, (_, item) => `B${item},Notebook ${item},A notebook of sort ${item % 4}`);
    const products = ['product_id,name,description', ...items];
    await page.getByTestId('drop-zone').evaluate((zone, files) => {
      const dataTransfer = new DataTransfer();
      for (const [name, text] of files) dataTransfer.items.add(new File([text], name));
      zone.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer }));
    }, [['orders.csv', orders.join('\n')], ['products.csv', products.join('\n')]]);
    await page.getByTestId('read-data').waitFor(patience);
    await takeWindow(page, '13-own-data');
  },
};

const wanted = process.argv.slice(2);
for (const [name, scene] of Object.entries(scenes)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  // What the harness would end when a test ends, each scene ends itself.
  const ends = [];
  const opened = async (path, context) => (await open({ after: (end) => ends.push(end) }, { path, context, serving: { port } })).page;
  try {
    await scene(opened);
  } finally {
    for (const end of ends.reverse()) await end();
  }
}
