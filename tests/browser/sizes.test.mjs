// What a reader has to download, as a host sends it: gzip at its best.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { cpuOnly, root } from './harness.mjs';

const kilobyte = 1000;

async function downloadSize(file) {
  // As `gzip -9` does it.
  return gzipSync(await readFile(join(root, file)), { level: 9, memLevel: 9 }).length;
}

async function atMost(t, limit, files) {
  const sizes = await Promise.all(files.map(async (file) => [file, await downloadSize(file)]));
  const sum = sizes.reduce((sum, [, size]) => sum + size, 0);
  const kilobytes = (bytes) => `${(bytes / kilobyte).toFixed(1)} kB`;
  t.diagnostic(`${kilobytes(sum)} of ${kilobytes(limit)}`);
  const detail = sizes.map(([file, size]) => `${file} ${kilobytes(size)}`).join(', ');
  assert(sum <= limit, `${kilobytes(sum)} is more than ${kilobytes(limit)}: ${detail}`);
}

test('scripts and styles of the first view: 150 kB', async (t) => {
  const page = await readFile(join(root, 'www/dist/index.html'), 'utf8');
  const files = [...page.matchAll(/<(?:script|link)\b[^>]*?(?:src|href)="\.\/(assets\/[^"]+)"/g)].map(([, file]) => file);
  assert(files.some((file) => file.endsWith('.js')) && files.some((file) => file.endsWith('.css')), `${files}`);
  // Whatever a script imports would be fetched before it runs.
  for (const file of files.filter((file) => file.endsWith('.js'))) {
    assert.doesNotMatch(await readFile(join(root, 'www/dist', file), 'utf8'), /^import[^(]/, `${file} imports more`);
  }
  await atMost(t, 150 * kilobyte, files.map((file) => join('www/dist', file)));
});

test('the CPU wasm: 450 kB', (t) => atMost(t, 450 * kilobyte, ['pkg/fusebox_cpu_bg.wasm']));

test('the wasm that reads and describes data: 420 kB', (t) => atMost(t, 420 * kilobyte, ['pkg/fusebox_data_bg.wasm']));

test('the wasm that holds runs against each other: 150 kB', (t) => atMost(t, 150 * kilobyte, ['pkg/fusebox_compare_bg.wasm']));

test('the GPU wasm: 2.3 MB', { skip: cpuOnly }, (t) => atMost(t, 2300 * kilobyte, ['pkg/fusebox_gpu_bg.wasm']));
