import { consequencesOf, type Consequence, type Point, type Proposal } from './repair';
import { answerBy, answered, answersTo, answerTo, sameAnswer, sameDesign, without } from './schema';
import { plainly, tell } from './stages';
import type { Axis, Design, Failure, RunSpec, SystemDescription } from './types';

/** What the bench lends to whoever changes the design. */
interface Bench {
  spec: () => RunSpec;
  systems: () => readonly SystemDescription[];
  /** Modalities that are used, and those that the data have. */
  modalities: () => readonly string[];
  available: () => readonly string[];
  /** Says why specs cannot be run, or null. */
  refusals: (specs: RunSpec[]) => Promise<(Failure | null)[]>;
  put: (spec: RunSpec) => void;
  announce: (sentence: string) => void;
  report: (error: unknown) => void;
}

/** A change that can be taken back. */
interface Change {
  axis: string | null;
  before: RunSpec;
  /** Where it led. */
  after: Point;
}

/** The design answers to a question by `axis`, and, of several answers, to one by `choice`. */
export function keyOf(axis: string, choice: string): string {
  return `${axis} ${choice}`;
}

/** Changes the design answer by answer, and what must follow; can take it back. */
export class Designer {
  /** What would become of each answer that is not given, by its key. */
  consequences = $state.raw<ReadonlyMap<string, Consequence>>(new Map());
  /** Where an answer that the reader looks at would lead. */
  preview = $state.raw<Point | null>(null);
  /** The question that was answered last, whether that was accepted or not. */
  asked = $state<string | null>(null);
  /** What else the last answer changed. */
  told = $state<string | null>(null);

  readonly #bench: Bench;
  #changes = $state.raw<readonly Change[]>([]);
  #refused = $state.raw<{ by: RunSpec; why: string } | null>(null);
  #looked = 0;
  /** Changes wait for each other: each starts from what the one before it led to. */
  #turn: Promise<void> = Promise.resolve();

  readonly composed = $derived.by(() => this.#bench.systems().find(({ axes }) => axes.length > 0) ?? null);
  readonly axes = $derived.by(() => this.composed?.axes ?? []);
  /** The design on the bench; of a system that has none, where one of the reader's own would start. */
  readonly design = $derived.by(() => this.#designOf(this.#bench.spec()));
  /** The design as far as there is one. */
  readonly shown = $derived.by(() => {
    const { design, system } = this.#bench.spec();
    return design ?? this.#bench.systems().find(({ name }) => name === system)?.design ?? null;
  });
  /** Why the last answer was not accepted, while the design is still the one that did not. */
  readonly refusal = $derived.by(() => {
    const [spec, refused] = [this.#bench.spec(), this.#refused];
    const fields = ['system', 'design', 'modalities'] as const;
    return refused && fields.every((field) => sameAnswer(refused.by[field], spec[field]))
      ? refused.why
      : null;
  });
  readonly #last = $derived.by(() => {
    const change = this.#changes.at(-1);
    const spec = this.#bench.spec();
    const here = change && this.design && spec.design && sameDesign(change.after.design, this.design);
    const same = change?.before.dataset.name === spec.dataset.name;
    return here && same && sameAnswer(change.after.modalities, this.#bench.modalities()) ? change : null;
  });
  /** The name of the system from which the design was changed. */
  readonly origin = $derived.by(() => this.#changes[0]?.before.system ?? null);

  constructor(bench: Bench) {
    this.#bench = bench;
  }

  get undoable(): boolean {
    return this.#last !== null;
  }

  /** Finds out what every other answer would lead to. */
  async look(): Promise<void> {
    const looked = ++this.#looked;
    const proposals = this.axes.flatMap((axis) => this.#proposalsFor(axis));
    // Where the wasm is gone, nothing is known of other answers; that it is gone is told elsewhere.
    const consequences = await this.#consequencesOf(proposals.map(({ proposal }) => proposal)).catch(
      () => [],
    );
    if (looked !== this.#looked) return;
    this.consequences = new Map(
      proposals.flatMap(({ key }, nth) => {
        const consequence = consequences[nth];
        return consequence ? [[key, consequence] as const] : [];
      }),
    );
  }

  /** Gives an answer; of several, gives or takes back one. */
  answer(axis: Axis, choice: string): Promise<void> {
    return this.#inTurn(async () => {
      const { proposal, before, back } = this.#propose(axis, choice) ?? {};
      if (back) return this.undo();
      if (proposal && before) await this.#go(proposal, before);
    });
  }

  /** Uses these modalities, of which one is new or missing. */
  use(modalities: readonly string[], changed: string): Promise<void> {
    return this.#inTurn(async () => {
      const before = this.#spec();
      if (!before.design) return this.#bench.put({ ...before, modalities: this.#named(modalities) });
      const design = modalities.includes(changed) ? before.design : without(before.design, changed);
      await this.#go({ point: { design, modalities }, axis: null }, before);
    });
  }

