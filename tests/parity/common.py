"""What the parity scripts share: one tiny problem, and how a fixture is written.

Each script beside this one computes a system's scores, loss terms and gradients from its formulas with dense matrices and
PyTorch's autograd in double precision; it is written from the papers and shares nothing with the Rust code. It writes
`<system>.json`, which `src/models/parity.rs` holds the Rust system against. To make all of them anew:

    for script in tests/parity/*.py; do python3 "$script"; done
"""

import json
from pathlib import Path

import numpy as np
import torch

torch.set_default_dtype(torch.float64)

USERS, ITEMS, FACTORS = 5, 6, 4
# User 3 took one item only, user 4 and item 5 take no part in training.
TRAIN = [(0, 0), (0, 1), (0, 2), (1, 1), (1, 3), (2, 0), (2, 3), (2, 4), (3, 2)]
USER = torch.tensor([pair[0] for pair in TRAIN])
ITEM = torch.tensor([pair[1] for pair in TRAIN])

# Users 0, 2 and 0 again: a repeated user and repeated items show whether repetitions are counted.
BATCH = {"users": [0, 2, 0, 3], "positives": [1, 0, 2, 2], "negatives": [3, 1, 4, 0]}

_random = np.random.default_rng(2309)


def draw(rows, columns, scale=0.5):
    """Fixed numbers, rounded so that they are the same in single precision."""
    values = np.round(_random.normal(0.0, scale, (rows, columns)) * 1024) / 1024
    return torch.tensor(values)


VISUAL, TEXTUAL = draw(ITEMS, 3, 1.0), draw(ITEMS, 4, 1.0)
FEATURES = {"visual": VISUAL, "textual": TEXTUAL}


def parameter(rows, columns, scale=0.5):
    return draw(rows, columns, scale).requires_grad_()


def interactions():
    """Who took what in train: [USERS, ITEMS] of zeros and ones."""
    matrix = torch.zeros(USERS, ITEMS)
    matrix[USER, ITEM] = 1.0
    return matrix


def triples():
    """The batch as three index tensors."""
    return tuple(torch.tensor(BATCH[part]) for part in ("users", "positives", "negatives"))


def ranking_loss(positive, negative):
    """The mean of softplus(negative - positive)."""
    return torch.nn.functional.softplus(negative - positive).mean()


def unit_rows(rows):
    return rows / rows.norm(dim=1, keepdim=True).clamp_min(1e-12)


def write(system, hyper_parameters, parameters, losses, scores, variant="corrected", negatives=True, **more):
    """Writes the fixture. `parameters` by name, `losses` by term (zero-dimensional), `scores` [USERS, ITEMS]."""
    if losses:  # Systems with nothing to learn have none.
        sum(losses.values()).backward()
    numbers = lambda tensor: tensor.detach().tolist()
    batch = BATCH if negatives else {**BATCH, "negatives": []}
    gradients = {name: numbers(value.grad) for name, value in parameters.items() if value.grad is not None}
    fixture = {
        "system": system,
        "variant": variant,
        "hyper-parameters": hyper_parameters,
        "users": USERS,
        "items": ITEMS,
        "train": TRAIN,
        "features": {name: numbers(values) for name, values in FEATURES.items()},
        "parameters": {name: numbers(value) for name, value in parameters.items()},
        "batch": batch,
        "losses": {name: value.item() for name, value in losses.items()},
        "gradients": gradients,
        "scores": numbers(scores),
        **more,
    }
    name = system if variant == "corrected" else f"{system}-{variant}"
    text = json.dumps(fixture, indent=None, separators=(",", ":"))
    (Path(__file__).parent / f"{name}.json").write_text(text.replace('],"', '],\n"') + "\n")
