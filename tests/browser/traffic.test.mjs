// What a training step gives the GPU stays what docs/architecture.md says, or becomes less.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { cpuOnly, open, root, traffic } from './harness.mjs';

/** The rows of the table: most dispatches and most kilobytes a step, by system. */
async function documented() {
  const text = await readFile(join(root, 'docs/architecture.md'), 'utf8');
  const rows = text.matchAll(/^\| `([a-z0-9-]+)` \| (\d+) \| ([\d.]+) \|/gm);
  return Object.fromEntries(Array.from(rows, ([, system, dispatches, kilobytes]) => [system, [+dispatches, +kilobytes]]));
}

test('a step gives the GPU no more than is documented', { skip: cpuOnly }, async (t) => {
  const { page } = await open(t, { path: '/bench/blank.html', webgpu: true });
  const bundle = await readFile(join(root, 'datasets-small/office-twin.fbx'));
  const counts = await traffic(page, bundle);
  const most = await documented();
  assert.deepEqual(counts.map(({ model }) => model).sort(), Object.keys(most).sort());
  for (const { model, dispatches, uploads, bytes } of counts) {
    t.diagnostic(`${model}: ${dispatches} dispatches, ${uploads} uploads, ${(bytes / 1000).toFixed(1)} kB`);
    const [mostDispatches, mostKilobytes] = most[model];
    assert(dispatches > 0 && bytes > 0, `${model}: nothing was counted`);
    assert(dispatches <= mostDispatches, `${model}: ${dispatches} dispatches are more than ${mostDispatches}`);
    assert(bytes <= 1000 * mostKilobytes, `${model}: ${bytes} bytes are more than ${mostKilobytes} kB`);
  }
});
