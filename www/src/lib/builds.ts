import type { BuildStatus } from './backend';
import { fetchJson } from './download';

/** How often a development server is asked whether its builds are ready, in milliseconds. */
const POLL = 3000;

function rest(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, POLL));
}

/**
 * Waits for the CPU build and tells of every change. A development server makes its builds while it serves the page,
 * so a missing GPU build is asked for again in the background; a static host says at once that all is there.
 */
export async function awaitBuilds(packages: string, tell: (status: BuildStatus) => void): Promise<void> {
  const address = new URL('status.json', packages).href;
  let status = await fetchJson<BuildStatus>(address);
  if (!status) return;
  tell(status);
  while (!status.cpu) {
    await rest();
    status = (await fetchJson<BuildStatus>(address)) ?? status;
    tell(status);
  }
  if (!status.gpu) void awaitGpu(address, tell);
}

async function awaitGpu(address: string, tell: (status: BuildStatus) => void): Promise<void> {
  for (;;) {
    await rest();
    // Nobody waits for it behind a hidden page.
    const status = document.visibilityState === 'visible' ? await fetchJson<BuildStatus>(address) : null;
    if (status?.gpu) return tell(status);
  }
}
