import { selectorOf } from './places';

function controlIn(element: HTMLElement): HTMLElement {
  const controls = 'input:not([type=file]):not(:disabled), select:not(:disabled), button:not(:disabled)';
  return element.matches(controls) ? element : (element.querySelector<HTMLElement>(controls) ?? element);
}

function find(place: string): HTMLElement | null {
  const selector = selectorOf(place);
  return selector === null ? null : document.querySelector<HTMLElement>(selector);
}

function bringIntoSight(element: HTMLElement): void {
  // What is folded away is nowhere to be seen.
  for (
    let folded = element.closest('details');
    folded;
    folded = folded.parentElement?.closest('details') ?? null
  ) {
    folded.open = true;
  }
  const fits = element.offsetHeight < innerHeight * 0.6;
  element.scrollIntoView({ block: fits ? 'center' : 'start' });
}

/** Marks a place and brings it into sight as soon as it is there. Gives back how to stop. */
export function pointAt(place: string): () => void {
  let marked: HTMLElement | null = null;
  const mark = (): void => {
    const element = find(place);
    if (!element || element === marked) return;
    marked?.removeAttribute('data-pointed');
    if (!marked) bringIntoSight(element);
    marked = element;
    element.setAttribute('data-pointed', '');
  };
  const watch = new MutationObserver(mark);
  watch.observe(document.body, { childList: true, subtree: true });
  mark();
  return () => {
    watch.disconnect();
    marked?.removeAttribute('data-pointed');
  };
}

/** Moves the focus to a place. */
export function goTo(place: string): void {
  const element = find(place);
  if (!element) return;
  bringIntoSight(element);
  const control = controlIn(element);
  if (control === element && !element.hasAttribute('tabindex') && !element.matches('input, select, button')) {
    element.setAttribute('tabindex', '-1');
  }
  control.focus({ preventScroll: true });
}
