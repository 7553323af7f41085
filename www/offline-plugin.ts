import type { Plugin } from 'vite';

/** The service worker: one plain script beside the page, under a name that stays. */
export function serviceWorker(): Plugin {
  return {
    name: 'service-worker',
    apply: 'build',
    buildStart() {
      const id = new URL('src/offline/service-worker.ts', import.meta.url).pathname;
      this.emitFile({ type: 'chunk', id, fileName: 'service-worker.js' });
    },
  };
}
