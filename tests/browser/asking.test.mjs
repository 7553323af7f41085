// A run is put away, gone on with and asked in both wasm files, and both say the same.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cpuOnly, open } from './harness.mjs';

/** What a run of this spec answers in one of the files, whole and gone on with after its first epoch. */
function answers(page, kind, spec) {
  const inPage = async ([kind, spec]) => {
    const wasm = await import(`/pkg/fusebox_${kind}.js`);
    await wasm.default();
    await wasm.initialise();
    const bundle = await (await fetch('/datasets/office-twin.fbx')).arrayBuffer();
    const dataset = wasm.Dataset.open(new Uint8Array(bundle));
    const until = async (run, stop) => {
      for (;;) {
        const events = await run.advance(100);
        const last = events.at(-1);
        if (last?.event === stop) return last;
      }
    };
    const straight = wasm.Run.start(dataset, wasm.check(spec));
    await until(straight, 'epoch');
    const checkpoint = await straight.checkpoint();
    const { receipt } = await until(straight, 'done');
    const resumed = wasm.Run.resume(dataset, checkpoint);
    const { receipt: again } = await until(resumed, 'done');
    const list = await straight.recommend(7, 10);
    const items = Uint32Array.from(list, ({ card }) => card.item);
    const [start, item, score] = await straight.lists();
    return {
      metrics: [receipt, again].map(({ metrics }) => metrics.test.recall),
      digests: [receipt, again].map((of) => of['lists-digest']),
      scores: list.map(({ score }) => score),
      why: [...(await straight.why(7, items))],
      same: (await straight.reweighted(7, 10, Float32Array.of(1, 1))).map(({ card }) => card.item),
      without: (await straight.reweighted(7, 10, Float32Array.of(0, 0))).map(({ card }) => card.item),
      items: [...items],
      vectors: (await straight.items()).length / dataset.summary().items,
      listed: [...item.subarray(start[7], start[7] + 10)],
      listedScores: [...score.subarray(start[7], start[7] + 10)],
      features: dataset.features('visual').length / dataset.summary().items,
      cards: dataset.cards().length,
    };
  };
  return page.evaluate(inPage, [kind, spec]);
}

const close = (left, right, tolerance) =>
  left.length === right.length && left.every((value, nth) => Math.abs(value - right[nth]) < tolerance);

function holds({ metrics, digests, scores, why, same, without, items, vectors, listed, listedScores, features, cards }) {
  assert(close(Object.values(metrics[0]), Object.values(metrics[1]), 1e-6), `${JSON.stringify(metrics)}`);
  assert.deepEqual([features, cards], [388, 493]);
  // VBPR's own vectors beside those of content.
  assert.equal(vectors, 128);
  assert.deepEqual(listed, items);
  assert(close(listedScores, scores, 1e-6));
  assert.deepEqual(same, items);
  assert.notDeepEqual(without, items);
  for (const [nth, score] of scores.entries()) {
    const [whole, none, ...each] = why.slice(nth * 4, nth * 4 + 4);
    assert(Math.abs(whole - score) < 1e-5, `${whole} is not ${score}`);
    const parts = none + each.reduce((sum, without) => sum + whole - without, 0);
    assert(Math.abs(parts - whole) < 1e-5, `${parts} is not ${whole}`);
  }
  return digests;
}

const spec = { system: 'vbpr', training: { epochs: 2, 'batch-size': 4096, 'evaluate-every': 1 } };

test('in the CPU file, to the last bit', async (t) => {
  const { page } = await open(t, { path: '/bench/blank.html' });
  const [straight, resumed] = holds(await answers(page, 'cpu', spec));
  assert.equal(straight, resumed);
});

test('in the GPU file, as on the CPU', { skip: cpuOnly }, async (t) => {
  const { page } = await open(t, { path: '/bench/blank.html', webgpu: true });
  const found = await answers(page, 'gpu', spec);
  holds(found);
  const expected = await answers(page, 'cpu', spec);
  assert(close(found.why, expected.why, 1e-3), 'both files take scores apart alike');
});
