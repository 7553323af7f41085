import type { BackendKind } from '../lib/backend';
import { type DownloadProgress, fetchJson, fetchWithProgress } from '../lib/download';
import type { CompareWasm, DataWasm, FuseboxWasm } from './wasm';

/** What each wasm file exports. */
interface Files extends Record<BackendKind, FuseboxWasm> {
  data: DataWasm;
  compare: CompareWasm;
}

const TITLES: Record<keyof Files, string> = {
  cpu: 'The CPU engine',
  gpu: 'The GPU engine',
  data: 'What reads and describes data',
  compare: 'What compares runs',
};

/** Downloads and compiles a wasm file at once, as the bytes come. */
async function compile(
  kind: keyof Files,
  packages: string,
  report: (progress: DownloadProgress) => void,
): Promise<WebAssembly.Module> {
  const file = `fusebox_${kind}_bg.wasm`;
  const sizes = await fetchJson<Record<string, number>>(new URL('sizes.json', packages).href);
  const response = await fetchWithProgress(
    new URL(file, packages).href,
    TITLES[kind],
    sizes?.[file] ?? null,
    report,
  );
  // Compiling while streaming asks for the right media type; some servers do not know wasm.
  return response.headers.get('content-type')?.startsWith('application/wasm')
    ? WebAssembly.compileStreaming(response)
    : WebAssembly.compile(await response.arrayBuffer());
}

/** Loads the JavaScript that goes with a wasm file. */
async function loadGlue<Kind extends keyof Files>(kind: Kind, packages: string): Promise<Files[Kind]> {
  const address = new URL(`fusebox_${kind}.js`, packages);
  try {
    return (await import(/* @vite-ignore */ address.href)) as Files[Kind];
  } catch {
    // What the browser says here differs from browser to browser and names no cause.
    throw new Error(
      `${TITLES[kind]} could not be fetched: ${address.pathname} is missing, or the network did not answer.`,
    );
  }
}

/**
 * Loads a wasm package from the folder `packages`, an address ending in a slash. A module compiled by an earlier
 * Worker is used as it is.
 */
export async function loadWasm<Kind extends keyof Files>(
  kind: Kind,
  packages: string,
  compiled: WebAssembly.Module | null,
  report: (progress: DownloadProgress) => void,
): Promise<{ wasm: Files[Kind]; module: WebAssembly.Module }> {
  const [wasm, module] = await Promise.all([
    loadGlue(kind, packages),
    compiled ?? compile(kind, packages, report),
  ]);
  await wasm.default({ module_or_path: module });
  return { wasm, module };
}
