// Counts what a training step gives the GPU, in a Worker as in the page: kernels to run and bytes to take over. The
// browser's own functions are wrapped before the wasm opens a device, so burn's operations are counted like ours. A Worker
// counts for one system, because arguments that the device has seen are not uploaded again.

import load, { Dataset, Run, check, initialise } from '/pkg/fusebox_gpu.js';

let dispatches = 0;
let uploads = [];

/** Has `note` see the arguments of every call. */
function watch(prototype, name, note) {
  const original = prototype[name];
  prototype[name] = function (...values) {
    note.apply(this, values);
    return original.apply(this, values);
  };
}

function dispatched() {
  dispatches += 1;
}

watch(GPUComputePassEncoder.prototype, 'dispatchWorkgroups', dispatched);
watch(GPUComputePassEncoder.prototype, 'dispatchWorkgroupsIndirect', dispatched);
// Offset and size count elements of a typed array, and bytes of a buffer.
watch(GPUQueue.prototype, 'writeBuffer', (buffer, at, data, first = 0, size = undefined) => {
  const width = data.BYTES_PER_ELEMENT ?? 1;
  uploads.push(size === undefined ? data.byteLength - first * width : size * width);
});
watch(GPUDevice.prototype, 'createBuffer', ({ mappedAtCreation = false, size }) => {
  if (mappedAtCreation) uploads.push(size);
});
watch(GPUBuffer.prototype, 'mapAsync', function (mode, first = 0, size = this.size - first) {
  if (mode & GPUMapMode.WRITE) uploads.push(size);
});

/** What the second step with the system's defaults gives the GPU, the reading of its losses included. */
async function count(bundle, system) {
  await load();
  await initialise();
  const run = Run.start(Dataset.open(new Uint8Array(bundle)), check({ system }));
  // The first call prepares, and the first step brings what stays.
  for (let call = 0; call < 2; call += 1) await run.advance(1);
  [dispatches, uploads] = [0, []];
  await run.advance(1);
  return { dispatches, uploads: uploads.length, bytes: uploads.reduce((sum, bytes) => sum + bytes, 0) };
}

addEventListener('message', async ({ data: { bundle, system } }) => postMessage(await count(bundle, system)));

// The page hears of errors only.
addEventListener('unhandledrejection', ({ reason }) => reportError(reason));

// The first listener is only in place once the modules are loaded.
postMessage('ready');