  /** Changes a field that is no question of its own. */
  set(change: Partial<Design>): Promise<void> {
    return this.#inTurn(async () => {
      const before = this.#spec();
      const design = this.#designOf(before);
      const modalities = this.#bench.modalities();
      if (!design) return;
      const changed = Object.entries({ ...design, ...change }).filter(([, value]) => value !== undefined);
      await this.#go(
        { point: { design: Object.fromEntries(changed) as Design, modalities }, axis: null },
        before,
      );
    });
  }

  /** Takes the last change back. */
  undo(): void {
    const change = this.#last;
    if (!change) return;
    this.#changes = this.#changes.slice(0, -1);
    this.told = this.#refused = null;
    const { system, variant, design, modalities, ...rest } = change.before;
    const { training, protocol, seed, dataset } = this.#spec();
    this.#bench.put({ ...rest, system, variant, design, modalities, training, protocol, seed, dataset });
    this.#bench.announce('The last change of the design is taken back.');
  }

  #inTurn(change: () => Promise<void>): Promise<void> {
    this.#turn = this.#turn.then(change).catch((error: unknown) => this.#bench.report(error));
    return this.#turn;
  }

  #spec(): RunSpec {
    return $state.snapshot(this.#bench.spec()) as RunSpec;
  }

  /** All of them is what a spec without the field means. */
  #named(modalities: readonly string[]): string[] | undefined {
    return sameAnswer(modalities, this.#bench.available()) ? undefined : [...modalities];
  }

  #designOf(spec: RunSpec): Design | null {
    const system = this.#bench.systems().find(({ name }) => name === spec.system);
    return spec.design ?? system?.design ?? this.composed?.design ?? null;
  }

  /** The design with an answer, and what it is a change of: trying several answers to one question is one change. */
  #propose(axis: Axis, choice: string): { proposal: Proposal; before: RunSpec; back: boolean } | null {
    const last = axis.several ? null : this.#last;
    const again = last !== null && last.axis === axis.name;
    const before = again ? last.before : this.#spec();
    const design = this.#designOf(before);
    if (!design) return null;
    const present = answerTo(design, axis.name);
    const answer = answerBy(axis, choice, present);
    const point = { design: answered(design, axis.name, answer), modalities: this.#bench.modalities() };
    const proposal = { point, axis: axis.name, ...(axis.several ? { choice } : {}) };
    return { proposal, before, back: again && sameAnswer(present, answer) };
  }

  #proposalsFor(axis: Axis): { key: string; proposal: Proposal }[] {
    const present = this.design ? answerTo(this.design, axis.name) : undefined;
    const choices = axis.several
      ? axis.choices.map(({ name }) => name)
      : answersTo(axis, present).map(String);
    return choices.flatMap((choice) => {
      const proposed = axis.several || String(present) !== choice ? this.#propose(axis, choice) : null;
      return proposed ? [{ key: keyOf(axis.name, choice), proposal: proposed.proposal }] : [];
    });
  }

  #consequencesOf(proposals: readonly Proposal[]): Promise<Consequence[]> {
    const { composed } = this;
    if (!composed || proposals.length === 0) return Promise.resolve([]);
    const { 'modality-weights': _weights, missing: _missing, placebo: _placebo, ...bare } = this.#spec();
    return consequencesOf(proposals, this.axes, (points) =>
      this.#bench.refusals(
        points.map(({ design, modalities }) => ({
          ...bare,
          system: composed.name,
          variant: 'corrected',
          design,
          modalities: [...modalities],
          'hyper-parameters': {},
        })),
      ),
    );
  }

  async #go(proposal: Proposal, before: RunSpec): Promise<void> {
    const { composed } = this;
    const [consequence] = await this.#consequencesOf([proposal]);
    if (!composed || !consequence) return;
    this.asked = proposal.axis;
    if (!consequence.point) {
      const why = plainly(consequence.because);
      this.#refused = { by: this.#spec(), why };
      this.#bench.announce(`Not from here: ${why}.`);
      return;
    }
    const { point, along, because } = consequence;
    const system = this.#bench.systems().find(({ name }) => name === before.system);
    const weights = system?.['modality-weights'];
    const last = this.#last;
    const earlier = last && last.before === before ? this.#changes.slice(0, -1) : last ? this.#changes : [];
    this.#changes = [...earlier, { axis: proposal.axis, before, after: point }];
    this.#refused = null;
    this.told = tell(point.design, along, because, before.design ? null : (system?.beyond ?? null));
    this.#bench.put({
      ...before,
      system: composed.name,
      variant: 'corrected',
      design: point.design,
      modalities: this.#named(point.modalities),
      ...(weights && weights.length > 0 ? { 'modality-weights': Object.fromEntries(weights) } : {}),
    });
    if (this.told) this.#bench.announce(this.told);
  }
}
