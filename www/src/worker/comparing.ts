// Finished runs, held against each other in the wasm file that is made for it.

import type { DownloadProgress } from '../lib/download';
import { loadWasm } from './loader';
import type { Requests } from './protocol';
import type { CompareWasm, RunsHandle } from './wasm';

let tools: CompareWasm | null = null;
let runs: RunsHandle | null = null;

/** Takes in data and runs in the place of those before, and tells which slices there are. */
export async function openRuns(
  { packages, bundle, runs: given }: Requests['open-runs']['ask'],
  progress: (progress: DownloadProgress) => void,
  died: (message: string) => void,
): Promise<Requests['open-runs']['answer']> {
  if (!tools) {
    ({ wasm: tools } = await loadWasm('compare', packages, null, progress));
    tools.start(died);
  }
  runs?.free();
  runs = null;
  const opened = tools.Runs.on(bundle);
  for (const { spec, lists } of given) opened.add(spec, lists.start, lists.item);
  runs = opened;
  return opened.slices(0);
}

export function openedRuns(): RunsHandle {
  if (!runs) throw new Error('No runs are open.');
  return runs;
}
