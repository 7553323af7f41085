/**
 * How a run, or several to be held against each other, are packed into a link and unpacked from one; the program does the same
 * (`src/bench/link.rs`), and each reads what the other wrote. What is unpacked is still to be checked by the engine.
 */

import { deflateSync } from 'fflate';

import { MOST_RUNS } from './link';
import words from './link-dictionary.txt?raw';
import type { Shared } from './types';

/** What links are made of mostly: of this, compression has only to say where it stands. */
const DICTIONARY = new TextEncoder().encode(words);

/** A small link could unpack to gigabytes; no link of ours unpacks to more than this. */
const LONGEST_JSON = 64 * 1024;

/** zlib's checksum, Adler-32, the highest byte first. */
function checksum(bytes: Uint8Array): Uint8Array {
  let [low, high] = [1, 0];
  for (const byte of bytes) {
    low = (low + byte) % 65521;
    high = (high + low) % 65521;
  }
  return Uint8Array.of(high >> 8, high, low >> 8, low);
}

function joined(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** The link for a specification and, if it was run, its claim; or for several, of which the others are compared with the first. */
export function packLink(shared: Shared | readonly Shared[]): string {
  const json = new TextEncoder().encode(JSON.stringify(shared));
  const packed = joined(checksum(json), deflateSync(json, { level: 9, dictionary: DICTIONARY }));
  const base64 = btoa(String.fromCharCode(...packed));
  return `#v2.${base64.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')}`;
}

/** What a link carries, not yet checked: what a run is made of, or a list of that. */
export async function unpackLink(link: string): Promise<unknown> {
  const [, version, payload = ''] = /^#v(\d+)\.(.*)$/s.exec(link) ?? [];
  if (version === undefined) throw new Error('This is no Fusebox link: it must start with “#v2.”.');
  if (version !== '1' && version !== '2') {
    throw new Error(
      `This link is of version ${version}, but this Fusebox reads versions 1 and 2; a newer one may open it.`,
    );
  }
  let json: Uint8Array;
  try {
    const base64 = payload.replaceAll('-', '+').replaceAll('_', '/');
    const packed = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    json = version === '1' ? await inflated('deflate', packed, 0) : await withDictionary(packed);
  } catch (error) {
    if (error instanceof RangeError) throw error;
    throw new Error('The link is damaged. Was it copied completely?');
  }
  return counted(parsed(json));
}

function parsed(json: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(json)) as unknown;
  } catch {
    throw new Error('The link says nothing that Fusebox understands.');
  }
}

function counted(carried: unknown): unknown {
  if (!Array.isArray(carried)) return carried;
  if (carried.length === 0) throw new Error('The link carries no run.');
  if (carried.length > MOST_RUNS) {
    throw new Error(`The link carries ${carried.length} runs, and this page opens at most ${MOST_RUNS}.`);
  }
  return carried;
}

/** To the browser, the dictionary is a block of its own in front, that was not compressed. */
async function withDictionary(packed: Uint8Array): Promise<Uint8Array> {
  const length = DICTIONARY.length;
  const block = Uint8Array.of(0, length, length >> 8, ~length, ~length >> 8);
  const json = await inflated('deflate-raw', joined(block, DICTIONARY, packed.subarray(4)), length);
  if (packed.length < 4 || checksum(json).some((byte, nth) => byte !== packed[nth])) {
    throw new Error('the checksum does not fit');
  }
  return json;
}

/** What bytes unpack to after the first `skipped`, as long as that is no more than a link may. */
async function inflated(
  format: CompressionFormat,
  bytes: Uint8Array<ArrayBuffer>,
  skipped: number,
): Promise<Uint8Array> {
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream(format)).getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    parts.push(read.value);
    length += read.value.length;
    if (length > skipped + LONGEST_JSON) {
      void reader.cancel();
      throw new RangeError(
        `The link unpacks to more than ${LONGEST_JSON} bytes, which no Fusebox link does.`,
      );
    }
  }
  return joined(...parts).subarray(skipped);
}
