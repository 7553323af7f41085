import { type Colour, parseColour } from './shades';

/** The page's colours that a map is painted with. */
const NAMES = {
  ink: '--ink',
  soft: '--soft',
  line: '--line',
  strongLine: '--strong-line',
  card: '--card',
  paper: '--paper',
  accent: '--accent',
  listed: '--series-1',
  taken: '--series-3',
} as const;

export type Palette = Record<keyof typeof NAMES, Colour>;

/** The colours as they are now, light or dark. */
export function readPalette(): Palette {
  const probe = document.createElement('i');
  document.body.append(probe);
  const entries = Object.entries(NAMES).map(([name, variable]) => {
    probe.style.color = `var(${variable})`;
    return [name, parseColour(getComputedStyle(probe).color)];
  });
  probe.remove();
  return Object.fromEntries(entries) as Palette;
}

/** Tells the colours anew when the theme changes: what is painted does not change by itself. Gives what ends that. */
export function watchPalette(changed: (palette: Palette) => void): () => void {
  const read = (): void => changed(readPalette());
  const themed = new MutationObserver(read);
  themed.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  const system = matchMedia('(prefers-color-scheme: dark)');
  system.addEventListener('change', read);
  return () => {
    themed.disconnect();
    system.removeEventListener('change', read);
  };
}
