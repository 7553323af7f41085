// Times the CPU file where the page runs it: in a Worker of its own.

import load, { Dataset, initialise, time_steps } from '/pkg/fusebox_cpu.js';

addEventListener('message', async ({ data: bundle }) => {
  await load();
  await initialise();
  postMessage(await time_steps(Dataset.open(new Uint8Array(bundle))));
});

// The listener above is only in place once the modules are loaded.
postMessage('ready');
