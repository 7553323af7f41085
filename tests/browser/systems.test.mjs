// Every system of the registry runs in both wasm files, with nothing of them left out that a run needs.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cpuOnly, open } from './harness.mjs';

/** A page of our own origin, for the wasm alone. */
const blank = '/bench/blank.html';

test('every system trains and is judged in the CPU file', async (t) => {
  const { page } = await open(t, { path: blank });
  const runs = await page.evaluate(async () => {
    const wasm = await import('/pkg/fusebox_cpu.js');
    await wasm.default();
    await wasm.initialise();
    const bundle = await (await fetch('/datasets/office-twin.fbx')).arrayBuffer();
    const dataset = wasm.Dataset.open(new Uint8Array(bundle));
    const runs = {};
    for (const { name } of wasm.schema()) {
      const training = { epochs: 2, 'batch-size': 4096, 'evaluate-every': 1 };
      const run = wasm.Run.start(dataset, wasm.check({ system: name, training }));
      const events = [];
      for (let more = true; more; ) {
        const next = await run.advance(100);
        more = next.length > 0;
        events.push(...next);
      }
      const list = await run.recommend(0, 10);
      runs[name] = { steps: events.filter(({ event }) => event === 'step'), last: events.at(-1), list };
      run.free();
    }
    return runs;
  });
  assert.equal(Object.keys(runs).length, 15);
  for (const [name, { steps, last, list }] of Object.entries(runs)) {
    assert.equal(last.event, 'done', name);
    assert(last.receipt.metrics.validation.recall['20'] > 0, name);
    assert(
      steps.every(({ loss }) => Number.isFinite(loss.total)),
      name,
    );
    assert.equal(list.length, 10, name);
  }
});

test('every system passes the self-check over WebGPU', { skip: cpuOnly }, async (t) => {
  const { page } = await open(t, { path: blank, webgpu: true });
  const differences = await page.evaluate(async () => {
    const wasm = await import('/pkg/fusebox_gpu.js');
    await wasm.default();
    await wasm.initialise();
    const differences = {};
    for (const { name } of wasm.schema()) {
      const check = await wasm.self_check(wasm.check({ system: name }));
      differences[name] = check['relative-difference'];
    }
    return differences;
  });
  t.diagnostic(JSON.stringify(differences));
  assert.equal(Object.keys(differences).length, 15);
  for (const [name, difference] of Object.entries(differences)) assert(difference < 1e-3, `${name}: ${difference}`);
});
