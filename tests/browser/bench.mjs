// Measures a training step of every system in a browser and prints one JSON object a line. Run through
// `cargo xtask bench`; takes what to measure and a bundle's path.
//
//   times:    in the CPU file, {"model": "vbpr", "median_ms_per_step": 4.2}
//   traffic:  in the GPU file, {"model": "vbpr", "dispatches": 40, "uploads": 14, "bytes": 64000}

import { readFile } from 'node:fs/promises';
import { launch, serve, times, traffic } from './harness.mjs';

const [what, bundle] = process.argv.slice(2);
const measure = { times, traffic }[what];
const server = await serve();
const browser = await launch({ webgpu: what === 'traffic' });
try {
  const page = await browser.newPage();
  await page.goto(`${server.address}/bench/blank.html`);
  for (const result of await measure(page, await readFile(bundle))) {
    console.log(JSON.stringify(result));
  }
} finally {
  await browser.close();
  await server.close();
}
