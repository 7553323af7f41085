import type { Sheet } from '../dataset';

/** All thumbnails with round corners, ready to be cut from. */
export interface Pictures {
  image: CanvasImageSource;
  tile: number;
  columns: number;
}

/** Of a tile's width. */
const ROUNDING = 0.16;

/** Rounds all corners of a sheet at once: rounding each picture whenever it is painted would be slow. */
export async function roundedPictures({ address, width, height, tile, columns }: Sheet): Promise<Pictures> {
  const sheet = new Image();
  sheet.src = address;
  await sheet.decode();
  const image = document.createElement('canvas');
  image.width = width;
  image.height = height;
  const context = image.getContext('2d');
  if (!context) return { image: sheet, tile, columns };
  context.beginPath();
  for (let top = 0; top + tile <= height; top += tile) {
    for (let column = 0; column < columns; column += 1)
      context.roundRect(column * tile, top, tile, tile, tile * ROUNDING);
  }
  context.clip();
  context.drawImage(sheet, 0, 0);
  return { image, tile, columns };
}

/** Where a picture lies on the sheet. */
export function cutOf({ tile, columns }: Pick<Pictures, 'tile' | 'columns'>, thumbnail: number) {
  return [(thumbnail % columns) * tile, Math.floor(thumbnail / columns) * tile] as const;
}
