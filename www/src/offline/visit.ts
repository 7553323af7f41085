import { mount, unmount } from 'svelte';

import type { Ask } from './messages';
import NewVersion from './NewVersion.svelte';

function loaded(): Promise<void> {
  if (document.readyState === 'complete') return Promise.resolve();
  return new Promise((resolve) => addEventListener('load', () => resolve(), { once: true }));
}

/** Starts the version that waits under this page; says how many others must be closed first. */
async function takeOver(waiting: ServiceWorker): Promise<number> {
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
  const { port1, port2 } = new MessageChannel();
  waiting.postMessage({ ask: 'take over' } satisfies Ask, [port2]);
  return new Promise((resolve) => (port1.onmessage = ({ data }) => resolve(data as number)));
}

let notice: object | null = null;

function tellOf(waiting: ServiceWorker): void {
  if (notice) void unmount(notice);
  notice = mount(NewVersion, { target: document.body, props: { takeOver: () => takeOver(waiting) } });
}

function watch(registration: ServiceWorkerRegistration): void {
  const look = (): void => {
    // Without one that is in charge, the one that waits is the first.
    if (registration.waiting && navigator.serviceWorker.controller) tellOf(registration.waiting);
  };
  look();
  registration.addEventListener('updatefound', () =>
    registration.installing?.addEventListener('statechange', ({ target }) => {
      if ((target as ServiceWorker).state === 'installed') look();
    }),
  );
}

/** Whether the reader asked the browser to spare the network. */
function sparing(): boolean {
  return (navigator as { connection?: { saveData?: boolean } }).connection?.saveData ?? false;
}

/** Has the browser keep this page for a visit without a network. */
export async function keepThisPage(): Promise<void> {
  await loaded();
  try {
    const registration = await navigator.serviceWorker.register('./service-worker.js', {
      updateViaCache: 'none',
    });
    watch(registration);
    const { active } = await navigator.serviceWorker.ready;
    const entry = document.querySelector<HTMLScriptElement>('script[type=module]')?.src;
    if (entry && !sparing()) active?.postMessage({ ask: 'settle', entry } satisfies Ask);
  } catch {
    // Refused by the browser or the reader, or there is no https: the page works as before, with a network.
  }
}
