// Generated from the Rust types by the test in src/types.rs; do not edit.

/** Values by metric name, then by cutoff; null where the metric is undefined. */
export type MetricTable = Record<string, Record<string, number | null>>;

/** What every function of the wasm that fails throws. */
export type Failure = { kind: string; message: string; field: string | null };

/**
 * Whether a system follows its definition or the published code's slips (reference, section 0).
 */
export type Variant = "corrected" | "as-published";

/**
 * The data a run is about.
 */
export type DatasetReference = { name: string, 
/**
 * The bundle's digest; a run on other data is refused when it is given.
 */
digest?: string, };

/**
 * A learning rate from an epoch on, which is counted from 1.
 */
export type LearningRate = { epoch: number, rate: number, };

/**
 * How long to train, and which epoch to keep.
 */
export type Training = { epochs: number, "batch-size": number, 
/**
 * Validate after every so many epochs.
 */
"evaluate-every": number, 
/**
 * Stop after so many validations without a better one; 0 never stops early.
 */
patience: number, 
/**
 * The validation metric that selects the epoch, as `recall@20`.
 */
selection: string, 
/**
 * Learning rates that take the place of the hyper-parameter in the course of a run, by rising epoch.
 */
"learning-rate-from"?: Array<LearningRate>, };

/**
 * The items a list may contain.
 */
export type Candidates = "train-items" | "all";

/**
 * Where train, validation and test come from.
 */
export type Split = "bundle" | "random" | "temporal" | "cold-items";

/**
 * How a run is judged.
 */
export type Protocol = { candidates: Candidates, 
/**
 * Whether a user's validation items are left out of the list judged on test.
 */
"mask-validation": boolean, split: Split, 
/**
 * List lengths at which metrics are computed.
 */
cutoffs: Array<number>, };

/**
 * What stands in for a modality that an item lacks.
 */
export type MissingPolicy = "mean" | "zeros" | "neighbours" | "propagation" | "drop";

/**
 * The items from which modalities are taken away.
 */
export type TakenFrom = "random" | "popular" | "unpopular";

/**
 * When what is taken away is lacking.
 */
export type Side = "both" | "train" | "test";

/**
 * Modalities that items lack: what is done about it, and how many more are taken away to see what that costs.
 */
export type Missing = { policy: MissingPolicy, 
/**
 * The share of the items that have a modality from which it is taken away, from 0 to 1.
 */
rate: number, 
/**
 * The items from which modalities are taken away.
 */
"taken-from": TakenFrom, 
/**
 * The modalities that are taken away; all that are used when absent.
 */
modalities?: Array<string>, 
/**
 * When what is taken away is lacking.
 */
side?: Side, 
/**
 * The chance with which each item's modality is hidden for an epoch of training, so that the system learns to do without;
 * from 0 to 0.9.
 */
dropout?: number, };

/**
 * What stands in the place of content, to see whether it is the content that helps or only that there is more to learn.
 */
export type Placebo = "none" | "shuffled" | "noise";

/**
 * What a modality is there for.
 */
export type Role = "scoring" | "edge-weights" | "auxiliary-loss" | "loss-only";

/**
 * *How* content becomes numbers. Whether they are handcrafted or pretrained, the data say.
 */
export type Extraction = "frozen" | "fine-tuned" | "end-to-end";

/**
 * *How* the modalities are represented.
 */
export type Space = "joint" | "coordinate";

/**
 * *When* the modalities are fused.
 */
export type When = "early" | "late" | "never";

/**
 * What modalities, or their scores, are fused by.
 */
export type Operator = "none" | "concat" | "sum" | "mean" | "max" | "product" | "weighted" | "attention" | "gated" | "graph-merge";

/**
 * The graph of who took what, along which users and items learn from each other.
 */
export type UserItem = "none" | "symmetric" | "unit-layers";

/**
 * The graph among items.
 */
export type ItemItem = "none" | "itself" | "frozen" | "learned";

/**
 * How a user and an item become a score.
 */
export type Inference = "dot-product" | "predictor" | "perceptron";

/**
 * What is minimised.
 */
