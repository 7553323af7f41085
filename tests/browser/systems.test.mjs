// Every system of the registry runs in both wasm files, with nothing of them left out that a run needs.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cpuOnly, open } from './harness.mjs';

/** A page of our own origin, for the wasm alone. */
const blank = '/bench/blank.html';

/** Designs that, taken together, run every part of a composed recommender. */
const coordinate = { representation: 'coordinate' };
const designs = {
  'late maximum of perceptrons': { ...coordinate, when: 'late', operator: 'max', inference: 'perceptron' },
  'late product, cross-entropy': { ...coordinate, when: 'late', operator: 'product', loss: 'cross-entropy' },
  'early attention, aligned': { ...coordinate, when: 'early', operator: 'attention', alignment: true },
  'gated, from a learned graph': {
    ...coordinate,
    when: 'early',
    operator: 'gated',
    roles: ['scoring', 'edge-weights', 'auxiliary-loss'],
    'item-item-graph': 'learned',
    extraction: 'fine-tuned',
    regularised: 'end',
  },
  'side by side along both graphs': {
    ...coordinate,
    when: 'early',
    operator: 'concat',
    roles: ['scoring', 'edge-weights'],
    'user-item-graph': 'unit-layers',
    'item-item-graph': 'frozen',
  },
  'pictures and words end to end': { extraction: 'end-to-end' },
  'pictures end to end, apart from words learned on': {
    ...coordinate,
    when: 'late',
    operator: 'sum',
    extraction: 'fine-tuned',
    'extraction-of': { visual: 'end-to-end' },
    'user-item-graph': 'symmetric',
  },
  'content in the loss alone': { roles: ['loss-only'], inference: 'predictor', regularised: 'lengths' },
};

test('every system and design trains and is judged in the CPU file', async (t) => {
  const { page } = await open(t, { path: blank });
  const runs = await page.evaluate(async (designs) => {
    const wasm = await import('/pkg/fusebox_cpu.js');
    await wasm.default();
    await wasm.initialise();
    const bundle = await (await fetch('/datasets/office-twin.fbx')).arrayBuffer();
    const dataset = wasm.Dataset.open(new Uint8Array(bundle));
    const { tile } = dataset.summary().thumbnails;
    const sheet = await createImageBitmap(new Blob([dataset.sheet()]));
    const pixels = new OffscreenCanvas(sheet.width, sheet.height).getContext('2d');
    pixels.drawImage(sheet, 0, 0);
    for (let top = 0; top + tile <= sheet.height; top += tile) {
      dataset.show(new Uint8Array(pixels.getImageData(0, top, sheet.width, tile).data.buffer));
    }
    const runs = {};
    const specs = wasm.schema().map(({ name }) => [name, { system: name }]);
    specs.push(...Object.entries(designs).map(([name, design]) => [name, { system: 'composed', design }]));
    for (const [name, spec] of specs) {
      const training = { epochs: 2, 'batch-size': 4096, 'evaluate-every': 1 };
      const run = wasm.Run.start(dataset, wasm.check({ ...spec, training }));
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
  }, designs);
  assert.equal(Object.keys(runs).length, 16 + Object.keys(designs).length);
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
  const differences = await page.evaluate(async (designs) => {
    const wasm = await import('/pkg/fusebox_gpu.js');
    await wasm.default();
    await wasm.initialise();
    const differences = {};
    const specs = wasm.schema().map(({ name }) => [name, { system: name }]);
    specs.push(...Object.entries(designs).map(([name, design]) => [name, { system: 'composed', design }]));
    for (const [name, spec] of specs) {
      const check = await wasm.self_check(wasm.check(spec));
      differences[name] = check['relative-difference'];
    }
    return differences;
  }, designs);
  t.diagnostic(JSON.stringify(differences));
  assert.equal(Object.keys(differences).length, 16 + Object.keys(designs).length);
  for (const [name, difference] of Object.entries(differences)) assert(difference < 1e-3, `${name}: ${difference}`);
});
