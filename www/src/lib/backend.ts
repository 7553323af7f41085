import type { Backend } from './types';

export type BackendKind = Backend['kind'];

/** What the reader asks for; automatic takes the GPU when it can. */
export type BackendWish = 'automatic' | BackendKind;

/** `pkg/status.json`: which wasm builds are there. */
export interface BuildStatus {
  cpu: boolean;
  gpu: boolean;
}

export interface AdapterState {
  found: boolean;
  /** One sentence fragment: why there is none, or what it is. */
  detail: string;
}

export interface BackendPlan {
  kind: BackendKind;
  /** Why this one, as the second half of a sentence. */
  reason: string;
}

/** Asks the browser for a WebGPU adapter. `navigator.gpu` alone promises none. */
export async function findAdapter(): Promise<AdapterState> {
  if (!isSecureContext)
    return { found: false, detail: 'WebGPU needs a page served over https or from localhost' };
  if (!navigator.gpu) return { found: false, detail: 'this browser has no WebGPU' };
  try {
    const adapter = await navigator.gpu.requestAdapter();
    if (!adapter) return { found: false, detail: 'this browser offers no WebGPU adapter' };
    const { vendor, architecture, description } = adapter.info;
    return {
      found: true,
      detail: description || [vendor, architecture].filter(Boolean).join(' ') || 'a WebGPU adapter',
    };
  } catch (error) {
    return { found: false, detail: `asking for a WebGPU adapter failed (${String(error)})` };
  }
}

/** Chooses the backend of the next run and says why. A wish for the GPU is tried even where it looks hopeless. */
export function planBackend(wish: BackendWish, status: BuildStatus, adapter: AdapterState): BackendPlan {
  if (wish === 'cpu') return { kind: 'cpu', reason: 'as you asked' };
  if (wish === 'gpu') return { kind: 'gpu', reason: 'as you asked' };
  if (!adapter.found) return { kind: 'cpu', reason: adapter.detail };
  if (!status.gpu) return { kind: 'cpu', reason: 'the GPU build is not here yet' };
  return { kind: 'gpu', reason: `WebGPU found ${adapter.detail}; each run is first checked against the CPU` };
}

/** The wish in the address, `?backend=cpu` or `?backend=gpu`. */
export function wishIn(query: string): BackendWish {
  const asked = new URLSearchParams(query).get('backend');
  return asked === 'cpu' || asked === 'gpu' ? asked : 'automatic';
}
