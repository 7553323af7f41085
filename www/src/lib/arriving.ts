/** Milliseconds after which a part of the page that still moves is left to itself. */
const PATIENCE = 4000;

const SIGNS = ['pointerdown', 'wheel', 'touchstart', 'keydown'];

/**
 * Goes to a part of the page, with the focus, and follows it while what stands above it is still being drawn, until the reader
 * does something else. The hash belongs to the shared link, so the address stays as it is.
 */
export function arriveAt(id: string): void {
  const part = document.getElementById(id);
  if (!part) return;
  part.focus({ preventScroll: true });
  const watch = new ResizeObserver(() => part.scrollIntoView());
  const done = new AbortController();
  const end = (): void => done.abort();
  done.signal.addEventListener('abort', () => watch.disconnect());
  for (const sign of SIGNS) addEventListener(sign, end, { signal: done.signal, passive: true });
  setTimeout(end, PATIENCE);
  // Looks once at once.
  watch.observe(document.body);
}
