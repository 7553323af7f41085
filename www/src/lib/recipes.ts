/** What the program can make data of, by the names that links carry (docs/datasets.md). */

/** The recipes in datasets-public/. */
export const PUBLIC = [
  'amazon-beauty',
  'amazon-clothing',
  'amazon-office',
  'amazon-sports',
  'amazon-toys',
  'ml-100k',
  'ml-1m',
];

/** The recipes in datasets-small/. */
export const TWINS = [
  'beauty-twin',
  'clothing-twin',
  'music-twin',
  'office-twin',
  'sports-twin',
  'toys-twin',
];

/** What to type to get data of this name; null where no recipe is known. */
export function commandFor(name: string): string | null {
  if (PUBLIC.includes(name)) return `fusebox fetch ${name}`;
  return TWINS.includes(name) ? `fusebox twin datasets-small/${name}.toml -o ${name}.fbx` : null;
}
