// A little shop in every layout of files that the page reads, as tests/cli/shop.rs has one for the program.

import { gzipSync } from 'node:zlib';

export const USERS = 24;
export const ITEMS = 16;

/** Users and items are of two kinds, and everybody takes six of the eight items of their kind, a day apart. */
export const rows = Array.from({ length: USERS }, (_, user) =>
  Array.from({ length: 8 }, (_, nth) => ({ user, item: 2 * nth + (user % 2), nth }))
    .filter(({ nth }) => nth !== user % 8 && nth !== (user + 3) % 8)
    .map(({ user, item, nth }) => ({ user, item, rating: 1 + ((user + nth) % 5), nth })),
).flat();

const kind = (item) => ['pencil', 'notebook'][item % 2];

export const orders = [
  'when;customer_id;product_id;stars',
  ...rows.map(({ user, item, rating, nth }) => `2024-01-0${1 + nth};u${user};B${item};${rating}`),
].join('\r\n');

export const products = [
  'product_id,name,description',
  ...Array.from({ length: ITEMS }, (_, item) => `B${item},"The ${kind(item)}, ""good""","A ${kind(item)}\nof sort ${item % 4}."`),
].join('\n');

/** The file of one vector, or of one below the other, as NumPy writes it. */
function npy(values, shape = `${values.length},`) {
  const header = `{'descr': '<f4', 'fortran_order': False, 'shape': (${shape}), }`;
  const length = 64 * Math.ceil((11 + header.length) / 64) - 10;
  const bytes = Buffer.alloc(10 + length + 4 * values.length, ' ');
  bytes.write('\x93NUMPY\x01\x00', 'latin1');
  bytes.writeUInt16LE(length, 8);
  bytes.write(`${header.padEnd(length - 1)}\n`, 10, 'latin1');
  values.forEach((value, place) => bytes.writeFloatLE(value, 10 + length + 4 * place));
  return bytes;
}

/** The same shop as a folder in Elliot's layout, with a vector for all but one item. */
export function elliot() {
  const files = { 'shop/train.txt': '', 'shop/val.txt': '', 'shop/test.txt': '' };
  rows.forEach(({ user, item, rating }, at) => {
    const part = ['train', 'train', 'train', 'train', 'val', 'test'][at % 6];
    files[`shop/${part}.txt`] += `u${user}\t${item}\t${rating}\n`;
  });
  for (let item = 1; item < ITEMS; item += 1) files[`shop/image_feat/${item}.npy`] = npy([item % 2, 1 - (item % 2), 0.5]);
  return files;
}

const everyItem = Array.from({ length: ITEMS }, (_, item) => item);
/** Two numbers that tell the kind of an item, and one that tells nothing. */
const told = (item) => [item % 2, 1 - (item % 2), item / ITEMS];
/** Amazon's names of items have ten characters. */
const asin = (item) => `B${String(item).padStart(9, '0')}`;
const lines = (records) => records.map((record) => `${typeof record === 'string' ? record : JSON.stringify(record)}\n`).join('');

/** The same shop in every other layout, as a folder that is dropped, with what the page says of it. */
export const layouts = {
  'MMRec’s': {
    says: /A folder in MMRec’s layout.*shop\.inter/s,
    content: [/Textual of every item/, /Visual of every item/],
    files: {
      'shop/shop.inter': lines([
        'itemID\tuserID\tx_label\trating',
        ...rows.map(({ user, item, rating }, at) => `${item}\t${user}\t${[0, 0, 0, 0, 1, 2][at % 6]}\t${rating}`),
      ]),
      'shop/u_id_mapping.csv': lines(['user_id\tuserID', ...Array.from({ length: USERS }, (_, user) => `u${user}\t${user}`)]),
      'shop/i_id_mapping.csv': lines(['asin\titemID', ...everyItem.map((item) => `${asin(item)}\t${item}`)]),
      'shop/text_feat.npy': npy(everyItem.flatMap(told), `${ITEMS}, 3`),
      'shop/image_feat.npy': npy(everyItem.flatMap(told), `${ITEMS}, 3`),
    },
  },
  'Ducho’s': {
    says: /A folder in Ducho’s layout.*train\.tsv/s,
    content: [/Textual of every item/, /Visual of 15 of 16 items/],
    files: {
      ...Object.fromEntries(['train', 'val', 'test'].map((part, nth) => [
        `shop/${part}.tsv`,
        lines(rows.filter((_, at) => nth === [0, 0, 0, 0, 1, 2][at % 6]).map(({ user, item, rating }) => `u${user}\t${asin(item)}\t${rating}.0`)),
      ])),
      ...Object.fromEntries(everyItem.flatMap((item) => [
        [`shop/textual_embeddings/sentence_transformers/some/model/1/${asin(item)}.npy`, npy(told(item))],
        ...(item > 0 ? [[`shop/visual_embeddings/torch/ResNet50/avgpool/${asin(item)}.npy`, npy(told(item))]] : []),
      ])),
    },
  },
  'MovieLens’': {
    says: /A folder in MovieLens’ layout.*ratings\.dat/s,
    content: [/Textual of every item/],
    files: {
      'ml-1m/ratings.dat': lines(rows.map(({ user, item, rating, nth }) => `${1 + user}::${1 + item}::${rating}::${978300000 + nth}`)),
      'ml-1m/movies.dat': lines(everyItem.map((item) => `${1 + item}::The ${kind(item)} (1995)::${['Drama', 'Comedy|War'][item % 2]}`)),
    },
  },
  'Amazon’s of 2014': {
    says: /Amazon’s dump of 2014.*reviews_Shop_5\.json\.gz/s,
    content: [/Textual of every item/, /Visual of 15 of 16 items/],
    files: {
      'shop/reviews_Shop_5.json.gz': gzipSync(lines(rows.map(({ user, item, rating, nth }) => (
        { reviewerID: `u${user}`, asin: asin(item), reviewText: 'So "good"', overall: rating, unixReviewTime: nth }
      )))),
      // As Python writes it.
      'shop/meta_Shop.json.gz': gzipSync(lines(everyItem.map((item) => (
        `{'asin': '${asin(item)}', 'title': "The ${kind(item)}'s", 'description': 'A ${kind(item)}.'}`
      )))),
      'shop/image_features_Shop.b.gz': gzipSync(Buffer.concat(everyItem.slice(1).flatMap((item) => [
        Buffer.from(asin(item)),
        Buffer.from(Float32Array.from({ length: 4096 }, (_, at) => Number(at % 2 === item % 2)).buffer),
      ]))),
    },
  },
  'Amazon’s of 2023': {
    says: /Amazon Reviews 2023.*Shop\.jsonl\.gz/s,
    content: [/Textual of every item/],
    files: {
      'shop/Shop.jsonl.gz': gzipSync(lines(rows.map(({ user, item, rating, nth }) => (
        { rating, title: 'So "good"', text: null, images: [], asin: asin(item), parent_asin: asin(item), user_id: `u${user}`, timestamp: 1000 * nth }
      )))),
      'shop/meta_Shop.jsonl.gz': gzipSync(lines(everyItem.map((item) => (
        { title: `The ${kind(item)}`, description: [], features: [`A ${kind(item)}.`], images: [], price: null, parent_asin: asin(item) }
      )))),
    },
  },
};
