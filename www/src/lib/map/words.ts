/** Words that many titles share, the commonest first: something to look for. */
export function commonWords(titles: readonly string[], count: number): string[] {
  const found = new Map<string, number>();
  for (const title of titles) {
    for (const word of new Set(title.toLowerCase().match(/\p{L}{3,}/gu) ?? []))
      found.set(word, (found.get(word) ?? 0) + 1);
  }
  return (
    [...found]
      // A word of one title finds no group; one of most titles tells nothing apart.
      .filter(([, titled]) => titled > 2 && titled < titles.length / 3)
      .sort(([left, more], [right, most]) => most - more || left.localeCompare(right))
      .slice(0, count)
      .map(([word]) => word)
  );
}
