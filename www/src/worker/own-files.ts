import type { DroppedFile } from '../lib/dropped';
import type { DatasetSummary, Head, Recognised, Wanted } from '../lib/types';
import type { Reading } from './protocol';
import type { DataWasm, ImportHandle } from './wasm';

/** Workers have it; the library of types for pages does not. */
declare const FileReaderSync: new () => { readAsArrayBuffer(blob: Blob): ArrayBuffer };

/** Milliseconds between two words on how far reading is. */
const OFTEN = 100;

/** Files that a reader brought, read where they lie: only the piece that is asked for comes into memory. */
export class OwnFiles {
  readonly #handle: ImportHandle;
  /** Bytes read since something was last asked for. */
  #done = 0;

  constructor(wasm: DataWasm, files: readonly DroppedFile[], report: (reading: Reading) => void) {
    const reader = new FileReaderSync();
    const total = files.reduce((sum, { file }) => sum + file.size, 0);
    let told = 0;
    const read = (place: number, from: number, to: number): Uint8Array => {
      const found = files[place];
      if (!found) throw new Error('it does not exist');
      this.#done = Math.min(total, this.#done + to - from);
      if (this.#done === total || performance.now() - told > OFTEN) {
        told = performance.now();
        report({ file: found.path, done: this.#done, total });
      }
      return new Uint8Array(reader.readAsArrayBuffer(found.file.slice(from, to)));
    };
    this.#handle = new wasm.Dropped(
      files.map(({ path }) => path),
      Float64Array.from(files, ({ file }) => file.size),
      read,
    );
  }

  recognise(): Recognised {
    return this.#handle.recognise();
  }

  head(file: string, rows: number): Head {
    return this.#handle.head(file, rows);
  }

  import(wanted: Wanted): { summary: DatasetSummary; notes: string[] } {
    this.#done = 0;
    return withinMemory(() => ({ summary: this.#handle.import(wanted), notes: this.#handle.notes() }));
  }

  take(users: number | null, core: number): DatasetSummary {
    return withinMemory(() => this.#handle.take(users ?? undefined, core));
  }

  bundle(): Uint8Array<ArrayBuffer> {
    return withinMemory(() => this.#handle.bundle());
  }
}

/** What the wasm cannot hold ends it with a trap that names no cause; panics are told by its hook. */
function withinMemory<T>(job: () => T): T {
  try {
    return job();
  } catch (thrown) {
    if (!(thrown instanceof WebAssembly.RuntimeError)) throw thrown;
    throw new Error(
      'These data need more memory than a page has. Draw fewer users with the program, `fusebox import`, and open its bundle.',
    );
  }
}
