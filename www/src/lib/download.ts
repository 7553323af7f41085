export interface DownloadProgress {
  /** What is coming, in words. */
  title: string;
  received: number;
  /** Bytes in all; null when nobody said. */
  total: number | null;
}

/** The length a server states, unless it counts compressed bytes. */
export function statedLength(headers: Headers): number | null {
  if (headers.get('content-encoding')) return null;
  const stated = Number(headers.get('content-length'));
  return Number.isSafeInteger(stated) && stated > 0 ? stated : null;
}

/**
 * Fetches a file and reports the bytes as they come. The answer's body is a stream: nothing is kept here.
 * `expected` is the known size in bytes, if any; a server's own statement comes second.
 */
export async function fetchWithProgress(
  address: string,
  title: string,
  expected: number | null,
  report: (progress: DownloadProgress) => void,
): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(address);
  } catch {
    throw new Error(
      `${title} could not be fetched: the network did not answer. Check the connection and try again.`,
    );
  }
  if (!response.ok || !response.body) {
    throw new Error(
      `${title} could not be fetched: the server answered ${response.status} for ${new URL(address).pathname}.`,
    );
  }
  const total = expected ?? statedLength(response.headers);
  let received = 0;
  report({ title, received, total });
  const counted = response.body.pipeThrough(
    new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform(chunk, controller) {
        received += chunk.byteLength;
        report({ title, received, total });
        controller.enqueue(chunk);
      },
    }),
  );
  return new Response(counted, { headers: { 'content-type': response.headers.get('content-type') ?? '' } });
}

/** A small JSON file that may be absent. */
export async function fetchJson<T>(address: string): Promise<T | null> {
  try {
    const response = await fetch(address, { cache: 'no-cache' });
    return response.ok ? ((await response.json()) as T) : null;
  } catch {
    return null;
  }
}

/** Hands the reader a file made here. */
export function saveFile(name: string, type: string, content: string | Blob): void {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const anchor = document.createElement('a');
  anchor.href = address;
  anchor.download = name;
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
