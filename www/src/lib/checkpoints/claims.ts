/** Says which training belongs to which tab: a claim is held until it is given back or its tab is gone. */
export interface Claims {
  /** Claims a training, and gives back what ends the claim; null where another tab holds it. */
  claim(id: string): Promise<(() => void) | null>;
}

/** A tab that is reloaded gives its claims back a little later than the next page asks for them, in milliseconds. */
const PATIENCE = 1500;

/** Claims by the browser's own locks, which end with a tab however it ends. Null where there are none, as on plain http. */
export function browserClaims(): Claims | null {
  // In spite of its type, it is missing where a page is not secure.
  const locks = navigator.locks as LockManager | undefined;
  if (!locks) return null;
  return {
    claim: (id) =>
      new Promise((resolve) => {
        const signal = AbortSignal.timeout(PATIENCE);
        locks
          .request(`fusebox-training-${id}`, { signal }, () => new Promise<void>((end) => resolve(end)))
          .catch(() => resolve(null));
      }),
  };
}
