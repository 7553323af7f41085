import { describe, expect, it } from 'vitest';

import { type Notices, WorkerClient, type WorkerPort } from '../src/lib/client';
import {
  columnNames,
  guessInteractions,
  guessItems,
  guessTables,
  looksNamed,
  missingIn,
} from '../src/lib/columns';
import { bundleAmong, chosenFiles, refusalOf, tidied } from '../src/lib/dropped';
import { OwnData, warningsOf } from '../src/lib/own-data.svelte';
import type { DatasetSummary } from '../src/lib/types';
import type { ToWorker } from '../src/worker/protocol';

function head(file: string, ...lines: string[]) {
  return { file, rows: lines.map((line) => line.split(',')) };
}

const ratings = head('ratings.csv', 'userId,movieId,rating,timestamp', '1,31,2.5,1260759144');
const movies = head('movies.csv', 'movieId,title,genres', '31,Dangerous Minds (1995),Drama');
const tags = head('tags.csv', 'userId,movieId,tag,timestamp', '15,339,sandra,1138537770');

describe('the columns of tables', () => {
  it('are named where no name is a number', () => {
    expect(looksNamed(ratings.rows)).toBe(true);
    expect(looksNamed([['196', '242', '3', '881250949']])).toBe(false);
    expect(looksNamed([])).toBe(false);
    expect(columnNames([['', 'what']], true)).toEqual(['1', 'what']);
    expect(columnNames([['u1', 'b7']], false)).toEqual(['1', '2']);
  });

  it('are guessed as MovieLens, Amazon, Book-Crossing and shops call them', () => {
    const columns = (line: string) => {
      const { user, item, rating, timestamp } = guessInteractions(head('x.csv', line));
      return [user, item, rating, timestamp];
    };
    expect(columns('userId,movieId,rating,timestamp')).toEqual(['userId', 'movieId', 'rating', 'timestamp']);
    expect(columns('reviewerID,asin,overall,unixReviewTime')).toEqual([
      'reviewerID',
      'asin',
      'overall',
      'unixReviewTime',
    ]);
    expect(columns('User-ID,ISBN,Book-Rating')).toEqual(['User-ID', 'ISBN', 'Book-Rating', null]);
    expect(columns('order_date,product_id,customer_id,price')).toEqual([
      'customer_id',
      'product_id',
      null,
      null,
    ]);
    expect(columns('a,b,c')).toEqual(['a', 'b', null, null]);
  });

  it('are taken in their order where they have no names', () => {
    const lines = ['196,242,3,881250949', '186,302,3,891717742'];
    expect(guessInteractions(head('u.csv', ...lines))).toEqual({
      file: 'u.csv',
      named: false,
      user: '1',
      item: '2',
      rating: '3',
      timestamp: '4',
    });
    expect(guessItems(head('i.csv', '242,Kolya'), guessInteractions(head('u.csv', ...lines)))).toMatchObject({
      item: '1',
      title: '2',
    });
  });

  it('tell which table is which', () => {
    const tables = guessTables([movies, tags, ratings]);
    expect(tables?.interactions.file).toBe('ratings.csv');
    expect(tables?.items).toEqual({
      file: 'movies.csv',
      named: true,
      item: 'movieId',
      title: 'title',
      description: 'genres',
      kind: 'genres',
    });
    expect(guessTables([ratings])?.items).toBeNull();
    expect(guessTables([])).toBeNull();
  });

  it('have to be chosen where they could not be guessed', () => {
    const tables = guessTables([ratings, movies]);
    if (!tables) throw new Error('there are tables');
    expect(missingIn(tables)).toBeNull();
    expect(missingIn({ ...tables, interactions: { ...tables.interactions, user: '' } })).toMatch(
      /users and items/,
    );
    expect(missingIn({ ...tables, interactions: { ...tables.interactions, user: 'movieId' } })).toMatch(
      /same column/,
    );
    const items = tables.items && { ...tables.items, title: null, description: null };
    expect(missingIn({ ...tables, items })).toMatch(/titles or descriptions/);
  });
});

function file(path: string, content = 'x') {
  return { path, file: new File([content], path.split('/').at(-1) ?? path) };
}

describe('what was dropped', () => {
  it('lies below the folder that all files have in common, without what systems put there', () => {
    const paths = ['data/shop/train.txt', 'data/shop/visual/7.npy', 'data/shop/.DS_Store', '__MACOSX/x'];
    const { name, files } = tidied(paths.map((path) => file(path)));
    expect(name).toBe('shop');
    expect(files.map(({ path }) => path)).toEqual(['train.txt', 'visual/7.npy']);
  });

  it('is called after its first file where there is no folder', () => {
    expect(tidied([file('reviews_Pens.json.gz'), file('meta_Pens.json.gz')]).name).toBe('meta_Pens');
    expect(chosenFiles([new File(['x'], 'my ratings.csv')]).name).toBe('my ratings');
    expect(tidied([]).name).toBe('own-data');
  });

  it('is refused with a way on where it cannot be data', () => {
    const refusal = (...files: ReturnType<typeof file>[]) => refusalOf(tidied(files));
    expect(refusal()).toMatch(/no file/);
    expect(refusal(file('a.csv', ''))).toBe('a.csv is empty.');
    expect(refusal(file('ml-100k.zip'))).toBe(
      'ml-100k.zip is an archive. Unpack it, then drop the folder that comes out.',
    );
    expect(refusal(file('sales.xlsx'))).toMatch(/Save its sheets as CSV/);
    expect(refusal(file('a.csv'))).toBeNull();
  });

  it('opens at once where it is a bundle', () => {
    expect(bundleAmong(tidied([file('x.fbx')]))?.name).toBe('x.fbx');
    expect(bundleAmong(tidied([file('x.fbx'), file('a.csv')]))).toBeNull();
  });
});

