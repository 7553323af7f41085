// Lessons: completed by doing, judged by what the reader measured, linked to, put into other pages, printed.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AxeBuilder } from '@axe-core/playwright';
import { open } from './harness.mjs';

const patience = { timeout: 120_000 };

/** Tabs until an element that the selector means, and that says `words` if they are given, has the focus. */
async function tabTo(page, selector, { key = 'Tab', words } = {}) {
  const there = ([selector, words]) => {
    const { activeElement: at } = document;
    return at?.matches(selector) && (words === undefined || at.innerText.trim() === words);
  };
  for (let presses = 0; presses < 120; presses++) {
    if (await page.evaluate(there, [selector, words])) return;
    await page.keyboard.press(key);
  }
  assert.fail(`${selector} is not reached by ${key}`);
}

/** Waits until the lesson is at a step of this title, and the bench is ready for it. */
async function at(page, title) {
  await page.getByTestId('lesson-step').filter({ hasText: title }).waitFor(patience);
  await page.getByText('The bench is being prepared').waitFor({ state: 'detached', ...patience });
}

async function pressNext(page) {
  await page.keyboard.press('Alt+Shift+KeyL');
  await tabTo(page, '[data-testid=lesson-next]');
  await page.keyboard.press('Enter');
}

async function goThere(page) {
  await tabTo(page, '[data-testid=lesson-go]');
  await page.keyboard.press('Enter');
}

async function done(page) {
  const task = page.getByTestId('lesson-task').filter({ hasText: 'Done:' });
  const broken = page.getByTestId('error-panel');
  await task.or(broken).first().waitFor(patience);
  if (await broken.isVisible()) assert.fail(await broken.innerText());
}

/** The reader's guess beside what was measured, which is worked out once more from the numbers shown. */
async function judged(page, guess, sameWithin = 0.05) {
  const outcome = await page.getByTestId('lesson-outcome').innerText();
  const said = /You expected:\s+(?:clearly )?(more|less|about)[^]*You measured:\s+(?:clearly )?(more|less|about)/.exec(outcome);
  assert(said, outcome);
  const values = [...outcome.matchAll(/seed 1\s+(0\.\d{4})/g)].map(([, value]) => Number(value));
  assert.equal(values.length, 2, outcome);
  const relative = values[0] / values[1] - 1;
  const measured = Math.abs(relative) <= sameWithin ? 'about' : relative > 0 ? 'more' : 'less';
  assert.deepEqual(said.slice(1), [guess, measured], outcome);
}

async function accessible(page) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), []);
}