export type Loss = "bpr" | "cross-entropy" | "bootstrap";

/**
 * How training batches are drawn (reference, section 3). Negatives are uniform over the train items that the user does
 * not have.
 */
export type Sampling = "users-uniformly" | "distinct-users" | "interactions" | "positive-interactions";

/**
 * The vectors whose length costs.
 */
export type Regularised = "none" | "start" | "end" | "start-and-end" | "lengths";

/**
 * What users' and items' vectors are before training.
 */
export type Initialisation = "xavier-uniform" | "normal";

/**
 * Where a recommender sits in the schema: *how* its modalities are represented, *when* they are fused, and what else
 * has to be settled before it can be trained (reference, section 7). *Which* modalities is the specification's
 * `modalities`.
 */
export type Design = { 
/**
 * Whether each user and item has a vector of its own, apart from any content.
 */
identity: boolean, 
/**
 * Empty in a design that reads no content.
 */
roles: Role[], 
/**
 * By modality, where one has only some of the roles.
 */
"roles-of"?: Record<string, Role[]>, extraction: Extraction, 
/**
 * By modality, where one is extracted in another way than the others.
 */
"extraction-of"?: Record<string, Extraction>, representation: Space, 
/**
 * Whether represented modalities have length 1.
 */
normalised: boolean, when: When, operator: Operator, "user-item-graph": UserItem, "item-item-graph": ItemItem, inference: Inference, loss: Loss, 
/**
 * Whether an item's modalities are drawn to each other, and away from those of other items.
 */
alignment: boolean, sampling: Sampling, regularised: Regularised, initialisation: Initialisation, };

/**
 * One answer.
 */
export type Choice = { name: string, meaning: string, };

/**
 * One question that a design answers, and the answers there are.
 */
export type Axis = { 
/**
 * The field of the design.
 */
name: string, question: string, 
/**
 * Empty where the answer is yes or no.
 */
choices: Array<Choice>, 
/**
 * Whether several of the choices can be taken together.
 */
several: boolean, };

/**
 * Everything that decides a run: the command line's file, the page's state, the link's payload.
 *
 * This is what people write; [`CheckedSpec`](super::CheckedSpec) is what can be run.
 */
export type RunSpec = { 
/**
 * A name from the registry: `vbpr`, `lightgcn`, …
 */
system: string, variant: Variant, 
/**
 * How a composed recommender is made; other systems settle it themselves.
 */
design?: Design, dataset: DatasetReference, 
/**
 * *Which* modalities are used; all that the data have when absent.
 */
modalities?: Array<string>, 
/**
 * What each modality weighs, in systems that weigh them; the system's own where absent.
 */
"modality-weights"?: Record<string, number>, 
/**
 * What becomes of items that lack a modality.
 */
missing?: Missing, 
/**
 * What stands in the place of content.
 */
placebo?: Placebo, seed: number, 
/**
 * By name; the registry's default for any that is absent.
 */
"hyper-parameters": Record<string, number>, training: Training, protocol: Protocol, };

/**
 * How a slider for a number should run.
 */
export type Scale = "linear" | "logarithmic";

/**
 * A number that can be set, its default and what is allowed.
 */
export type HyperParameter = { name: string, title: string, meaning: string, default: number, minimum: number, maximum: number, integer: boolean, scale: Scale, };

/**
 * A system, where it sits in the paper's schema, and its hyper-parameters.
 */
export type SystemDescription = { name: string, title: string, summary: string, 
/**
 * How a user's score of an item comes about, in one line.
 */
formula: string, 
/**
 * Whether there is anything to learn.
 */
trained: boolean, 
/**
 * Whether item content is read at all.
 */
"uses-content": boolean, variants: Array<Variant>, "hyper-parameters": Array<HyperParameter>, 
/**
 * What modalities weigh when the specification does not say; absent where the system does not weigh them.
 */
"modality-weights": Array<[string, number]> | null, 
/**
 * Where it sits in the schema; absent where nothing is learned, and in `composed` what a specification's design is when
 * it does not say.
 */
design: Design | null, 
/**
 * What it does that no answer of the schema says; absent where the design is all of it, and so is what is run.
 */
beyond: string | null, 
/**
 * The answers that a specification's design may choose from; empty where the system settles it.
 */
axes: Array<Axis>, 
/**
 * *Which* modalities describe the items.
 */
which: string, 
/**
 * *How* they are represented.
 */
how: string, 
/**
 * *When* they are fused.
 */
when: string, source: string, };

