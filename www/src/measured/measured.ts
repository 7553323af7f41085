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
  /** What came out in a sentence or two, as read by hand; `tests/experiments.test.ts` holds it against the committed numbers. */
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
  note: 'MovieLens-100K with the films’ real posters and texts: 943 people, 1,349 films. Data are dense, which may leave little for content to say.',
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
      'Partly: VBPR, MMGCN and BM3 find 2 to 6 % more than in the paper, LATTICE, FREEDOM and GRCN a third to a half more.',
    more: 'LATTICE and FREEDOM come first here. With the slips of its code corrected, GRCN still shows the catalogue most evenly, but only 2 % more so than VBPR. No rows were tested against each other.',
    paper: 'office',
  },
  {
    name: 'office-tuned',
    part: 'Which system?',
    question: 'Which system is best when all are tuned alike?',
    data: OFFICE,
    terms:
      'Every system had ten settings to try with one seed, chosen by Recall@20 on validation; the values are means over five other seeds, on test.',
    found: 'FREEDOM and LATTICE come first, over 40 % above BPR-MF.',
    more: 'ItemKNN on content, NGCF and MMGCN stand below BPR-MF. No rows were tested against each other, and none has a placebo: what texts are worth is not told here.',
    paper: null,
  },
  {
    name: 'office-why',
    part: 'Which system?',
    question: 'Why do NGCF and MMGCN stay behind?',
    data: OFFICE,
    terms:
      'The settings of the tuned table with one thing changed: one layer, or the texts of other items. One seed, so a small difference says nothing.',
    found:
      'As far as one seed tells, it is not NGCF’s edges: without its weights and slopes they find a quarter more. For MMGCN no reason is shown.',
    more: 'Without these NGCF is LightGCN. MMGCN shows an eighth of the catalogue. Nothing was tested here, nor whether MMGCN uses its texts.',
    paper: null,
  },
  {
    name: 'twin-paper',
    part: 'Which system?',
    question: 'And where we made the tastes ourselves?',
    data: OFFICE_TWIN,
    terms:
      'The six systems with the settings published for Amazon Office; the values are means over five seeds, on test.',
    found: 'LATTICE and FREEDOM come first in the table and MMGCN last, as on the real data.',
    more: 'GRCN shows the catalogue most evenly, as there. No rows were tested against each other.',
    paper: null,
  },
  {
    name: 'beyond',
    part: 'Which system?',
    question: 'Does who finds most also show most of the catalogue?',
    data: OFFICE_TWIN,
    terms:
      'Fifteen systems with their defaults, the paper’s for Amazon Office, at most a hundred epochs, each beside itself on other items’ content and on noise; means over five seeds, on test.',
    found:
      'Mostly not: the three that find over 40 % more than BPR-MF show the catalogue about half as evenly, or less.',
    more: 'LATTICE is found to find more and to show more of the long tail. With their own content six of eight systems show the catalogue more evenly than with that of other items, and BM3 less so. Recall is found to be higher for three; the others are open.',
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
      'None that reads content is found to find more than LightGCN, which reads none; VBPR, LATTICE and FREEDOM are not told apart from it, nor shown to find the same.',
    more: 'Next to other films’ content theirs ranks 2 to 4 % better. LightGCN-M finds 5 % less than LightGCN. But content stands in the place of items’ own vectors there, so that is not what content costs.',
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
      'On factors, 16 % of recall: so much more is found with items’ own content than with that of others. Where features are learned on, and on a graph, that is open.',
    more: 'On factors both modalities find 12 % more than pictures alone; over texts alone, that is open. On the graph lists are far more even than with the placebo, but that had another learning rate, so it is not content alone.',
    paper: null,
  },
  {
    name: 'missing',
    part: 'Which modalities?',
    question: 'What is lost when items lack their content, and what helps?',
    data: OFFICE_TWIN,
    terms:
      'The paper’s six systems with its settings for Amazon Office when 0, 30, 60 or 90 % of the items lose each modality, and six ways to do without; at most 60 epochs (MMGCN 30); means over five seeds, on test.',
    found:
      'VBPR finds 8 to 15 % less. Of four systems with a graph only GRCN is found to lose recall, once; else that is open. GRCN, LATTICE and FREEDOM lose up to three quarters of the long tail.',
    more: 'VBPR is helped by content that flows along who took what: 11 % more than with means where 60 % are missing. MMGCN finds 13.5 % less with its own content than with that of other items, so it cannot tell what is lost.',
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
      'With 60 or 90 % missing, FREEDOM finds 3 % less and shows about half as much of the long tail. For VBPR no loss of recall is found.',
    more: 'To VBPR, at the one learning rate that it had here, a film’s own content is worth the same recall as another’s; by nDCG that is open. FREEDOM is helped by content that flows along who took what: 5.5 % more than with means where 60 % are missing.',
    paper: null,
  },
  {
    name: 'features',
    part: 'How represented?',
    question: 'Are features made for office supplies better than a pretrained transformer’s?',
    data: OFFICE,
    terms:
      'MiniLM, TF-IDF, and brand and kind as rules read them from titles, in three systems, each beside the texts of other items, noise, and systems without texts; two learning rates each, tuned on validation; means over five seeds, on test.',
    found:
      'Nowhere is that found: brand and kind find 11 and 22 % less where items are joined by them, and are not told apart from the transformer in VBPR. Nor is the transformer found to find more than counting words; in recall that is open.',
    more: 'Over those of other items texts are worth 15 to 21 % to VBPR and 65 to 77 % to FREEDOM, of whose three placebos two had another learning rate. ItemKNN on content, which reads nothing else, finds 8.6 to 9.7 times as much.',
    paper: null,
  },
  {
    name: 'movielens-features',
    part: 'How represented?',
    question: 'What is a film’s poster worth, seen by a network or by its colours?',
    data: FILMS,
    terms:
      'MobileNet, colours and outlines, and texture, in three systems, each beside the posters of other films and noise; two learning rates each, tuned on validation; means over five seeds, on test.',
    found:
      'To FREEDOM a film’s own poster is worth the same recall as another’s, seen by MobileNet or by colours and outlines; by texture that is open.',
    more: 'VBPR finds 2.5 % more with a film’s own colours and outlines, but its placebo had another learning rate, and with noise, at the same rate, it finds no less (not tested); with MobileNet and with texture that is open. Between MobileNet and the other two, which need no training, no difference in recall is found. FREEDOM ranks 2.5 to 3.2 % worse by nDCG with these, but a gain by MobileNet over other films’ posters is open there, too.',
    paper: null,
  },
  {
    name: 'fusion',
    part: 'When fused?',
    question: 'Early or late, and by which operator, where looks and words add up?',
    data: OFFICE_TWIN,
    terms:
      'Sixteen designs, each beside itself on other items’ content and on noise; four settings each, tuned on validation; means over five seeds, on test.',
    found: 'No design is found to find more than one joint representation, five find less, and ten are open.',
    more: 'Between early and late no difference in accuracy is found for any of seven operators, nor that there is none.',
    paper: null,
  },
  {
    name: 'fusion-conjunction',
    part: 'When fused?',
    question: 'And where looks and words must both please?',
    data: OFFICE_CONJUNCTION,
    terms:
      'Sixteen designs, each beside itself on other items’ content and on noise; four settings each, tuned on validation; means over five seeds, on test.',
    found:
      'No design is found to find more than one joint representation here either; the two products find 13 % less, and thirteen are open.',
    more: 'Gates find 6 % less early than late; for the other six operators that is open. Whether content is worth more here than where tastes add up was not tested.',
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
      'Yes: no design is found to find more than one joint representation on any of ten twins. Of 150 comparisons 73 find the other design behind, and 77 are open.',
    more: 'Of 70 comparisons of early and late 21 find late ahead, one finds early ahead, one shows the same, and 47 are open. The mean finds more late than early on seven twins of ten; on three that is open.',
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
      'Where it is settled it makes next to no difference to recall: eight of fifteen designs are shown to find the same as one joint representation. Seven are open; none is found to find more.',
    more: 'Over other films’ content five designs are found to gain 2 to 3 % of recall, and the late product more, but its placebo had another learning rate. Early product shows no gain beyond 2 %; nine designs are open, joint among them. Early concat, late sum and late product show 15 to 29 % more of the long tail than joint.',
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