test('a whole lesson by keyboard alone, with a question judged by the reader’s own runs', async (t) => {
  const { page } = await open(t, { path: '/?backend=cpu', context: { viewport: { width: 1280, height: 900 } } });
  await tabTo(page, '[data-testid=lesson-accuracy]');
  await page.keyboard.press('Enter');
  await at(page, 'How accuracy is measured');
  assert.equal(await page.getByTestId('lesson-next').isDisabled(), true);
  await page.locator('[data-testid=play]:enabled').waitFor(patience);
  await goThere(page);
  await page.keyboard.press('Enter');
  await done(page);
  await page.locator('[aria-live=polite]').filter({ hasText: 'Done: How accuracy is measured' }).waitFor({ state: 'attached' });
  await pressNext(page);

  await at(page, 'A system that knows nobody');
  assert.match(page.url(), /lesson=accuracy&step=2#v2\./);
  assert.equal(await page.getByTestId('lesson-next').isDisabled(), true);
  await tabTo(page, '[data-testid=lesson-question] input');
  await page.keyboard.press('ArrowDown');
  await pressNext(page);

  await at(page, 'What most people took');
  await goThere(page);
  assert.equal(await page.evaluate(() => document.activeElement?.dataset.testid), 'system-select');
  await page.keyboard.type('MostPop');
  await tabTo(page, '[data-testid=play]');
  await page.keyboard.press('Enter');
  await done(page);
  await judged(page, 'less');
  assert.equal(await page.getByTestId('lesson-measured').locator('tbody tr').count(), 2);
  await accessible(page);
  await pressNext(page);

  await at(page, 'Look over shoulders');
  await goThere(page);
  await page.keyboard.type('7');
  await page.keyboard.press('Tab');
  await done(page);

  // What was measured outlives the page, and leaving the lesson.
  await page.reload();
  await at(page, 'Look over shoulders');
  await tabTo(page, '[data-testid=lesson-leave]', { key: 'Shift+Tab' });
  await page.keyboard.press('Enter');
  await page.getByTestId('lesson-accuracy').filter({ hasText: 'Go on at step 4 of 5' }).waitFor();
  await tabTo(page, '[data-testid=lesson-accuracy]');
  await page.keyboard.press('Enter');
  await at(page, 'Look over shoulders');
  assert.equal(await page.getByTestId('lesson-measured').locator('tbody tr').count(), 2);
  await pressNext(page);
  await at(page, 'What you have seen');
  await pressNext(page);
  await page.getByTestId('lesson').waitFor({ state: 'detached' });
  assert.doesNotMatch(page.url(), /lesson=/);
});

/** Answers a question of the design by arrows, from the answer that has the focus or is reached by Tab. */
async function choose(page, question, choice, arrow = 'ArrowRight') {
  await tabTo(page, `[data-testid=design-${question}] input`);
  const answered = () => page.evaluate(() => document.activeElement.closest('label').innerText.trim());
  for (let presses = 0; presses < 8 && (await answered()) !== choice; presses++) await page.keyboard.press(arrow);
  await page.getByTestId(`design-${question}`).locator('.chosen', { hasText: choice }).waitFor(patience);
}

/** Types a number in the place of the one that is there, as “Go there” found it. */
async function type(page, number) {
  await page.keyboard.press('Control+A');
  await page.keyboard.type(String(number));
  await page.keyboard.press('Tab');
}

async function play(page) {
  await tabTo(page, '[data-testid=play]:enabled');
  await page.keyboard.press('Enter');
}

/** The question before anything is measured: its second answer, “less”. */
async function expectLess(page) {
  await tabTo(page, '[data-testid=lesson-question] input');
  await page.keyboard.press('ArrowDown');
}

/** What each step of a lesson asks for, done from where “Go there” leads; `judged` is where the answer is judged. */
const walks = {
  modality: [
    ['Somebody who chose things', async (page) => {
      await tabTo(page, '#people button', { words: 'Next' });
      await page.keyboard.press('Enter');
    }],
    ['Two ways to describe an item', async (page) => {
      await tabTo(page, '[data-testid=modality-visual]');
      await page.keyboard.press('Space');
    }],
    ['First with everything', play],
    ['What do you expect?', expectLess],
    ['Give it a placebo', async (page) => {
      await page.keyboard.type('the content of other items');
      await play(page);
    }, 0.05],
  ],
  'joint-or-coordinate': [
    ['One list of numbers', play],
    ['One list each', expectLess],
    ['Take them apart', async (page) => {
      await choose(page, 'representation', 'Coordinate');
      await play(page);
    }, 0.05],
    ['What does not go together', (page) => choose(page, 'when', 'Late')],
  ],
  'early-or-late': [
    ['Fuse first', play],
    ['Score each', async (page) => {
      await choose(page, 'when', 'Late');
      await choose(page, 'operator', 'Sum');
    }],
    ['What do you expect?', expectLess],
    ['Add up late', play, 0.08],
    ['Another seed', (page) => type(page, 12)],
    ['The same design again', play],
  ],
  missing: [
    ['What the data have', play],
    ['Something must stand there', expectLess],
    ['Take it away', async (page) => {
      await type(page, 0.8);
      await play(page);
    }, 0.05],
    ['A better stand-in', async (page) => {
      await page.keyboard.type('what flows there');
      await play(page);
    }],
  ],
  'vbpr-to-freedom': [
    ['2016: a second taste', play],
    ['2020: a graph of who took what', expectLess],
    ['Add the graph', async (page) => {
      await choose(page, 'user-item-graph', 'Symmetric');
      await play(page);
    }, 0.05],
    ['2023: content ties items', (page) => page.keyboard.type('FREEDOM')],
    ['Train it', play],
  ],
};

for (const [name, steps] of Object.entries(walks)) {
  test(`every step of the lesson “${name}” by keyboard alone`, async (t) => {
    const { page } = await open(t, { path: '/?backend=cpu', context: { viewport: { width: 1280, height: 900 } } });
    await tabTo(page, `[data-testid=lesson-${name}]`);
    await page.keyboard.press('Enter');
    for (const [title, perform, sameWithin] of steps) {
      await at(page, title);
      assert.equal(await page.getByTestId('lesson-next').isDisabled(), true, title);
      if (perform === expectLess) await perform(page);
      else {
        await goThere(page);
        await perform(page);
        await done(page);
      }
      if (sameWithin !== undefined) await judged(page, 'less', sameWithin);
      await pressNext(page);
    }
    await at(page, 'What you have seen');
    await pressNext(page);
    await page.getByTestId('lesson').waitFor({ state: 'detached' });
  });
}

test('a link to a step prepares it, on data and seed of its own, and prints as a worksheet', async (t) => {
  const path = '/?backend=cpu&lesson=early-or-late&step=4&data=toys-twin&seed=7';
  const { page } = await open(t, { path });
  await at(page, 'Add up late');
  const when = page.getByTestId('design-when').locator('.chosen');
  await when.filter({ hasText: 'Late' }).waitFor(patience);
  await page.getByTestId('design-operator').locator('.chosen').filter({ hasText: 'Sum' }).waitFor();
  assert.equal(await page.getByTestId('seed').inputValue(), '7');
  await page.getByRole('radio', { name: /Toys twin/ }).and(page.locator(':checked')).waitFor();
  // Nothing is refused of what the step prepares.
  await page.getByTestId('spec-problem').waitFor({ state: 'detached' });

  await page.emulateMedia({ media: 'print' });
  const sheet = page.getByTestId('worksheet');
  assert.match(await sheet.innerText(), /Toys twin, synthetic[\s\S]*Seed: 7[\s\S]*lesson=early-or-late/);
  assert.equal(await page.locator('main').isVisible(), false);
  assert.equal(await page.getByTestId('lesson').isVisible(), false);
});

test('what a link names is fixed while the lesson is on, and free for who leaves it', async (t) => {
  const { page } = await open(t, { path: '/?backend=cpu&lesson=accuracy&data=toys-twin&seed=7&hide=epochs,gaps' });
  await at(page, 'How accuracy is measured');
  const seed = page.getByTestId('seed');
  await page.getByTestId('fixed-by-link').first().waitFor({ state: 'attached', ...patience });
  await seed.evaluate((seed) => void (seed.closest('details').open = true));
  assert.equal(await seed.inputValue(), '7');
  assert(await seed.isDisabled());
  await page.getByText('Leave the lesson to change it.').last().waitFor();
  assert(await page.getByRole('radio', { name: /Office twin/ }).isDisabled());
  assert(await page.getByRole('radio', { name: /Toys twin/ }).isChecked());
  assert.equal(await page.getByTestId('drop-zone').isVisible(), false);
  for (const hidden of ['epochs', 'placebo']) assert.equal(await page.getByTestId(hidden).isVisible(), false, hidden);
  await accessible(page);
  await page.getByTestId('lesson-leave').click();
  await page.getByTestId('fixed-by-link').first().waitFor({ state: 'detached' });
  assert(await seed.isEnabled());
  assert(await page.getByTestId('drop-zone').isVisible());
});

test('every lesson can be trained from every step a link leads to', async (t) => {
  const { page, address } = await open(t, { path: '/?backend=cpu' });
  const lessons = await page.locator('#lessons ol a').evaluateAll((links) =>
    links.map((link) => [link.dataset.testid.slice('lesson-'.length), Number(/(\d+) steps/.exec(link.innerText)[1])]),
  );
  assert.equal(lessons.length, 6);
  for (const [name, steps] of lessons) {
    await page.goto(`${address}/?backend=cpu&lesson=${name}&step=${steps}`);
    await at(page, 'What you have seen');
    await page.waitForFunction(() => location.hash.startsWith('#v2.'), null, patience);
    assert.equal(await page.getByTestId('spec-problem').count(), 0, name);
  }
});

test('in another page there is nothing but the bench and the lesson, and less where the link says so', async (t) => {
  const path = '/?backend=cpu&embed&lesson=modality&hide=score,numbers,people';
  const { page } = await open(t, { path, context: { viewport: { width: 360, height: 780 } } });
  await at(page, 'Somebody who chose things');
  await page.getByTestId('design-when').waitFor(patience);
  assert.equal(await page.getByRole('banner').count(), 0);
  assert.equal(await page.getByRole('contentinfo').count(), 0);
  assert.equal(await page.getByTestId('paper-table').count(), 0);
  for (const hidden of ['#people', '#system', '#stage-score fieldset']) {
    assert.equal(await page.locator(hidden).first().isVisible(), false, hidden);
  }
  assert.equal(await page.getByTestId('design-when').isVisible(), true);
  await page.getByTestId('lesson-skip').click();
  await at(page, 'Two ways to describe an item');
  await accessible(page);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
});

test('data that the page does not have are told of, with those that are used, also on paper', async (t) => {
  const { page } = await open(t, { path: '/?backend=cpu&lesson=missing&data=zzz' });
  await at(page, 'What the data have');
  const told = page.getByTestId('lesson-data');
  await told.getByText('This page has no data called “zzz”').waitFor(patience);
  assert.match(await told.innerText(), /The lesson is done on “Office twin” instead/);
  assert(await page.getByRole('radio', { name: /Office twin/ }).isChecked());
  await accessible(page);
  await page.emulateMedia({ media: 'print' });
  const sheet = await page.getByTestId('worksheet').innerText();
  assert.match(sheet, /Data: Office twin, synthetic/);
  assert.doesNotMatch(sheet, /Data: zzz/);
});

test('a lesson that is not there is told, and a teacher’s link is built', async (t) => {
  const { page } = await open(t, { path: '/?backend=cpu&lesson=alchemy' });
  await page.getByText('There is no lesson “alchemy” here.').waitFor();
  await page.getByRole('button', { name: 'Go on without it' }).click();
  await page.getByText('For teachers: make a link').click();
  const builder = page.getByTestId('lesson-link');
  await builder.locator('select').first().selectOption('missing');
  await builder.getByLabel(/^Step/).fill('3');
  await builder.getByRole('spinbutton', { name: 'Seed' }).fill('12');
  await builder.getByLabel('What loss?').check();
  const link = new URL(await page.getByTestId('lesson-address').inputValue());
  assert.equal(link.search, '?lesson=missing&step=3&seed=12&hide=loss');
  // Before the engine has started, data are chosen from those that the page has.
  const data = builder.getByRole('combobox', { name: 'Data' });
  await data.locator('option', { hasText: 'Toys twin' }).waitFor({ state: 'attached' });
  await data.selectOption('toys-twin');
  assert.match(await page.getByTestId('lesson-address').inputValue(), /step=3&data=toys-twin&seed=12/);
  await data.selectOption('');
  // What no link can say is refused, and not put right in silence.
  const refused = async (field, wrong, sentence, right) => {
    await field.fill(wrong);
    await builder.getByText(sentence).waitFor();
    assert.equal(await page.getByTestId('lesson-address').count(), 0, wrong);
    await accessible(page);
    await field.fill(right);
    await builder.getByText(sentence).waitFor({ state: 'detached' });
  };
  await refused(builder.getByLabel(/^Step/), '99', 'whole numbers from 1 to 5', '3');
  await refused(builder.getByRole('spinbutton', { name: 'Seed' }), '-5', 'A seed is a whole number', '12');
  await builder.getByLabel(/free to change/).check();
  assert.match(await page.getByTestId('lesson-address').inputValue(), /seed=12&free&hide=loss$/);
});
