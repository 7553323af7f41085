/** How long points glide to where they belong, in milliseconds. */
const GLIDE = 500;

/**
 * Moves places to others, a frame at a time; gives what stops that. Places of another size jump, as everything does where motion
 * is unwelcome.
 */
export function glide(
  from: Float32Array,
  to: Float32Array,
  show: (places: Float32Array) => void,
): (() => void) | undefined {
  if (from.length !== to.length || matchMedia('(prefers-reduced-motion: reduce)').matches) {
    show(to);
    return undefined;
  }
  const began = performance.now();
  let frame = 0;
  const step = (): void => {
    const share = Math.min(1, (performance.now() - began) / GLIDE);
    const eased = 1 - (1 - share) ** 3;
    show(share === 1 ? to : to.map((value, at) => from[at]! + (value - from[at]!) * eased));
    if (share < 1) frame = requestAnimationFrame(step);
  };
  frame = requestAnimationFrame(step);
  return () => cancelAnimationFrame(frame);
}
