const SIGNS = ['pointermove', 'pointerdown', 'touchstart', 'wheel', 'scroll', 'keydown', 'focusin'] as const;

/** Milliseconds after which the whole page is drawn for readers that give no sign, such as those who search it. */
const PATIENCE = 3000;

/** Whoever comes with an address wants what it names, wherever on the page that is. */
export const comesFor = location.hash !== '' || location.search !== '';

/** The first sign that somebody is about to use the page. */
export const firstSign = new Promise<void>((resolve) => {
  const listening = new AbortController();
  const act = () => {
    listening.abort();
    resolve();
  };
  if (comesFor) act();
  for (const sign of SIGNS) addEventListener(sign, act, { passive: true, signal: listening.signal });
  setTimeout(act, PATIENCE);
});

/** Does what can wait until the browser has shown what is drawn. */
export function afterPainting(act: () => void): void {
  // Nothing is painted where nobody looks.
  if (document.hidden) setTimeout(act);
  else requestAnimationFrame(() => setTimeout(act));
}

/** The first view is painted, unless the reader wants something else first. */
export const painted = new Promise<void>((resolve) => (comesFor ? resolve() : afterPainting(resolve)));
