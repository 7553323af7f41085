// Times the CPU file where the page runs it: in a Worker of its own, by the rules of src/cli/bench.rs.

import load, { Dataset, Run, check, initialise, schema } from '/pkg/fusebox_cpu.js';

const warmUp = 150;
const steps = 60;
const longest = 10_000;

/** The median milliseconds of a training step. */
async function timeSteps(dataset, system) {
  const epochs = warmUp + steps;
  const spec = check({ system, training: { epochs, 'evaluate-every': epochs } });
  const run = Run.start(dataset, spec);
  let times = [];
  for (const most of [warmUp, steps]) {
    times = [];
    const first = performance.now();
    while (times.length < most && (times.length === 0 || performance.now() - first < longest)) {
      const start = performance.now();
      const events = await run.advance(1);
      if (events.some(({ event }) => event === 'step')) times.push(performance.now() - start);
    }
  }
  run.free();
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)];
}

addEventListener('message', async ({ data: { bundle } }) => {
  await load();
  await initialise();
  const dataset = Dataset.open(new Uint8Array(bundle));
  const times = [];
  for (const { name, trained } of schema()) {
    if (trained) times.push({ model: name, median_ms_per_step: await timeSteps(dataset, name) });
  }
  postMessage(times);
});

// The page hears of errors only.
addEventListener('unhandledrejection', ({ reason }) => reportError(reason));

// The first listener is only in place once the modules are loaded.
postMessage('ready');
