/** What a page asks of the service worker. */
export type Ask =
  /** The first view is done: what the bench needs may come now. `entry` is the page’s own first script. */
  | { ask: 'settle'; entry: string }
  /** Starts the version that waits. The answer is how many other tabs and frames stand in the way. */
  | { ask: 'take over' };
