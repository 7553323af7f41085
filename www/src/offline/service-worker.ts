// Keeps what was fetched, so that the page opens again without a network. Ours instead of a library, because a build of
// the page does not know the engines and data that are laid beside it later: `files.js` lists all of them with their digests, and
// the browser itself compares what it fetches with these (`integrity`). So one version is whole or not there at all.

import type { Ask } from './messages';
import { Version } from './version';

declare const self: ServiceWorkerGlobalScope & { files: Record<string, string> };

// Browsers compare this file too when they look for a new version of this one.
importScripts('./files.js');

const { scope } = self.registration;
const version = new Version(scope, self.files);

/** Kept at the end of the first visit. Anything else beside the page is kept when it is first asked for. */
const BENCH = ['pkg/sizes.json', 'pkg/fusebox_cpu.js', 'pkg/fusebox_cpu_bg.wasm', 'datasets/index.json'];

/** Changes while a development server builds, so the list of files does not name it. */
const STATUS = new URL('pkg/status.json', scope).href;

/** One shelf for all versions of the page in this folder. */
const openShelf = (): Promise<Cache> => caches.open(`fusebox ${scope}`);

async function kept(path: string): Promise<Response | undefined> {
  return (await openShelf()).match(version.placeOf(path));
}

/** Fails without a network, and where the host has another version by now. */
async function fetchFile(path: string): Promise<Response> {
  const options: RequestInit = { integrity: version.digestOf(path), cache: 'no-cache' };
  const response = await fetch(version.addressOf(path), options);
  if (!response.ok) throw new Error(`${path}: the server answered ${response.status}`);
  // Without the mark of a redirection, which browsers refuse as an answer to a navigation.
  return new Response(response.body, { headers: response.headers });
}

async function keep(path: string, response: Response): Promise<void> {
  await (await openShelf()).put(version.placeOf(path), response);
}

async function bring(path: string): Promise<void> {
  if (!(await kept(path))) await keep(path, await fetchFile(path));
}

async function bringBench(): Promise<void> {
  for (const path of BENCH) await bring(path);
  const [first] = (await (await kept('datasets/index.json'))?.json()) as { file: string }[];
  if (first) await bring(`datasets/${first.file}`);
}

/** The page’s own files, and of the others those that an earlier version had kept. */
async function install(): Promise<void> {
  const had = new Set((await (await openShelf()).keys()).map(({ url }) => version.pathOf(url)));
  const others = version.paths.filter((path) => had.has(path));
  await Promise.all([...version.pagePaths, ...others].map(bring));
}

async function dropEarlierVersions(): Promise<void> {
  const shelf = await openShelf();
  const places = new Set(version.paths.map((path) => version.placeOf(path)));
  const earlier = (await shelf.keys()).filter(({ url }) => !places.has(url));
  await Promise.all(earlier.map((request) => shelf.delete(request)));
}

async function answer(path: string, event: FetchEvent): Promise<Response> {
  const shelved = await kept(path);
  if (shelved) return shelved;
  try {
    const response = await fetchFile(path);
    // Where storage is full the page goes on without.
    event.waitUntil(keep(path, response.clone()).catch(() => undefined));
    return response;
  } catch {
    void self.registration.update().catch(() => undefined);
    return Response.error();
  }
}

/** Which engines there are: the host says it, and without a network what is kept. */
async function status(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch {
    const engines: Record<string, boolean> = {};
    for (const path of version.paths) {
      const kind = /^pkg\/fusebox_(\w+)_bg\.wasm$/.exec(path)?.[1];
      if (kind) engines[kind] = (await kept(path)) !== undefined;
    }
    return engines.cpu ? Response.json(engines) : Response.error();
  }
}

/** A page that was opened before there was a service worker is only taken in if it is of this version. */
async function settle(entry: string): Promise<void> {
  if (version.pathOf(entry) === null) return;
  await self.clients.claim();
  await bringBench();
}

/** Two pages of two versions would get each other’s files, so the new one starts under one page only. */
async function takeOver(page: MessagePort | undefined): Promise<void> {
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const others = windows.filter(({ url }) => url.startsWith(scope)).length - 1;
  if (others <= 0) await self.skipWaiting();
  page?.postMessage(Math.max(others, 0));
}

self.addEventListener('install', (event) => event.waitUntil(install()));
self.addEventListener('activate', (event) => event.waitUntil(dropEarlierVersions()));
self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET') return;
  if (request.url === STATUS) return event.respondWith(status(request));
  const path = version.pathOf(request.url);
  if (path !== null) event.respondWith(answer(path, event));
});
self.addEventListener('message', (event) => {
  const asked = event.data as Ask;
  // What cannot be kept now is kept at the next visit.
  if (asked.ask === 'settle') event.waitUntil(settle(asked.entry).catch(() => undefined));
  else event.waitUntil(takeOver(event.ports[0]));
});
