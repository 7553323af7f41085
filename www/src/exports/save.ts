import { saveFile } from '../lib/download';
import { toCsv } from './csv';
import { COLOURS, type Figure, type Palette, toSvg } from './figure';
import { toJson } from './json';
import { toLatex } from './latex';
import type { ResultTable } from './table';

const FORMATS = {
  csv: { type: 'text/csv', write: toCsv },
  json: { type: 'application/json', write: toJson },
  tex: { type: 'application/x-tex', write: toLatex },
};

export type TableFormat = keyof typeof FORMATS;

/** Hands the reader a table as a file, and tells its name. */
export function saveTable(table: ResultTable, format: TableFormat): string {
  const { type, write } = FORMATS[format];
  const name = `${table.name}.${format}`;
  saveFile(name, type, write(table));
  return name;
}

/** Pixels of a picture for one of the drawing, so that it stays sharp on paper. */
const SHARPNESS = 3;

/** The page's colours as they are now, light or dark. */
function palette(): Palette {
  const probe = document.createElement('i');
  document.body.append(probe);
  const read = (name: string): string => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const colours = Object.fromEntries(COLOURS.map((name) => [name, read(name)])) as Palette;
  probe.remove();
  return colours;
}

async function rasterise(svg: string): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.naturalWidth * SHARPNESS;
  canvas.height = image.naturalHeight * SHARPNESS;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The picture could not be made.')))),
  );
}

/** Hands the reader a chart as a file, and tells its name. */
export async function saveFigure(figure: Figure, format: 'svg' | 'png'): Promise<string> {
  const name = `${figure.source.name}.${format}`;
  const svg = toSvg(figure, palette());
  if (format === 'svg') saveFile(name, 'image/svg+xml', svg);
  else saveFile(name, 'image/png', await rasterise(svg));
  return name;
}
