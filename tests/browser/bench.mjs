// Measures in a browser and prints one JSON object a line. Run through `cargo xtask bench`; takes what to measure and,
// but for the page itself, a bundle's path.
//
//   times:    a training step of every system in the CPU file, {"model": "vbpr", "median_ms_per_step": 4.2}
//   traffic:  the same in the GPU file, {"model": "vbpr", "dispatches": 40, "uploads": 14, "bytes": 64000}
//   page:     what a reader feels of the page, {"measure": "frames a second", "value": 60, "unit": "", "goal": "at least 55"}

import { readFile } from 'node:fs/promises';
import { launch, serve, times, traffic } from './harness.mjs';
import { timings } from './timings.mjs';

const [what, bundle] = process.argv.slice(2);

async function ofSteps(browser, address) {
  const page = await browser.newPage();
  await page.goto(`${address}/bench/blank.html`);
  return { times, traffic }[what](page, await readFile(bundle));
}

const server = await serve();
const browser = await launch({ webgpu: what === 'traffic' });
try {
  const measure = what === 'page' ? timings : ofSteps;
  for (const result of await measure(browser, server.address)) {
    console.log(JSON.stringify(result));
  }
} finally {
  await browser.close();
  await server.close();
}