/**
 * What an extractor reads of each item.
 */
export type Reads = "thumbnails" | "texts" | "sounds";

/**
 * What people are told about an extractor.
 */
export type ExtractorDescription = { name: string, title: string, 
/**
 * What it sees, in plain words.
 */
summary: string, reads: Reads, 
/**
 * The kind of items it is made for; none for any.
 */
domain: string | null, 
/**
 * Length of its vectors; of words, at most.
 */
width: number, 
/**
 * Where the method is published, and what is done otherwise here.
 */
source: string, };

/**
 * How an extraction went, in numbers.
 */
export type ExtractionSummary = { modality: string, extractor: string, reads: Reads, 
/**
 * Numbers an item.
 */
width: number, items: number, 
/**
 * Items that have nothing to read.
 */
"without-input": number, 
/**
 * Items that have something which could not be used.
 */
unusable: number, 
/**
 * In the bundle.
 */
"bytes-per-item": number, };

/**
 * The part of the data an interaction belongs to.
 */
export type Part = "train" | "validation" | "test";

/**
 * Where data come from and what may be done with them.
 */
export type Provenance = { source: string, licence: string, 
/**
 * How this bundle was made: the command or the recipe, in words.
 */
recipe: string, 
/**
 * True for generated data, which says so wherever it is shown.
 */
synthetic: boolean, };

/**
 * One modality in numbers.
 */
export type ModalitySummary = { 
/**
 * Length of its vectors.
 */
dim: number, 
/**
 * Items that have it.
 */
present: number, origin: string, };

/**
 * How to cut the sheet of thumbnails.
 */
export type ThumbnailsSummary = { 
/**
 * Width and height of one picture, in pixels.
 */
tile: number, 
/**
 * Pictures in one row of the sheet.
 */
columns: number, };

/**
 * The sounds in numbers.
 */
export type SoundsSummary = { 
/**
 * Samples a second, in hertz.
 */
rate: number, 
/**
 * Samples of each sound.
 */
length: number, 
/**
 * Items that have one.
 */
present: number, };

/**
 * A data set in numbers, as `fusebox inspect` and the page show it.
 */
export type DatasetSummary = { name: string, 
/**
 * The content's digest, 64 hexadecimal digits.
 */
digest: string, users: number, items: number, interactions: number, train: number, validation: number, test: number, 
/**
 * Interactions over users × items, between 0 and 1.
 */
density: number, modalities: { [key in string]: ModalitySummary }, provenance: Provenance, thumbnails: ThumbnailsSummary | null, sounds: SoundsSummary | null, 
/**
 * Whether items have titles or descriptions.
 */
texts: boolean, };

/**
 * An item as people are shown it.
 */
export type ItemCard = { item: number, 
/**
 * The source's own identifier.
 */
id: string, 
/**
 * Empty where the data have no texts.
 */
title: string, description: string, 
/**
 * What kind of thing it is; empty where the data do not say.
 */
kind: string, 
/**
 * Position on the thumbnail sheet.
 */
thumbnail: number | null, 
/**
 * Train interactions.
 */
popularity: number, };

/**
 * What one user took, by part of the data.
 */
export type UserHistory = { user: number, 
/**
 * The source's own identifier.
 */
id: string, train: Array<ItemCard>, validation: Array<ItemCard>, test: Array<ItemCard>, };

/**
 * One place of a list.
 */
export type Recommendation = { card: ItemCard, score: number, 
/**
 * The held-out part in which the user took the item.
 */
hit: Part | null, };

/**
 * Whose layout files have.
 */
export type Layout = "elliot" | "mmrec" | "ducho" | "amazon-2014" | "amazon-2023" | "movielens" | "csv";

