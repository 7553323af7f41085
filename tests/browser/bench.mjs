// Prints the time of a training step in the CPU wasm, one JSON object a line:
// {"model": "vbpr", "median_ms_per_step": 4.2}. Run through `cargo xtask bench --page`.
//
// The wasm exports `measure_steps(model, steps)`, which trains on a random graph of Office's size and returns
// such a line.

import { launch, serve } from './harness.mjs';

const models = ['bpr-mf', 'vbpr', 'lightgcn'];
const steps = 60;

/** Runs in the page: one model in one fresh Worker, as the page itself does it. */
function measureInWorker({ model, steps }) {
  const worker = new Worker('/bench/worker.js', { type: 'module' });
  return new Promise((resolve, reject) => {
    worker.addEventListener('error', ({ message }) => reject(new Error(message ?? 'the Worker could not be loaded')));
    worker.addEventListener('message', ({ data }) => {
      if (data === 'ready') worker.postMessage({ model, steps });
      else resolve(data);
    });
  }).finally(() => worker.terminate());
}

const server = await serve();
const browser = await launch();
try {
  const page = await browser.newPage();
  await page.goto(`${server.address}/bench/blank.html`);
  for (const model of models) {
    console.log(await page.evaluate(measureInWorker, { model, steps }));
  }
} finally {
  await browser.close();
  await server.close();
}
