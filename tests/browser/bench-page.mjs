// What the tests do on the page, by the names that people see or the test ids that stand for them.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './harness.mjs';

/** Long enough for a cold Worker and a software GPU on a busy machine; nothing is judged by it. */
const patience = 120_000;

/** The folder of the real data, or the reason why a test is skipped. */
export function realData(folder) {
  const path = join(process.env.FUSEBOX_DATA ?? join(root, '../shared/data'), folder);
  return existsSync(path) ? { path } : { skip: `${folder} is not at hand` };
}

/** Runs the native program and gives what it printed. */
export function fusebox(...words) {
  const program = process.env.FUSEBOX_PROGRAM;
  assert(program, 'FUSEBOX_PROGRAM does not name the program: run these tests through `cargo xtask test`');
  return execFileSync(program, words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** A folder that goes when the test ends. */
export async function temporaryFolder(t) {
  const folder = await mkdtemp(join(tmpdir(), 'fusebox-'));
  t.after(() => rm(folder, { recursive: true }));
  return folder;
}

/** Sets a field and leaves it, as a person would. */
export async function fill(page, testId, value) {
  const field = page.getByTestId(testId);
  await field.waitFor({ state: 'attached', timeout: patience });
  await field.evaluate((element) => {
    const folded = element.closest('details');
    if (folded) folded.open = true;
  });
  await field.fill(String(value));
  await field.blur();
}

/** Gives an answer of the design, as the diagram words it. */
export async function answer(page, question, choice) {
  const label = page.getByTestId(`design-${question}`).locator('label', { hasText: new RegExp(`^\\s*${choice}\\s*$`) });
  await label.click({ timeout: patience });
  await label.and(page.locator('.chosen')).waitFor();
}

/** Presses Play and waits until the run is done; fails with the page's own sentence when it breaks. */
export async function train(page) {
  await page.getByTestId('play').click();
  await finished(page);
}

/** Waits until the receipt can be downloaded. */
export async function finished(page) {
  const done = page.locator('[data-testid=receipt]:enabled');
  const broken = page.getByTestId('error-panel');
  await done.or(broken).first().waitFor({ timeout: patience });
  if (await broken.isVisible()) assert.fail(await broken.innerText());
}

/** The receipt that the page offers for download. */
export async function receipt(page) {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('receipt').click()]);
  return JSON.parse(readFileSync(await download.path(), 'utf8'));
}

/** Shows a user, counted from 1, and gives the titles of their list. */
export async function listOf(page, user) {
  await fill(page, 'user-select', user);
  await page.getByTestId('recommendations').waitFor({ timeout: patience });
  return page.getByTestId('recommendations').locator('[data-hit], li').allInnerTexts();
}

/** Opens a bundle of one's own, and waits until the page says how many users it has. */
export async function openBundle(page, file, users) {
  await page.getByTestId('epochs').waitFor({ timeout: patience });
  await page.getByTestId('open-bundle').setInputFiles(file);
  await page.getByText(users.toLocaleString('en')).first().waitFor({ timeout: patience });
}

/** Lets the test end the page's Workers as a crash would; the bench's own is the first. */
export async function holdWorkers(page) {
  await page.addInitScript(() => {
    const { Worker } = globalThis;
    globalThis.workers = [];
    globalThis.Worker = class extends Worker {
      constructor(...given) {
        super(...given);
        globalThis.workers.push(this);
      }
    };
  });
}

/** What lies in the page's notebook, by name, once there are so many things. */
export async function notebook(page, things) {
  const read = () =>
    page.evaluate(async () => {
      const finished = (request) => new Promise((resolve) => (request.onsuccess = () => resolve(request.result)));
      const database = await finished(indexedDB.open('fusebox-notebook'));
      const runs = database.transaction('runs').objectStore('runs');
      const [names, values] = await Promise.all([finished(runs.getAllKeys()), finished(runs.getAll())]);
      database.close();
      return names.map((name, nth) => [name, values[nth] instanceof Blob ? 'a blob' : values[nth]]);
    });
  const end = Date.now() + patience;
  for (;;) {
    const found = await read();
    if (found.length === things) return found;
    assert(Date.now() < end, `in the notebook are ${found.map(([name]) => name).join(', ')}`);
  }
}