/**
 * How data that are reviews and no more are prepared: who stays, and what is train, validation and test.
 */
export type Raw = { 
/**
 * Interactions that every user and every item must have with those that stay; 1 keeps all.
 */
core: number, split: Split, 
/**
 * Of the split.
 */
seed: number, };

/**
 * Who interacted with what.
 */
export type InteractionTable = { file: string, 
/**
 * Whether the first line names the columns.
 */
named: boolean, user: string, item: string, rating: string | null, timestamp: string | null, };

/**
 * What is written about items.
 */
export type ItemTable = { file: string, 
/**
 * Whether the first line names the columns.
 */
named: boolean, item: string, title: string | null, description: string | null, 
/**
 * What kind of thing each is.
 */
kind: string | null, };

/**
 * Which files are the tables, and which of their columns says what.
 *
 * A column is called as in the first line; by its number from 1 where it has no name there, or the line is no header.
 */
export type Tables = { interactions: InteractionTable, items: ItemTable | null, };

/**
 * What shall be made of a folder.
 */
export type Wanted = { layout: Layout, name: string, 
/**
 * For data without parts.
 */
raw: Raw, 
/**
 * For tables.
 */
tables: Tables | null, };

/**
 * Whose layout a folder has, and what that was told by.
 */
export type Recognised = { layout: Layout, "has-parts": boolean, 
/**
 * Files or folders that only this layout has; of tables all there are.
 */
"told-by": Array<string>, 
/**
 * The file of interactions, or the first of them; of tables the first by name.
 */
interactions: string, };

/**
 * How a text file begins.
 */
export type Head = { 
/**
 * Its first lines that are not blank, in cells; a line that has none is one.
 */
rows: Array<Array<string>>, };

/**
 * What computes.
 */
export type BackendKind = "cpu" | "gpu";

/**
 * What computed, and why it was chosen.
 */
export type Backend = { kind: BackendKind, name: string, reason: string, };

export type DatasetName = { name: string, digest: string, };

export type Metrics = { validation: MetricTable, test: MetricTable, };

/**
 * Digests and numbers by which two runs are compared stage by stage.
 */
export type Fingerprints = { split: string, "initial-parameters": string, 
/**
 * Of the first epoch's samples; empty where nothing is trained.
 */
samples: string, 
/**
 * The total loss of the first steps, at most 20.
 */
losses: Array<number>, };

/**
 * One epoch: the mean of each loss term and, where it was validated, the validation metrics.
 */
export type CurvePoint = { epoch: number, loss: Record<string, number>, validation: MetricTable | null, };

export type Timing = { "seconds-per-epoch": number, 
/**
 * Of the last evaluation, validation and test.
 */
"evaluation-seconds": number, 
/**
 * `null` where the host does not tell.
 */
"peak-memory-mb": number | null, };

/**
 * What a finished run leaves behind: enough to repeat it and to tell whether the repetition agrees.
 */
export type Receipt = { 
/**
 * Of this format.
 */
version: number, spec: RunSpec, dataset: DatasetName, 
/**
 * Digest of the program's sources.
 */
program: string, 
/**
 * Architecture and backend, as `wasm32-cpu`. The same program on the same target gives the same bits on
 * the CPU.
 */
target: string, backend: Backend, metrics: Metrics, 
/**
 * The share of items that have each modality, where any is used.
 */
coverage?: Record<string, number>, 
/**
 * The same in the first epoch of training, where items have other content then than when they are ranked.
 */
"training-coverage"?: Record<string, number>, 
/**
 * The epoch whose parameters were judged, counted from 1; 0 where nothing is trained.
 */
"best-epoch": number, "stopped-early": boolean, 
/**
 * Digest of all users' top-20 lists.
 */
"lists-digest": string, fingerprints: Fingerprints, curve: Array<CurvePoint>, timing: Timing, };

/**
 * What happened in a run, in order: the page, the command line and the tests read the same stream.
 */
