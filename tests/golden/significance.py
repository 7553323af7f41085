"""Makes significance.json: paired differences with hard corners, and what statistical libraries say of them.

Run again with `python3 tests/golden/significance.py` where SciPy 1.11 or later is installed; the same file comes out every
time. The corners: many zeros, ties, few values, all of one sign, values of very different size.
"""

import json
import random
from pathlib import Path

from scipy import stats


def differences(rng):
    yield "a sixth are zero", [rng.choice([0.0, 0.1, -0.1, 0.25, -0.2, 0.5]) for _ in range(60)]
    yield "most are zero", [rng.choice([0.0] * 9 + [rng.gauss(0.3, 1.0)]) for _ in range(300)]
    yield "none is zero", [rng.gauss(0.05, 1.0) for _ in range(200)]
    yield "all positive", [rng.random() + 0.01 for _ in range(25)]
    yield "few", [0.5, -0.25, 0.0, 0.75, 1.0, -0.125, 0.0]
    yield "of very different size", [rng.gauss(0, 1) * 10 ** rng.randint(-4, 3) for _ in range(80)]


def holm(p):
    """As the procedure is written: the smallest first, each no smaller than the one before."""
    order = sorted(range(len(p)), key=lambda at: p[at])
    adjusted, last = [0.0] * len(p), 0.0
    for rank, at in enumerate(order):
        last = max(last, min(1.0, (len(p) - rank) * p[at]))
        adjusted[at] = last
    return adjusted


def main():
    rng = random.Random(11)
    cases = []
    for name, values in differences(rng):
        wilcoxon = stats.wilcoxon(values, zero_method="pratt", correction=False, method="approx")
        one_sample = stats.describe(values)
        error = (one_sample.variance / one_sample.nobs) ** 0.5
        cases.append(
            {
                "name": name,
                "differences": values,
                "signed-rank": wilcoxon.pvalue,
                "z": float(one_sample.mean / error),
                "not-zero": float(2 * stats.norm.sf(abs(one_sample.mean / error))),
                "above": float(stats.norm.sf(one_sample.mean / error)),
            }
        )
    # Every assignment of signs, since there are but 2^7.
    few = cases[4]["differences"]
    exact = stats.permutation_test((few,), lambda x, axis: x.mean(axis=axis), permutation_type="samples", n_resamples=10**6)
    cases[4]["sign-flip"] = float(exact.pvalue)
    p = [0.01, 0.02, 0.03, 0.005, 0.5, 0.01]
    golden = {"cases": cases, "holm": {"p": p, "adjusted": holm(p)}}
    Path(__file__).with_suffix(".json").write_text(json.dumps(golden, indent=1) + "\n")


if __name__ == "__main__":
    main()
