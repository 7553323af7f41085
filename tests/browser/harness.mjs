// The built page in a real Chromium: served as `cargo xtask serve` does, opened in a fresh profile, with or
// without WebGPU. A test fails when the page reports an error that it does not catch.

import assert from 'node:assert/strict';
import { createReadStream } from 'node:fs';
import { cp, mkdtemp, realpath, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** The tests that need WebGPU are left out: `test('…', { skip: cpuOnly }, …)`. */
export const cpuOnly = process.env.FUSEBOX_CPU_ONLY === '1' && 'the GPU file is not built (--cpu-only)';

/** What a host serves where, the longest address first: as `cargo xtask serve` does. */
const parts = [
  ['/datasets/', join(root, 'datasets-small')],
  ['/bench/', fileURLToPath(new URL('bench', import.meta.url))],
  ['/pkg/', join(root, 'pkg')],
  ['/', join(root, 'www/dist')],
];

const types = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

/** The file that an address names, or undefined. */
async function find(mounts, address) {
  const path = decodeURIComponent(new URL(address, 'http://localhost').pathname);
  const [prefix, folder] = mounts.find(([prefix]) => path.startsWith(prefix));
  const inside = path.slice(prefix.length);
  const file = await realpath(join(folder, inside === '' ? 'index.html' : inside));
  const isInside = file.startsWith((await realpath(folder)) + sep);
  return isInside && (await stat(file)).isFile() ? file : undefined;
}

/**
 * Serves the build on a port of this machine, a free one unless it is named, or the site in a folder.
 *
 * @param {{ site?: string, path?: string, port?: number }} options `path` is where the site begins
 * @returns {Promise<{ address: string, port: number, close: () => Promise<void> }>}
 */
export async function serve({ site, path = '/', port = 0 } = {}) {
  const mounts = site === undefined ? parts : [[path, site]];
  const server = createServer(async (request, response) => {
    const file = await find(mounts, request.url).catch(() => undefined);
    if (file === undefined) {
      response.writeHead(404).end();
      return;
    }
    const type = types[extname(file)] ?? 'application/octet-stream';
    const { size } = await stat(file);
    response.writeHead(200, { 'content-type': type, 'content-length': size, 'cache-control': 'no-cache' });
    createReadStream(file).pipe(response);
  });
  await new Promise((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  return {
    address: `http://localhost:${server.address().port}`,
    port: server.address().port,
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}

/** A copy of the whole site, as `cargo xtask build --site` makes it, that a test may change. */
export async function copyOfSite(t) {
  const site = process.env.FUSEBOX_SITE;
  assert(site, 'FUSEBOX_SITE does not name a site: run these tests through `cargo xtask test`');
  const folder = await mkdtemp(join(tmpdir(), 'fusebox-site-'));
  t.after(() => rm(folder, { recursive: true }));
  await cp(site, folder, { recursive: true });
  return folder;
}

/** Nothing that asks the outside world, or the person at the machine. */
const quiet = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-quic',
  '--disable-sync',
  '--no-first-run',
  // A container has no user namespaces to build the sandbox with, and only our own page is opened.
  '--no-sandbox',
];

/** SwiftShader: a real WebGPU device, computed on the CPU. */
const withWebGpu = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];

/** `navigator.gpu` exists but gives no adapter, whatever this machine has. */
const withoutWebGpu = ['--disable-gpu'];

/**
 * Starts the browser that `CHROME` names, with a fresh profile.
 *
 * @param {{ webgpu?: boolean, flags?: string[] }} options
 */
export function launch({ webgpu = false, flags = [] } = {}) {
  const executablePath = process.env.CHROME;
  assert(executablePath, 'CHROME does not name a browser: run these tests through `cargo xtask test`');
  return chromium.launch({ executablePath, args: [...quiet, ...flags, ...(webgpu ? withWebGpu : withoutWebGpu)] });
}

/**
 * Opens the built page for the test `t`, which ends it and fails when the page reported an error.
 *
 * `errors` holds what the page reported so far. A test that provokes an error takes it out with
 * `errors.splice(0)` and looks at it.
 *
 * @param {import('node:test').TestContext} t
 * @param {{ webgpu?: boolean, flags?: string[], path?: string, serving?: Parameters<typeof serve>[0],
 *           context?: import('playwright-core').BrowserContextOptions,
 *           before?: (page: import('playwright-core').Page) => Promise<void> }} options
 *   `path` is the address with its hash; `serving` says what is served; `context` may set viewport, colour scheme or
 *   reduced motion, and allow service workers, which are blocked otherwise: what they answer, tests do not see;
 *   `before` sees the page before it is loaded, to watch or to answer requests.
 * @returns {Promise<{ page: import('playwright-core').Page, address: string, errors: string[],
 *                     server: Awaited<ReturnType<typeof serve>> }>}
 */
export async function open(t, { webgpu = false, flags, path = '/', serving, context: contextOptions, before } = {}) {
  const errors = [];
  const server = await serve(serving);
  let browser;
  t.after(async () => {
    try {
      // First: a server that goes away is no fault of the page.
      assert.deepEqual(errors, [], 'the page reported errors');
    } finally {
      await browser?.close();
      await server.close();
    }
  });
  browser = await launch({ webgpu, flags });
  const context = await browser.newContext({ serviceWorkers: 'block', ...contextOptions });
  const page = await context.newPage();
  page.on('pageerror', (error) => errors.push(`uncaught: ${error.stack ?? error}`));
  page.on('crash', () => errors.push('the page crashed'));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(`console: ${message.text()} (${message.location().url})`);
  });

  await before?.(page);
  await page.goto(server.address + path);
  return { page, address: server.address, errors, server };
}

/**
 * What a script in `bench/` answers to a message, in a fresh Worker, as the page itself does it.
 *
 * @param {import('playwright-core').Page} page at a page of our own origin
 * @param {string} script
 * @param {{ bundle: Buffer, [more: string]: unknown }} message
 */
async function answer(page, script, { bundle, ...message }) {
  const inPage = ([script, bundle, message]) => {
    const worker = new Worker(`/bench/${script}`, { type: 'module' });
    return new Promise((resolve, reject) => {
      worker.addEventListener('error', ({ message }) => reject(new Error(message ?? 'the Worker could not be loaded')));
      worker.addEventListener('message', ({ data }) => {
        if (data !== 'ready') return resolve(data);
        const bytes = Uint8Array.from(atob(bundle), (byte) => byte.charCodeAt(0));
        worker.postMessage({ ...message, bundle: bytes.buffer });
      });
    }).finally(() => worker.terminate());
  };
  return page.evaluate(inPage, [script, bundle.toString('base64'), message]);
}

/** Milliseconds of a training step in the CPU file, by system: `{ model, median_ms_per_step }`. */
export function times(page, bundle) {
  return answer(page, 'times.js', { bundle });
}

/** What a training step gives the GPU, by system: `{ model, dispatches, uploads, bytes }`. */
export async function traffic(page, bundle) {
  const systems = await page.evaluate(async () => {
    const wasm = await import('/pkg/fusebox_gpu.js');
    await wasm.default();
    return wasm.schema().filter(({ trained }) => trained).map(({ name }) => name);
  });
  const counts = [];
  for (const system of systems) {
    counts.push({ model: system, ...(await answer(page, 'traffic.js', { bundle, system })) });
  }
  return counts;
}