export type Event = { "event": "prepared", users: number, items: number, 
/**
 * Items that lists may contain.
 */
candidates: number, train: number, validation: number, test: number, 
/**
 * Numbers to learn.
 */
parameters: number, "steps-per-epoch": number, epochs: number, } | { "event": "step", epoch: number, step: number, loss: Record<string, number>, } | { "event": "epoch", epoch: number, loss: Record<string, number>, validation: MetricTable | null, best: boolean, } | { "event": "warning", message: string, } | { "event": "done", receipt: Receipt, };

/**
 * What the self-check found.
 */
export type SelfCheck = { 
/**
 * The largest difference between the device and the CPU over losses, gradients, steps and scores, relative
 * to the largest number of each.
 */
"relative-difference": number, };

/**
 * What a run is said to have come to. A claim, not a result, until somebody runs it again.
 */
export type Claim = { program: string, target: string, 
/**
 * The paper's six metrics on test, rounded to six digits.
 */
test: MetricTable, "lists-digest": string, };

/**
 * What a link carries.
 */
export type Shared = { 
/**
 * With the dataset's name and digest.
 */
spec: RunSpec, 
/**
 * What the run is said to have come to; `null` where nothing was run.
 */
claim: Claim | null, };

export type Outcome = "identical" | "agrees" | "different";

/**
 * What a re-run says of the run it repeats.
 */
export type Verdict = { verdict: Outcome, 
/**
 * The first stage that differs.
 */
stage: string | null, 
/**
 * One sentence for people.
 */
explanation: string, };

/**
 * A mean over seeds.
 */
export type Summary = { mean: number, 
/**
 * The sample standard deviation (n − 1); `null` for one value.
 */
deviation: number | null, };

/**
 * One run and its outcome.
 */
export type SuiteAttempt = { 
/**
 * What the receipt is called, without its ending.
 */
name: string, seed: number, 
/**
 * What was chosen from the grid.
 */
"hyper-parameters": { [key in string]: number }, 
/**
 * The selection metric on validation.
 */
validation: number | null, 
/**
 * Why there is no receipt.
 */
failure: string | null, };

/**
 * One entry. What is averaged is averaged over the seeds whose runs finished.
 */
export type SuiteRow = { label: string, system: string, variant: Variant, 
/**
 * `null` where the system reads no content.
 */
modalities: Array<string> | null, 
/**
 * The share of items that had content when lists were made, by modality; `null` where the system reads none.
 */
coverage: { [key in string]: number } | null, 
/**
 * All of the judged configuration; empty where every configuration failed.
 */
"hyper-parameters": { [key in string]: number }, 
/**
 * Those of them that won against the others of the grid.
 */
chosen: { [key in string]: number }, 
/**
 * How many configurations were tried; 1 where there is no grid.
 */
configurations: number, 
/**
 * How many runs the means are over.
 */
seeds: number, 
/**
 * On test, by metric and cutoff; `null` where no run defines the metric.
 */
test: { [key in string]: { [key in number]: Summary | null } }, 
/**
 * The selection metric on validation.
 */
validation: Summary | null, 
/**
 * `null` where nothing is trained, as is the next.
 */
"seconds-per-epoch": number | null, "best-epoch": number | null, 
/**
 * The run of each configuration of the grid, in the grid's order.
 */
tuning: Array<SuiteAttempt>, 
/**
 * The judged runs, in the order of the seeds.
 */
runs: Array<SuiteAttempt>, };

/**
 * What a suite came to: a row an entry.
 */
export type SuiteTable = { name: string, description: string, dataset: DatasetName, 
/**
 * Digests of the programs that made the runs: more than one where older receipts were kept.
 */
programs: Array<string>, 
/**
 * The validation metric that selected epochs and configurations, as `recall@20`.
 */
selection: string, cutoffs: Array<number>, rows: Array<SuiteRow>, };

/**
 * Chances of what was seen, or more, if there were nothing to see.
 */
export type SuiteTests = { 
/**
 * That the mean difference is zero: by flipping users' signs, or by drawing users anew for a metric of all lists.
 */
difference: number, 
/**
 * That differences lie symmetrically about zero (Wilcoxon and Pratt); `null` for a metric of all lists, or where no user
 * differs.
 */
"signed-rank": number | null, 
/**
 * That the values are farther apart than the margin: a small one says that they are the same.
 */
equivalence: number, };

