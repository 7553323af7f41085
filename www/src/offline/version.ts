/** One build of everything that is served, as its list of files has it: path from the page’s folder to digest. */
export class Version {
  readonly #scope: URL;
  readonly #digests: ReadonlyMap<string, string>;

  constructor(scope: string, digests: Readonly<Record<string, string>>) {
    this.#scope = new URL(scope);
    this.#digests = new Map(Object.entries(digests));
  }

  get paths(): string[] {
    return [...this.#digests.keys()];
  }

  /** The page’s own files, without which it does not open. Engines and data lie beside it. */
  get pagePaths(): string[] {
    return this.paths.filter((path) => !/^(pkg|datasets)\//.test(path));
  }

  /** The file that an address means; null where it is none of this version. */
  pathOf(address: string): string | null {
    const { origin, pathname } = new URL(address);
    const folder = this.#scope.pathname;
    if (origin !== this.#scope.origin || !pathname.startsWith(folder)) return null;
    const path = pathname.slice(folder.length) || 'index.html';
    return this.#digests.has(path) ? path : null;
  }

  /** Where a file is fetched. Some hosts send whoever asks for `index.html` to its folder. */
  addressOf(path: string): string {
    return new URL(path === 'index.html' ? './' : path, this.#scope).href;
  }

  /** What the browser compares a fetched file with. */
  digestOf(path: string): string {
    return this.#digests.get(path) ?? '';
  }

  /** Under which address a file is kept: with its digest, so that versions share what is the same and mix nothing. */
  placeOf(path: string): string {
    return `${new URL(path, this.#scope).href}?${encodeURIComponent(this.digestOf(path))}`;
  }
}
