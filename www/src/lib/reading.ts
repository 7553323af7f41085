/** What a reader's own comparison comes to, in a sentence. */

import type { Line } from './comparisons';
import { sentenceCase } from './format';
import { metric as describe } from './metrics';

const GROUPS = ['better', 'worse', 'higher', 'lower', 'the same', 'open'] as const;
type Group = (typeof GROUPS)[number];

/** Whether a finding is good news depends on the metric. */
export function groupOf({ difference }: Line, metric: string): Group {
  const { better } = describe(metric);
  switch (difference.finding) {
    case 'same':
      return 'the same';
    case 'open':
      return 'open';
    case 'higher':
    case 'slightly-higher':
      return better === 'neither' ? 'higher' : better === 'higher' ? 'better' : 'worse';
    case 'lower':
    case 'slightly-lower':
      return better === 'neither' ? 'lower' : better === 'lower' ? 'better' : 'worse';
  }
}

/** As in `Better: Recall and EFD; open: Coverage`. Lines are judged in the metric, where they have none of their own. */
export function reading(lines: readonly Line[], metric: string | null): string {
  const list = new Intl.ListFormat('en');
  const found = GROUPS.flatMap((group) => {
    const names = lines.flatMap((line) =>
      groupOf(line, line.metric ?? metric ?? '') === group ? [line.label] : [],
    );
    return names.length > 0 ? [`${group}: ${list.format(names)}`] : [];
  });
  return sentenceCase(found.join('; '));
}
