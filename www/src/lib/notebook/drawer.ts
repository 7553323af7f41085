import { createStore, delMany, get, keys, set } from 'idb-keyval';

/** Where the notebook lies: values by name. Everything may be refused: by private windows, by full disks, by settings. */
export interface Drawer {
  names(): Promise<string[]>;
  read(name: string): Promise<unknown>;
  write(name: string, value: unknown): Promise<void>;
  remove(names: readonly string[]): Promise<void>;
  /** Does a job while no other tab does one. */
  alone<Result>(job: () => Promise<Result>): Promise<Result>;
}

/** The browser's IndexedDB; null where it has none. */
export function browserDrawer(): Drawer | null {
  // In spite of its type, some browsers hide it.
  if (!(globalThis.indexedDB as IDBFactory | undefined)) return null;
  const store = createStore('fusebox-notebook', 'runs');
  // In spite of its type, they are missing where a page is not secure: there, tabs may get in each other's way.
  const locks = navigator.locks as LockManager | undefined;
  return {
    // A browser may refuse at once what it is asked: an `async` function makes that a rejection like any other.
    names: async () => keys<string>(store),
    read: async (name) => get<unknown>(name, store),
    write: async (name, value) => set(name, value, store),
    remove: async (names) => delMany([...names], store),
    alone: async (job) => (locks ? locks.request('fusebox-notebook', job) : job()),
  };
}
