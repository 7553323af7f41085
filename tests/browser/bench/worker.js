// Times the CPU file where the page runs it: in a Worker of its own.

import initialise, { measure_steps } from '/pkg/fusebox_cpu.js';

addEventListener('message', async ({ data: { model, steps } }) => {
  await initialise();
  postMessage(await measure_steps(model, steps));
});

// The listener above is only in place once the modules are loaded.
postMessage('ready');
