import { createStore, delMany, entries, get, set } from 'idb-keyval';

import { browserClaims, type Claims } from './claims';

/** Where checkpoints outlive the page. Everything may be refused: by private windows, by full disks, by settings. */
export interface CheckpointStore {
  /** All that is there, with the name it has; whatever it is. */
  records(): Promise<[id: string, found: unknown][]>;
  write(id: string, record: unknown): Promise<void>;
  /** The data of a training that are found nowhere else. */
  writeData(id: string, bundle: Blob): Promise<void>;
  data(id: string): Promise<Blob | undefined>;
  /** A record and its data. */
  remove(id: string): Promise<void>;
}

/** Where checkpoints may be kept, and whose they are. */
export interface Shelf {
  store: CheckpointStore;
  claims: Claims;
}

const DATA = 'data of ';

/** The browser's IndexedDB. Blobs are stored as they are, without a way through the page's memory. */
function browserStore(): CheckpointStore {
  const store = createStore('fusebox-checkpoints', 'runs');
  return {
    records: async () => {
      const all = await entries<string, unknown>(store);
      return all.filter(([name]) => !name.startsWith(DATA));
    },
    // A browser may refuse at once what it is asked: an `async` function makes that a rejection like any other.
    write: async (id, record) => set(id, record, store),
    writeData: async (id, bundle) => set(DATA + id, bundle, store),
    data: async (id) => get<Blob>(DATA + id, store),
    remove: async (id) => delMany([id, DATA + id], store),
  };
}

/** The browser's own; null where it has no such place. */
export function browserShelf(): Shelf | null {
  const claims = browserClaims();
  return claims && { store: browserStore(), claims };
}
