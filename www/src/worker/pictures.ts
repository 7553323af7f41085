import type { RunSpec } from '../lib/types';
import type { DatasetHandle } from './wasm';

/** Whether a spec learns from pictures themselves. */
export function learnsFromPictures({ design }: RunSpec): boolean {
  return (design?.['extraction-of']?.visual ?? design?.extraction) === 'end-to-end';
}

/** Shows a dataset its own thumbnails, row by row: the wasm has no decoder of pictures, the browser has one. */
export async function showPictures(dataset: DatasetHandle): Promise<void> {
  const { thumbnails } = dataset.summary();
  const picture = dataset.sheet();
  if (!thumbnails || !picture) return;
  const type = picture[0] === 0x89 ? 'image/png' : 'image/jpeg';
  // As it was written, and not as this screen shows it.
  const sheet = await createImageBitmap(new Blob([new Uint8Array(picture)], { type }), {
    colorSpaceConversion: 'none',
  });
  const { width, height } = sheet;
  const { tile } = thumbnails;
  const context = new OffscreenCanvas(width, tile).getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('This browser cannot read the pixels of pictures.');
  context.fillStyle = 'white';
  for (let top = 0; top + tile <= height; top += tile) {
    context.fillRect(0, 0, width, tile);
    context.drawImage(sheet, 0, top, width, tile, 0, 0, width, tile);
    dataset.show(new Uint8Array(context.getImageData(0, 0, width, tile).data.buffer));
  }
  sheet.close();
}
