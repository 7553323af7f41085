interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Where a label is written, and by which of its ends. */
export interface Label {
  x: number;
  y: number;
  anchor: 'start' | 'middle' | 'end';
}

/** The mean width of a letter, in units of the drawing, and of a bold one, as labels that are kept are written. */
const LETTER = 7.4;
const BOLD_LETTER = 8.6;

function overlap(first: Box, second: Box): number {
  const width = Math.min(first.right, second.right) - Math.max(first.left, second.left);
  const height = Math.min(first.bottom, second.bottom) - Math.max(first.top, second.top);
  return width > 0 && height > 0 ? width * height : 0;
}

/** What a label may cover of other labels and points, in square units of the drawing: corners of boxes are empty. */
const TOUCHING = 12;

/** Labels are placed in turn, and then each once more with all others in view, so often. */
const ROUNDS = 3;

/**
 * Each label takes the side of its point where it covers least of the other points and labels, and stays between `left` and
 * `right`. One that would cover another is left away, unless it is to be `kept`. A point without a title is kept clear and has no
 * label.
 */
export function placeLabels(
  points: readonly { x: number; y: number; title: string | null; kept?: boolean }[],
  left: number,
  right: number,
): (Label | null)[] {
  const dots: Box[] = points.map(({ x, y }) => ({ left: x - 8, right: x + 8, top: y - 8, bottom: y + 8 }));
  const placed: ({ label: Label; box: Box } | null)[] = points.map(() => null);
  const around = (index: number): Box[] => [
    ...dots,
    ...placed.flatMap((other, at) => (other && at !== index ? [other.box] : [])),
  ];
  for (let round = 0; round < ROUNDS; round++) {
    points.forEach(({ x, y, title, kept }, index) => {
      if (title === null) return;
      const taken = around(index);
      const width = title.length * (kept ? BOLD_LETTER : LETTER);
      const sides = [
        { x: x + 11, y: y + 4.5, anchor: 'start' as const, from: x + 11 },
        { x: x - 11, y: y + 4.5, anchor: 'end' as const, from: x - 11 - width },
        { x, y: y - 12, anchor: 'middle' as const, from: x - width / 2 },
        { x, y: y + 21, anchor: 'middle' as const, from: x - width / 2 },
        { x: x + 9, y: y - 8, anchor: 'start' as const, from: x + 9 },
        { x: x + 9, y: y + 17, anchor: 'start' as const, from: x + 9 },
        { x: x - 9, y: y - 8, anchor: 'end' as const, from: x - 9 - width },
        { x: x - 9, y: y + 17, anchor: 'end' as const, from: x - 9 - width },
      ].map(({ from, ...label }) => {
        const box: Box = { left: from, right: from + width, top: label.y - 12, bottom: label.y + 3 };
        const outside = Math.max(0, box.right - right) + Math.max(0, left - box.left);
        return { label, box, cost: taken.reduce((sum, other) => sum + overlap(box, other), outside * 60) };
      });
      const { label, box } = sides.reduce((best, candidate) =>
        candidate.cost < best.cost ? candidate : best,
      );
      placed[index] = { label, box };
    });
  }
  const covered = (index: number): number => {
    const box = placed[index]?.box;
    return box ? around(index).reduce((sum, other) => sum + overlap(box, other), 0) : 0;
  };
  const spared = points.flatMap(({ kept }, index) => (placed[index] && !kept ? [index] : []));
  // Who covers most goes first, which may make room for the next.
  for (const index of spared.sort((one, other) => covered(other) - covered(one)))
    if (covered(index) > TOUCHING) placed[index] = null;
  return placed.map((each) => each?.label ?? null);
}
