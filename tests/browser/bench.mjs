// Prints the time of a training step in the CPU wasm, one JSON object a line:
// {"model": "vbpr", "median_ms_per_step": 4.2}. Run through `cargo xtask bench --page`; takes a bundle's path.

import { readFile } from 'node:fs/promises';
import { launch, serve } from './harness.mjs';

/** Runs in the page: a fresh Worker, as the page itself does it. */
function measureInWorker(bytes) {
  const worker = new Worker('/bench/worker.js', { type: 'module' });
  return new Promise((resolve, reject) => {
    worker.addEventListener('error', ({ message }) => reject(new Error(message ?? 'the Worker could not be loaded')));
    worker.addEventListener('message', ({ data }) => {
      if (data === 'ready') worker.postMessage(Uint8Array.from(atob(bytes), (byte) => byte.charCodeAt(0)).buffer);
      else resolve(data);
    });
  }).finally(() => worker.terminate());
}

const bundle = await readFile(process.argv[2]);
const server = await serve();
const browser = await launch();
try {
  const page = await browser.newPage();
  await page.goto(`${server.address}/bench/blank.html`);
  for (const time of await page.evaluate(measureInWorker, bundle.toString('base64'))) {
    console.log(JSON.stringify(time));
  }
} finally {
  await browser.close();
  await server.close();
}