/**
 * What may be said of a difference.
 */
export type SuiteFinding = "higher" | "lower" | "same" | "slightly-higher" | "slightly-lower" | "open";

/**
 * How two rows differ in a metric.
 */
export type SuiteDifference = { 
/**
 * The first row's value minus the second's, each the mean over seeds.
 */
difference: number, 
/**
 * The same as a share of the second's; `null` where that is 0.
 */
relative: number | null, 
/**
 * Where the difference would lie with other users, in 95 of 100 cases.
 */
interval: [number, number], 
/**
 * Over seeds, of the difference: what other initial parameters and samples change, the users being the same.
 */
seeds: Summary | null, p: SuiteTests, 
/**
 * The same for all tests that are shown together (Holm).
 */
corrected: SuiteTests, finding: SuiteFinding, };

/**
 * One row compared with another.
 */
export type SuitePair = { label: string, "compared-with": string, 
/**
 * By metric; where a metric is undefined for one of the two, it is absent.
 */
differences: { [key in string]: SuiteDifference }, };

/**
 * A row that cannot be compared.
 */
export type SuiteRowLeftOut = { label: string, 
/**
 * As in `1 of its 5 runs have no lists`.
 */
reason: string, };

/**
 * One question, and the pairs of rows that answer it.
 */
export type SuiteAnswer = { question: string, pairs: Array<SuitePair>, };

/**
 * The answers to a suite's questions.
 */
export type SuiteComparisons = { name: string, dataset: DatasetName, 
/**
 * Of the lists.
 */
cutoff: number, 
/**
 * Users who are judged, in at least one seed.
 */
users: number, 
/**
 * Values no farther apart than this share of the second are the same.
 */
margin: number, level: number, 
/**
 * Tests for which p-values are corrected together.
 */
tests: number, questions: Array<SuiteAnswer>, 
/**
 * Rows that no pair has, although a question asks for them.
 */
"left-out"?: Array<SuiteRowLeftOut>, };

/**
 * What a slice is a part of.
 */
export type SliceOver = "everything" | "users" | "items";

/**
 * How large a slice is.
 */
export type SliceSummary = { 
/**
 * As in `long-tail-items` or `without-visual`.
 */
name: string, over: SliceOver, 
/**
 * What its items have or lack; `null` where it is not about content.
 */
modality: string | null, 
/**
 * Users with a held-out interaction in it.
 */
users: number, 
/**
 * Held-out interactions.
 */
interactions: number, 
/**
 * The fewest and the most train interactions of its users.
 */
"train-interactions": [number, number], };

/**
 * Runs of the same design, told apart by their seeds: users are averaged over them.
 */
export type RowOfRuns = { label: string, 
/**
 * By their places.
 */
runs: Array<number>, };

/**
 * What is to be held against what.
 */
export type RunsQuestion = { rows: Array<RowOfRuns>, 
/**
 * The row that is compared, and the one it is compared with, by their places.
 */
pairs: Array<[number, number]>, 
/**
 * By their names. All that is asked is corrected together.
 */
slices: Array<string>, metrics: Array<string>, 
/**
 * Of the lists.
 */
cutoff: number, };

/**
 * What a row's lists are worth, over its seeds.
 */
export type ValuesOfRow = { label: string, 
/**
 * By metric and cutoff; `null` where no run defines the metric. Without what does not concern the slice.
 */
test: { [key in string]: { [key in number]: Summary | null } }, };

/**
 * How rows differ on a slice.
 */
export type AnswerOnSlice = { slice: string, 
/**
 * Users who are judged, in at least one seed.
 */
users: number, pairs: Array<SuitePair>, };

/**
 * Rows of runs compared.
 */
export type RunsCompared = { cutoff: number, 
/**
 * Values no farther apart than this share of the second are the same.
 */
margin: number, level: number, 
/**
 * Tests for which p-values are corrected together.
 */
tests: number, 
/**
 * In the order in which they were asked for.
 */
answers: Array<AnswerOnSlice>, };
