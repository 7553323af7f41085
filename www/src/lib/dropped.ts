/** A file that the reader dropped or chose, and where in the folder it lies. */
export interface DroppedFile {
  /** With `/` between its parts. */
  path: string;
  file: File;
}

/** Everything that was dropped at once. */
export interface Dropped {
  /** What it may be called: the folder's name, or the first file's. */
  name: string;
  /** By paths below the folder that all have in common, in ascending order. */
  files: DroppedFile[];
}

/** More files than any data set of the layouts known has. */
const MOST_FILES = 200_000;

/** Bytes of the largest bundle that is held in memory. */
export const LARGEST_BUNDLE = 1_000_000_000;

/** What systems put beside the files of a folder. */
const ASIDE = /(^|\/)(\.[^/]*|__MACOSX\/.*|Thumbs\.db|desktop\.ini)$/;

/** What is no data yet, and what to do about it. */
const KINDS: readonly [RegExp, string][] = [
  [
    /\.(zip|tar|tgz|tar\.gz|7z|rar|bz2|xz|zst)$/i,
    'is an archive. Unpack it, then drop the folder that comes out',
  ],
  [/\.(xlsx?|ods|numbers)$/i, 'is a workbook. Save its sheets as CSV, then drop those'],
  [
    /\.(parquet|feather|arrow|pkl|pickle|h5|hdf5|sqlite|db|mat)$/i,
    'is of a kind that is not read here. Export it as CSV, then drop that',
  ],
];

/** Leaves out what systems put there, and the folders that all files have in common. */
export function tidied(files: readonly DroppedFile[], name = ''): Dropped {
  let kept = files.filter(({ path }) => !ASIDE.test(path));
  let called = name;
  for (;;) {
    const [first] = kept;
    const slash = first?.path.indexOf('/') ?? -1;
    const folder = first?.path.slice(0, slash + 1) ?? '';
    if (slash < 0 || !kept.every(({ path }) => path.startsWith(folder))) break;
    called = folder.slice(0, -1);
    kept = kept.map(({ path, file }) => ({ path: path.slice(folder.length), file }));
  }
  kept.sort((one, other) => (one.path < other.path ? -1 : 1));
  return { name: called || stem(kept[0]?.path ?? '') || 'own-data', files: kept };
}

/** A file's name without what says its kind. */
function stem(path: string): string {
  return path.replace(/\.gz$/i, '').replace(/\.[^./]+$/, '');
}

/** Files of an input, which knows their folders if it asked for one. */
export function chosenFiles(list: Iterable<File>): Dropped {
  return tidied([...list].map((file) => ({ path: file.webkitRelativePath || file.name, file })));
}

/** Everything that was dropped, folders with all that is below them. Has to be called while the event is handled. */
export async function droppedFiles(transfer: DataTransfer): Promise<Dropped> {
  // What was dropped is forgotten once the event is over, so all entries are asked for at once.
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  const files: DroppedFile[] = [];
  if (entries.length === 0) files.push(...[...transfer.files].map((file) => ({ path: file.name, file })));
  for (const entry of entries) await collect(entry, files);
  return tidied(files);
}

async function collect(entry: FileSystemEntry, files: DroppedFile[]): Promise<void> {
  if (files.length > MOST_FILES) return;
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) =>
      (entry as FileSystemFileEntry).file(resolve, reject),
    );
    files.push({ path: entry.fullPath.replace(/^\//, ''), file });
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  for (;;) {
    // A browser gives a hundred at a time, and none in the end.
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return;
    for (const below of some) await collect(below, files);
  }
}

/** The only file, if it is a bundle: data that are ready. */
export function bundleAmong({ files }: Dropped): File | null {
  const bundles = files.filter(({ path }) => path.toLowerCase().endsWith('.fbx'));
  return files.length === 1 && bundles[0] ? bundles[0].file : null;
}

/** Why these files are not even looked at, in a sentence; null when they are. */
export function refusalOf({ files }: Dropped): string | null {
  const [first] = files;
  if (!first) return 'There was no file in what was dropped.';
  if (files.length > MOST_FILES) return `More than ${MOST_FILES} files are too many for a page.`;
  if (files.every(({ file }) => file.size === 0)) {
    return files.length === 1 ? `${first.path} is empty.` : `All ${files.length} files are empty.`;
  }
  if (files.length === 1) {
    const kind = KINDS.find(([pattern]) => pattern.test(first.path));
    if (kind) return `${first.path} ${kind[1]}.`;
  }
  return null;
}
