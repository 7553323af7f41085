/** The parts of the bench that a lesson can point at and a link can hide, by names that stay. */
export interface Place {
  title: string;
  /** The `id` or, after a colon, the test id of the element. */
  element: string;
}

export const PLACES: Readonly<Record<string, Place>> = {
  data: { title: 'Which data?', element: 'stage-data' },
  which: { title: 'Which modalities?', element: 'stage-which' },
  extract: { title: 'How extracted?', element: 'stage-extract' },
  how: { title: 'How represented?', element: 'stage-represent' },
  when: { title: 'When fused?', element: 'stage-fuse' },
  graph: { title: 'Along which graphs?', element: 'stage-graph' },
  score: { title: 'How scored?', element: 'stage-score' },
  loss: { title: 'What loss?', element: 'stage-loss' },
  name: { title: 'The name of the design', element: 'design-name' },
  systems: { title: 'Known systems', element: ':system-select' },
  'one-step': { title: 'One step in slow motion', element: ':show-step' },
  training: { title: 'Train', element: 'training' },
  play: { title: 'Play', element: ':play' },
  modalities: { title: 'About the modalities', element: 'which' },
  gaps: { title: 'Gaps and placebos', element: ':placebo' },
  missing: { title: 'Taken away', element: ':missing-rate' },
  policy: { title: 'What stands in for a gap', element: ':missing-policy' },
  numbers: { title: 'In numbers', element: 'system' },
  epochs: { title: 'Epochs', element: ':epochs' },
  seed: { title: 'Seed', element: ':seed' },
  results: { title: 'What came out?', element: 'results' },
  people: { title: 'For whom?', element: 'people' },
  map: { title: 'Map of items', element: 'map' },
  runs: { title: 'Your runs', element: ':runs-table' },
};

/** What a link can take away from the page: parts, and single controls without which the rest makes sense. */
export const HIDEABLE = [
  'data',
  'which',
  'extract',
  'how',
  'when',
  'graph',
  'score',
  'loss',
  'systems',
  'one-step',
  'modalities',
  'gaps',
  'missing',
  'policy',
  'numbers',
  'epochs',
  'seed',
  'training',
  'results',
  'people',
  'map',
  'runs',
] as const;

export function selectorOf(place: string): string | null {
  const element = PLACES[place]?.element;
  if (element === undefined) return null;
  return element.startsWith(':') ? `[data-testid="${element.slice(1)}"]` : `#${element}`;
}
