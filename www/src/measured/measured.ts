import type { SuiteComparisons, SuiteTable } from '../lib/types';
import type { PaperDataset } from '../paper/paper';

/** The questions of the schema, which the experiments are sorted by. */
export const PARTS = ['Which system?', 'Which modalities?', 'How represented?', 'When fused?'] as const;

/** What runs learned from. */
interface MeasuredData {
  title: string;
  /** Whether it is made up. */
  synthetic: boolean;
  /** What one has to know to read its numbers. */
  note: string;
}

/** Where the results of a suite are, and of what data. */
interface MeasuredOn {
  /** The folder in `suites/results`. */
  name: string;
  data: MeasuredData;
}

/** A question that a suite answers. */
export interface Experiment extends MeasuredOn {
  part: (typeof PARTS)[number];
  question: string;
  /** The same suite on other data. */
  elsewhere?: readonly MeasuredOn[];
  /** What its runs have in common. */
  terms: string;
  /** What came out in a sentence, as read by hand; `tests/experiments.test.ts` holds it against the committed numbers. */
  found: string;
  /** The rest of the reading. */
  more: string;
  /** The paper's dataset whose figures stand beside ours; null where the data are not the paper's. */
  paper: PaperDataset | null;
}

const OFFICE: MeasuredData = {
  title: 'Amazon Office, texts',
  synthetic: false,
  note: 'Amazon Office, texts only, because the features of its pictures are not to be had.',
};

const OFFICE_TWIN: MeasuredData = {
  title: 'Office twin',
  synthetic: true,
  note: 'The office twin, which is synthetic: its interactions, pictures and words are made up. Looks and words add up in every choice. What it shows follows from tastes of this kind, not from what people are like.',
};

const OFFICE_CONJUNCTION: MeasuredData = {
  title: 'Office twin, both needed',
  synthetic: true,
  note: 'An office twin on which looks and words must both please. It is synthetic: what it shows follows from tastes of this kind, not from what people are like.',
};

const OTHER_TWINS: readonly MeasuredOn[] = [
  { name: 'toys', title: 'Toys twin', both: 'looks and words' },
  { name: 'beauty', title: 'Beauty twin', both: 'looks and words' },
  { name: 'sports', title: 'Sports twin', both: 'looks and words' },
  { name: 'clothing', title: 'Clothing twin', both: 'looks and words' },
  { name: 'music', title: 'Music twin', both: 'words and sounds' },
].flatMap(({ name, title, both }) => [
  {
    name: `fusion-${name}`,
    data: {
      title,
      synthetic: true,
      note: `The ${name} twin, which is synthetic: its interactions and its items are made up. In every choice ${both} add up.`,
    },
  },
  {
    name: `fusion-${name}-conjunction`,
    data: {
      title: `${title}, both needed`,
      synthetic: true,
      note: `A ${name} twin on which ${both} must please together. It is synthetic: its interactions and its items are made up.`,
    },
  },
]);

const [FIRST_TWIN, ...REST_OF_TWINS] = OTHER_TWINS as [MeasuredOn, ...MeasuredOn[]];

const FILMS: MeasuredData = {
  title: 'MovieLens-100K, posters and texts',
  synthetic: false,
  note: 'MovieLens-100K with the films’ real posters and texts: 943 people, 1,349 films. Data are dense, so the crowd alone says much.',
};

