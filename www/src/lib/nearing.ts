/**
 * Acts once, when the reader comes near a part of the page, `margin` being what is added to the window's edges, as CSS has it.
 * Gives back how to stop waiting.
 */
export function whenNear(part: Element, act: () => void, margin = '200px'): () => void {
  const watch = new IntersectionObserver(
    ([entry]) => {
      if (!entry?.isIntersecting) return;
      watch.disconnect();
      act();
    },
    { rootMargin: margin },
  );
  watch.observe(part);
  return () => watch.disconnect();
}
