import { FACTS, type FactKind } from './facts.ts';
import type { Check, Comparison, Fact, Facts } from './lesson';

/** Whether a condition holds. What is not known yet makes every comparison false. */
export function holds(check: Check, facts: Facts, before: Facts): boolean {
  switch (check.kind) {
    case 'and':
      return holds(check.left, facts, before) && holds(check.right, facts, before);
    case 'or':
      return holds(check.left, facts, before) || holds(check.right, facts, before);
    case 'not':
      return !holds(check.check, facts, before);
    case 'changed':
      return !same(facts[check.name], before[check.name]);
    case 'compare':
      return compares(check.operator, valueOf(check.left, facts), valueOf(check.right, facts));
    default:
      return valueOf(check, facts) === true;
  }
}

/** Whether a condition is about a fact. */
export function isAbout(check: Check, name: string): boolean {
  switch (check.kind) {
    case 'and':
    case 'or':
    case 'compare':
      return isAbout(check.left, name) || isAbout(check.right, name);
    case 'not':
      return isAbout(check.check, name);
    case 'value':
      return false;
    default:
      return check.name === name;
  }
}

function valueOf(check: Check, facts: Facts): Fact | undefined {
  if (check.kind === 'fact') return facts[check.name];
  return check.kind === 'value' ? check.value : undefined;
}

/** Whether two values are the same; the order of a list says nothing. */
function same(left: Fact | undefined, right: Fact | undefined): boolean {
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((one) => right.includes(one));
  }
  return left === right;
}

function compares(operator: Comparison, left: Fact | undefined, right: Fact | undefined): boolean {
  if (left === undefined || right === undefined) return false;
  if (operator === '==') return same(left, right);
  if (operator === '!=') return !same(left, right);
  if (operator === 'has') return Array.isArray(left) && left.includes(right);
  if (typeof left !== 'number' || typeof right !== 'number') return false;
  return { '<': left < right, '<=': left <= right, '>': left > right, '>=': left >= right }[operator];
}

/**
 * Reads a condition: `design.when == "late" and not (seed == 1)`. Throws a sentence where a fact is unknown, where a fact
 * can never have the value it is compared with, or where the condition cannot be read.
 */
export function readCheck(text: string, known: Readonly<Record<string, FactKind>> = FACTS): Check {
  return new Reader(text, known).whole();
}

const TOKEN = /\s*("[^"]*"|\[|\]|,|[()]|==|!=|<=|>=|<|>|-?\d+(?:\.\d+)?(?![\w.-])|[a-z][\w.-]*)/iy;
const COMPARISONS: readonly string[] = ['==', '!=', '<', '<=', '>', '>=', 'has'];

class Reader {
  readonly #tokens: string[] = [];
  readonly #known: Readonly<Record<string, FactKind>>;
  #at = 0;

  constructor(text: string, known: Readonly<Record<string, FactKind>>) {
    this.#known = known;
    TOKEN.lastIndex = 0;
    const whole = text.trim();
    while (TOKEN.lastIndex < whole.length) {
      const from = TOKEN.lastIndex;
      const found = TOKEN.exec(whole)?.[1];
      if (found === undefined) throw new Error(`“${whole.slice(from).trim()}” cannot be read`);
      this.#tokens.push(found);
    }
  }

  whole(): Check {
    const check = this.#either();
    if (this.#next !== undefined) throw new Error(`“${this.#next}” is not expected here`);
    return check;
  }

  get #next(): string | undefined {
    return this.#tokens[this.#at];
  }

  #take(token: string): boolean {
    if (this.#next !== token) return false;
    this.#at += 1;
    return true;
  }

  #expect(token: string): void {
    if (!this.#take(token)) throw new Error(`“${token}” is missing before “${this.#next ?? 'the end'}”`);
  }

  #either(): Check {
    let check = this.#both();
    while (this.#take('or')) check = { kind: 'or', left: check, right: this.#both() };
    return check;
  }

  #both(): Check {
    let check = this.#single();
    while (this.#take('and')) check = { kind: 'and', left: check, right: this.#single() };
    return check;
  }

  #single(): Check {
    if (this.#take('not')) return { kind: 'not', check: this.#single() };
    if (this.#take('(')) {
      const check = this.#either();
      this.#expect(')');
      return check;
    }
    if (this.#take('changed')) {
      this.#expect('(');
      const name = this.#name();
      this.#expect(')');
      return { kind: 'changed', name };
    }
    return this.#comparison();
  }

  #comparison(): Check {
    const name = this.#name();
    const kind = this.#known[name]!;
    const operator = this.#next;
    if (operator === undefined || !COMPARISONS.includes(operator)) {
      if (kind.type === 'yes-or-no') return { kind: 'fact', name };
      throw new Error(`“${name}” must be compared with something`);
    }
    this.#at += 1;
    const value = this.#value();
    mustFit(name, kind, operator as Comparison, value);
    const [left, right] = [{ kind: 'fact', name } as const, { kind: 'value', value } as const];
    return { kind: 'compare', operator: operator as Comparison, left, right };
  }

  #name(): string {
    const name = this.#tokens[this.#at++];
    if (name === undefined) throw new Error('something is missing at the end');
    if (!(name in this.#known)) throw new Error(`“${name}” is no fact that is known here`);
    return name;
  }

  #value(): Fact {
    const token = this.#tokens[this.#at++];
    if (token === undefined) throw new Error('a value is missing at the end');
    if (token === '[') {
      const values: string[] = [];
      while (!this.#take(']')) {
        values.push(String(this.#value()));
        if (this.#next !== ']') this.#expect(',');
      }
      return values;
    }
    if (token.startsWith('"')) return token.slice(1, -1);
    if (token === 'true' || token === 'false') return token === 'true';
    const number = Number(token);
    if (Number.isNaN(number)) throw new Error(`“${token}” is no value; words stand in "quotes"`);
    return number;
  }
}

function mustFit(name: string, kind: FactKind, operator: Comparison, value: Fact): void {
  const ordered = ['<', '<=', '>', '>='].includes(operator);
  if (ordered && kind.type !== 'number')
    throw new Error(`“${name}” is no number, so nothing is “${operator}”`);
  if ((operator === 'has') !== (kind.type === 'list' && !Array.isArray(value))) {
    throw new Error(`a list is compared as ${name} has "…" or ${name} == ["…"], and only a list is`);
  }
  const problem = problemOf(name, operator === 'has' ? { ...kind, type: 'text' } : kind, value);
  if (problem) throw new Error(problem);
}

/** Why a fact can never have a value; null where it can. */
export function problemOf(name: string, kind: FactKind, value: Fact): string | null {
  const type = { text: 'string', number: 'number', 'yes-or-no': 'boolean', list: 'object' }[kind.type];
  if (typeof value !== type)
    return `“${name}” is ${kind.type.replaceAll('-', ' ')}, which “${String(value)}” is not`;
  const strange = [value].flat().find((one) => kind.values && !kind.values.includes(String(one)));
  return strange === undefined
    ? null
    : `“${name}” is never “${String(strange)}”, but one of ${kind.values?.join(', ')}`;
}