/** In the order in which they are told. A suite is added here; its files are found by its name. */
export const EXPERIMENTS: readonly Experiment[] = [
  {
    name: 'office-paper',
    part: 'Which system?',
    question: 'Do the paper’s results come out again?',
    data: OFFICE,
    terms:
      'The six systems with the settings published for these data, for as many epochs; the values are means over five seeds, on test.',
    found:
      'Partly: VBPR and MMGCN come out as in the paper, LATTICE and FREEDOM find more here and come first.',
    more: 'GRCN still leads in evenness when the slips of its code are corrected, but only just.',
    paper: 'office',
  },
  {
    name: 'office-tuned',
    part: 'Which system?',
    question: 'Which system is best when all are tuned alike?',
    data: OFFICE,
    terms:
      'Every system had ten settings to try with one seed, chosen by Recall@20 on validation; the values are means over five other seeds, on test.',
    found: 'FREEDOM and LATTICE find over 40 % more than BPR-MF, which reads nothing.',
    more: 'Both join items of similar texts. NGCF and MMGCN do not beat BPR-MF.',
    paper: null,
  },
  {
    name: 'office-why',
    part: 'Which system?',
    question: 'Why do NGCF and MMGCN stay behind?',
    data: OFFICE,
    terms:
      'The settings of the tuned table with one thing changed: one layer, or the texts of other items. One seed, so a small difference says nothing.',
    found: 'Not because of the graph: the same edges without NGCF’s weights and slopes find a quarter more.',
    more: 'Those are LightGCN’s. MMGCN does use its texts, but shows an eighth of the catalogue.',
    paper: null,
  },
  {
    name: 'twin-paper',
    part: 'Which system?',
    question: 'And where we made the tastes ourselves?',
    data: OFFICE_TWIN,
    terms:
      'The six systems with the settings published for Amazon Office; the values are means over five seeds, on test.',
    found: 'As on the real data, LATTICE and FREEDOM find most and MMGCN least.',
    more: 'GRCN shows the catalogue most evenly here too.',
    paper: null,
  },
  {
    name: 'beyond',
    part: 'Which system?',
    question: 'Does who finds most also show most of the catalogue?',
    data: OFFICE_TWIN,
    terms:
      'Fifteen systems with their defaults, the paper’s for Amazon Office, at most a hundred epochs, each beside itself on other items’ content and on noise; means over five seeds, on test.',
    found: 'Mostly not: who finds over 40 % more than BPR-MF shows the catalogue about half as evenly.',
    more: 'LATTICE alone finds more and shows more of the long tail. Content makes lists more even more surely than more accurate.',
    paper: null,
  },
  {
    name: 'movielens',
    part: 'Which system?',
    question: 'Which system is best on films, with real posters and texts?',
    data: FILMS,
    terms:
      'Fifteen systems with two learning rates each, tuned on validation, at most 40 epochs (MMGCN and GRCN 20), each beside itself on other films’ content and on noise; means over five seeds, on test.',
    found:
      'None that reads content is found to find more than LightGCN, which reads none; VBPR, LATTICE and FREEDOM are not told apart from it.',
    more: 'Next to other films’ content theirs ranks 2 to 4 % better. LightGCN-M, which is LightGCN with content, finds 5 % less.',
    paper: null,
  },
  {
    name: 'joint',
    part: 'Which modalities?',
    question: 'What are pictures and texts worth in one joint representation?',
    data: OFFICE_TWIN,
    terms:
      'One projection of pictures and texts side by side, fixed, learned on, or on the graph of who took what; four settings each, tuned on validation; means over five seeds, on test. A placebo is the content of other items.',
    found:
      'With their own content items are found 16 % more often than with that of others; on a graph, no gain can be shown.',
    more: 'Nor where features are learned on. But on the graph lists become far more even.',
    paper: null,
  },
  {
    name: 'missing',
    part: 'Which modalities?',
    question: 'What is lost when items lack their content, and what helps?',
    data: OFFICE_TWIN,
    terms:
      'The paper’s six systems with its settings for Amazon Office when 0, 30, 60 or 90 % of the items lose each modality, and six ways to do without; at most 60 epochs; means over five seeds, on test.',
    found:
      'VBPR finds 8 to 15 % less; systems with a graph are hardly found to lose recall, but up to three quarters of the long tail.',
    more: 'VBPR is helped by content that flows along who took what. MMGCN had learned too little in 30 epochs to lose anything.',
    paper: null,
  },
  {
    name: 'movielens-missing',
    part: 'Which modalities?',
    question: 'And when films lack their posters and texts?',
    data: FILMS,
    terms:
      'VBPR and FREEDOM when 0, 30, 60 or 90 % of the films lose each modality, and six ways to do without; at most 40 epochs; means over five seeds, on test.',
    found:
      'FREEDOM finds 3 % less and shows half as much of the long tail; to VBPR, a film’s own content is worth the same as another’s.',
    more: 'FREEDOM is helped by content that flows along who took what: 5.5 % more than with means where 60 % are missing.',
    paper: null,
  },
  {
    name: 'features',
    part: 'How represented?',
    question: 'Are features made for office supplies better than a pretrained transformer’s?',
    data: OFFICE,
    terms:
      'MiniLM, TF-IDF, and brand and kind as rules read them from titles, in three systems, each beside the texts of other items and beside systems without texts; two learning rates each, tuned on validation; means over five seeds, on test.',
    found:
      'Not that could be shown: brand and kind find less where items are joined. Nor is the transformer shown to find more than counting words.',
    more: 'Texts are worth 15 to 77 % over those of other items, whoever reads them.',
    paper: null,
  },
  {
    name: 'movielens-features',
    part: 'How represented?',
    question: 'What is a film’s poster worth, seen by a network or by its colours?',
    data: FILMS,
    terms:
      'MobileNet, colours and outlines, and texture, in three systems, each beside the posters of other films; two learning rates each, tuned on validation; means over five seeds, on test.',
    found: 'Next to nothing: to FREEDOM a film’s own poster is worth the same as another’s.',
    more: 'The network’s features are not shown to find more than colours or texture, which need no training.',
    paper: null,
  },
  {
    name: 'fusion',
    part: 'When fused?',
    question: 'Early or late, and by which operator, where looks and words add up?',
    data: OFFICE_TWIN,
    terms:
      'Sixteen designs, each beside itself on other items’ content and on noise; four settings each, tuned on validation; means over five seeds, on test.',
    found: 'No design is shown to find more than one joint representation, and five find less.',
    more: 'Early or late makes no difference in accuracy that can be shown, for any of seven operators.',
    paper: null,
  },
  {
    name: 'fusion-conjunction',
    part: 'When fused?',
    question: 'And where looks and words must both please?',
    data: OFFICE_CONJUNCTION,
    terms:
      'Sixteen designs, each beside itself on other items’ content and on noise; four settings each, tuned on validation; means over five seeds, on test.',
    found: 'Content is worth more here, and still nothing is shown to beat one joint representation.',
    more: 'Gates fuse better late than early; the product, which looks made for “and”, falls behind.',
    paper: null,
  },
  {
    ...FIRST_TWIN,
    elsewhere: REST_OF_TWINS,
    part: 'When fused?',
    question: 'Does it hold on five other twins, at both ends?',
    terms:
      'The same sixteen designs with the settings that all of them chose on the office twin; nothing is tuned here. Each beside itself on other items’ content and on noise; means over five seeds, on test.',
    found:
      'Nothing is shown to beat one joint representation on any of ten twins, and half of what was tried beside it is found behind.',
    more: 'Where early and late are told apart it is late that finds more, with one exception; the mean is better late on seven of ten.',
    paper: null,
  },
  {
    name: 'movielens-fusion',
    part: 'When fused?',
    question: 'And on films, with real posters and texts?',
    data: FILMS,
    terms:
      'Sixteen designs, each beside itself on other films’ content and on noise; two learning rates each, tuned on validation, at most 40 epochs; means over five seeds, on test.',
    found:
      'It makes next to no difference to accuracy: eight of fifteen designs are shown to find the same as one joint representation, none more.',
    more: 'Content is worth 2 to 3 % over none. Concat, late sum and late product show more of the long tail.',
    paper: null,
  },
];

// By address, each downloaded when it is asked for.
const TABLES = import.meta.glob<SuiteTable>('../../../suites/results/*/table.json', { import: 'default' });
const COMPARISONS = import.meta.glob<SuiteComparisons>('../../../suites/results/*/comparisons.json', {
  import: 'default',
});

/** The folders that have a table. */
export const FOLDERS: readonly string[] = Object.keys(TABLES).map((path) => path.split('/').at(-2) ?? '');

/** The table of a suite, and the answers to its questions where it asks any. */
export interface Measured {
  table: SuiteTable;
  comparisons: SuiteComparisons | null;
}

/** The experiment on each of its data, those first that the question is told of. */
export function everywhere({ elsewhere = [], ...experiment }: Experiment): Experiment[] {
  return [experiment, ...elsewhere.map((other) => ({ ...experiment, ...other }))];
}

export async function load({ name }: Experiment): Promise<Measured> {
  const folder = `../../../suites/results/${name}`;
  const [table, comparisons] = await Promise.all([
    TABLES[`${folder}/table.json`]?.(),
    COMPARISONS[`${folder}/comparisons.json`]?.(),
  ]);
  if (!table) throw new Error(`suites/results/${name} has no table.`);
  return { table, comparisons: comparisons ?? null };
}