const summary = (users: number): DatasetSummary => ({
  name: 'shop',
  digest: '0',
  users,
  items: 10,
  interactions: 10 * users,
  train: 6 * users,
  validation: 2 * users,
  test: 2 * users,
  density: 1,
  modalities: {},
  provenance: { source: '', licence: '', recipe: '', synthetic: false },
  thumbnails: null,
  sounds: null,
  texts: false,
});

/** Own data whose Worker answers as the test says; what it was asked is kept. */
function bring(answers: Record<string, (ask: never) => unknown>) {
  const asked: ToWorker[] = [];
  const adopted: Uint8Array[] = [];
  let ended = 0;
  const spawn = (notices: Notices) => {
    const port: WorkerPort = {
      onmessage: null,
      onerror: null,
      onmessageerror: null,
      terminate: () => {
        ended += 1;
      },
      postMessage(message: ToWorker) {
        asked.push(message);
        const { id, request, ask } = message;
        const answer = answers[request];
        queueMicrotask(() => {
          try {
            const data = { id, answer: answer?.(ask as never) };
            if (answer) port.onmessage?.call(port as never, { data } as never);
          } catch (thrown) {
            const failure = { kind: 'import', message: (thrown as Error).message, field: null };
            port.onmessage?.call(port as never, { data: { id, failure } } as never);
          }
        });
      },
    };
    return new WorkerClient(port, notices);
  };
  const adopt = async (bundle: Uint8Array) => void adopted.push(bundle);
  const own = new OwnData(tidied([file('ratings.csv'), file('movies.csv')], 'films'), {
    packages: '/pkg/',
    adopt,
    spawn,
  });
  return { own, asked, adopted, ended: () => ended };
}

const recognised = {
  layout: 'csv',
  'has-parts': false,
  'told-by': ['movies.csv', 'ratings.csv'],
  interactions: 'movies.csv',
};
const heads: Record<string, string[][]> = { 'ratings.csv': ratings.rows, 'movies.csv': movies.rows };
const looked = {
  'look-at-files': () => recognised,
  'head-of-file': ({ file }: { file: string }) => ({ rows: heads[file] ?? [] }),
};

describe('own data', () => {
  it('are looked at, read, taken and put on the bench', async () => {
    const { own, asked, adopted } = bring({
      ...looked,
      'import-files': () => ({ summary: summary(300), notes: ['a note'] }),
      'imported-bundle': () => new Uint8Array([7]),
    });
    await own.look();
    expect([own.phase, own.problem]).toEqual(['choosing', null]);
    expect(own.tables?.interactions.file).toBe('ratings.csv');
    await own.import();
    expect([own.phase, own.users, own.taken?.users, own.notes.length]).toEqual(['imported', null, 300, 1]);
    const wanted = asked.find(({ request }) => request === 'import-files')?.ask;
    expect(wanted).toMatchObject({
      layout: 'csv',
      name: 'films',
      raw: { core: 5, split: 'random', seed: 1 },
    });
    expect(await own.use()).toBe(true);
    expect(adopted).toEqual([new Uint8Array([7])]);
  });

  it('are drawn from where there are more people than a page trains on with ease', async () => {
    const { own, asked } = bring({
      ...looked,
      'import-files': () => ({ summary: summary(80_000), notes: [] }),
      'take-of-import': ({ users }: { users: number }) => summary(users),
    });
    await own.look();
    await own.import();
    expect(asked.at(-1)?.ask).toEqual({ users: 2000, core: 5 });
    expect(own.taken?.users).toBe(2000);
  });

  it('say why they cannot be used, and wait for another choice', async () => {
    const { own } = bring({
      ...looked,
      'import-files': () => {
        throw new Error('the 5-core is empty');
      },
    });
    await own.look();
    await own.import();
    expect([own.phase, own.problem]).toEqual(['choosing', 'the 5-core is empty.']);
  });

  it('are refused where nobody knows them', async () => {
    const { own, ended } = bring({
      'look-at-files': () => {
        throw new Error('no kind of data is recognised: a.png');
      },
    });
    await own.look();
    expect([own.phase, own.problem]).toEqual(['refused', 'no kind of data is recognised: a.png.']);
    expect(ended()).toBe(1);
  });

  it('can be left while they are read: the Worker ends, the choices stay', async () => {
    const { own, ended } = bring(looked);
    await own.look();
    own.chooseColumn('interactions', 'rating', null);
    const reading = own.import();
    await Promise.resolve();
    own.cancel();
    await reading;
    expect([own.phase, own.problem, ended()]).toEqual(['choosing', null, 1]);
    expect(own.tables?.interactions.rating).toBeNull();
  });

  it('warn of what a reader would wonder about later', () => {
    expect(warningsOf(summary(50))).toHaveLength(2);
    const modalities = { textual: { dim: 2, present: 10, origin: '' } };
    expect(warningsOf({ ...summary(5000), modalities })).toEqual([]);
    expect(warningsOf({ ...summary(90_000), modalities })[0]).toMatch(/minutes/);
  });
});
