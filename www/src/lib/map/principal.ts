import { draws } from './draws';

/** The two directions along which rows vary most, and how much of all that they vary. */
export interface Principal {
  mean: Float64Array;
  /** The directions, each of length one. */
  axes: [Float64Array, Float64Array];
  /** The share of the variance along each, between 0 and 1. */
  explained: [number, number];
}

/** More directions than are wanted: the wanted ones are found sooner. */
const DIRECTIONS = 8;
const MOST_ROUNDS = 60;
/** Rounds end when what two directions explain changes by less than this share of all variance. */
const PRECISION = 1e-7;
/** Rows that vary less are all one. */
const ROUNDING = 1e-14;

/**
 * Principal components of rows, by subspace iteration on the rows themselves: no matrix of `dim × dim` is made, which for pictures
 * of some thousand numbers would be larger than the rows. Axes point where their largest entry is positive, or, given earlier
 * axes, the way those did, so that a map drawn anew is not mirrored.
 */
export function principal(rows: Float32Array, dim: number, earlier: Principal | null = null): Principal {
  const count = dim > 0 ? rows.length / dim : 0;
  const mean = new Float64Array(dim);
  for (let at = 0; at < rows.length; at += 1) mean[at % dim]! += rows[at]! / count;
  let total = 0;
  for (let at = 0; at < rows.length; at += 1) total += (rows[at]! - mean[at % dim]!) ** 2;
  if (total <= ROUNDING * rows.length)
    return { mean, axes: [new Float64Array(dim), new Float64Array(dim)], explained: [0, 0] };

  const wanted = Math.min(DIRECTIONS, dim, count);
  const draw = draws(7);
  let axes: Float64Array[] = Array.from({ length: wanted }, () =>
    Float64Array.from({ length: dim }, () => draw() - 0.5),
  );
  let values = axes.map(() => 0);
  for (let round = 0, before = -1; round < MOST_ROUNDS; round += 1) {
    orthonormalise(axes);
    const along = axes.map((axis) => scores(rows, dim, mean, axis));
    const turned = rotation(along);
    axes = turned.vectors.map((weights) => blend(axes, weights));
    values = turned.values;
    const found = (values[0] ?? 0) + (values[1] ?? 0);
    if (Math.abs(found - before) <= PRECISION * total) break;
    before = found;
    axes = axes.map((axis) => back(rows, dim, mean, scores(rows, dim, mean, axis)));
  }
  orthonormalise(axes);

  const pair = [0, 1].map((nth) => {
    const axis = axes[nth] ?? new Float64Array(dim);
    return facing(axis, earlier?.axes[nth] ?? null);
  }) as [Float64Array, Float64Array];
  const share = (nth: number) => (values[nth] ?? 0) / total;
  return { mean, axes: pair, explained: [share(0), share(1)] };
}

/** Rows as points: `x, y, x, y …`. */
export function project(rows: Float32Array, dim: number, { mean, axes }: Principal): Float32Array {
  const [x, y] = axes.map((axis) => scores(rows, dim, mean, axis));
  const points = new Float32Array(x!.length * 2);
  for (let row = 0; row < x!.length; row += 1) {
    points[row * 2] = x![row]!;
    points[row * 2 + 1] = y![row]!;
  }
  return points;
}

function scores(rows: Float32Array, dim: number, mean: Float64Array, axis: Float64Array): Float64Array {
  const offset = mean.reduce((sum, value, place) => sum + value * axis[place]!, 0);
  const along = new Float64Array(rows.length / dim || 0);
  for (let row = 0, at = 0; row < along.length; row += 1) {
    let sum = -offset;
    for (let place = 0; place < dim; place += 1, at += 1) sum += rows[at]! * axis[place]!;
    along[row] = sum;
  }
  return along;
}

function back(rows: Float32Array, dim: number, mean: Float64Array, along: Float64Array): Float64Array {
  const axis = new Float64Array(dim);
  let sum = 0;
  for (let row = 0, at = 0; row < along.length; row += 1) {
    const weight = along[row]!;
    sum += weight;
    for (let place = 0; place < dim; place += 1, at += 1) axis[place]! += rows[at]! * weight;
  }
  for (let place = 0; place < dim; place += 1) axis[place]! -= sum * mean[place]!;
  return axis;
}

function dot(left: Float64Array, right: Float64Array): number {
  let sum = 0;
  for (let place = 0; place < left.length; place += 1) sum += left[place]! * right[place]!;
  return sum;
}

/** Gram and Schmidt, twice over where rounding asks for it. A direction that the others hold already becomes zero. */
function orthonormalise(axes: Float64Array[]): void {
  axes.forEach((axis, nth) => {
    const before = Math.sqrt(dot(axis, axis));
    for (let turn = 0; turn < 2; turn += 1) {
      for (const other of axes.slice(0, nth)) {
        const shared = dot(axis, other);
        for (let place = 0; place < axis.length; place += 1) axis[place]! -= shared * other[place]!;
      }
    }
    const length = Math.sqrt(dot(axis, axis));
    const scale = length > 1e-9 * before && length > 0 ? 1 / length : 0;
    for (let place = 0; place < axis.length; place += 1) axis[place]! *= scale;
  });
}

function blend(axes: Float64Array[], weights: number[]): Float64Array {
  const mixed = new Float64Array(axes[0]?.length ?? 0);
  axes.forEach((axis, nth) => {
    for (let place = 0; place < mixed.length; place += 1) mixed[place]! += axis[place]! * weights[nth]!;
  });
  return mixed;
}

/** Eigenvalues, largest first, and eigenvectors of the products of columns with each other, by Jacobi's rotations. */
function rotation(columns: Float64Array[]): { values: number[]; vectors: number[][] } {
  const size = columns.length;
  const matrix = columns.map((left) => columns.map((right) => dot(left, right)));
  const vectors = columns.map((_, row) => columns.map((_, column) => (row === column ? 1 : 0)));
  for (let sweep = 0; sweep < 12; sweep += 1) {
    for (let p = 0; p < size; p += 1) {
      for (let q = p + 1; q < size; q += 1) {
        const off = matrix[p]![q]!;
        if (off === 0) continue;
        const angle = 0.5 * Math.atan2(2 * off, matrix[p]![p]! - matrix[q]![q]!);
        const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
        for (const row of [...matrix, ...vectors]) {
          const [left, right] = [row[p]!, row[q]!];
          row[p] = cosine * left + sine * right;
          row[q] = cosine * right - sine * left;
        }
        const [above, below] = [[...matrix[p]!], [...matrix[q]!]];
        for (let column = 0; column < size; column += 1) {
          matrix[p]![column] = cosine * above[column]! + sine * below[column]!;
          matrix[q]![column] = cosine * below[column]! - sine * above[column]!;
        }
      }
    }
  }
  const order = [...columns.keys()].sort((left, right) => matrix[right]![right]! - matrix[left]![left]!);
  return {
    values: order.map((nth) => Math.max(0, matrix[nth]![nth]!)),
    vectors: order.map((nth) => vectors.map((row) => row[nth]!)),
  };
}

function facing(axis: Float64Array, earlier: Float64Array | null): Float64Array {
  const largest = axis.reduce((best, value) => (Math.abs(value) > Math.abs(best) ? value : best), 0);
  const sign = earlier && earlier.length === axis.length ? dot(axis, earlier) : largest;
  return sign < 0 ? axis.map((value) => -value) : axis;
}
