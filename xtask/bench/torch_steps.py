#!/usr/bin/env python3
"""The yardstick of `cargo xtask bench`: one training step of BPR-MF, VBPR and LightGCN in plain PyTorch.

The systems are those of the reference, sections 4.1 to 4.3, with dense Adam. A step is forward, backward and
update; the batch is drawn outside of the clock. Prints one JSON object a line:

    {"model": "vbpr", "median_ms_per_step": 3.1, ...}
"""

import argparse
import json
import statistics
import sys
import time
import warnings
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional

# Sparse tensors work, but announce at the first use that they are young and unchecked.
warnings.filterwarnings("ignore", message="Sparse (CSR tensor support|invariant checks)")

FACTORS = 64
LAYERS = 3
LEARNING_RATE = 0.001
REGULARISATION = 1e-5


class Graph:
    """Who interacted with what in the training part: `pairs` is an integer array [interactions, 2]."""

    def __init__(self, users, items, pairs):
        self.users, self.items, self.pairs = users, items, pairs

    @classmethod
    def read(cls, folder):
        """The folder holds train.txt in Elliot's layout: user, item, rating; identifiers count from 0."""
        pairs = np.loadtxt(Path(folder) / "train.txt", usecols=(0, 1), dtype=np.int64)
        users, items = pairs.max(axis=0) + 1
        return cls(int(users), int(items), pairs)

    @classmethod
    def random(cls, users, items, interactions):
        """Distinct pairs, each equally likely."""
        cells = np.random.default_rng(0).choice(users * items, size=interactions, replace=False)
        return cls(users, items, np.stack(np.divmod(cells, items), axis=1))

    def normalised_adjacency(self):
        """D^-1/2 A D^-1/2 of the bipartite graph, users first: sparse [users + items, users + items]."""
        nodes = self.users + self.items
        user, item = self.pairs[:, 0], self.pairs[:, 1] + self.users
        rows, columns = np.concatenate([user, item]), np.concatenate([item, user])
        scale = 1.0 / np.sqrt(np.maximum(np.bincount(rows, minlength=nodes), 1))
        values = torch.from_numpy(scale[rows] * scale[columns]).float()
        indices = torch.from_numpy(np.stack([rows, columns]))
        return torch.sparse_coo_tensor(indices, values, (nodes, nodes)).coalesce().to_sparse_csr()

    def batches(self, size, count, seed):
        """`count` batches of (user, positive item, negative item), each an integer tensor [size].

        Every user is equally likely, then every item of that user; negatives are drawn again until unknown.
        """
        random = np.random.default_rng(seed)
        order = np.argsort(self.pairs[:, 0], kind="stable")
        items_by_user = self.pairs[order, 1]
        degree = np.bincount(self.pairs[:, 0], minlength=self.users)
        first = np.cumsum(degree) - degree
        known = np.sort(self.pairs[:, 0] * self.items + self.pairs[:, 1])
        active = np.flatnonzero(degree)
        for _ in range(count):
            user = random.choice(active, size)
            positive = items_by_user[first[user] + random.integers(degree[user])]
            negative = random.integers(self.items, size=size)
            while True:
                cell = user * self.items + negative
                owned = known[np.searchsorted(known, cell).clip(max=len(known) - 1)] == cell
                if not owned.any():
                    break
                negative[owned] = random.integers(self.items, size=owned.sum())
            yield tuple(torch.from_numpy(part) for part in (user, positive, negative))


def bpr_loss(difference, vectors):
    """Mean softplus of the negative score difference [batch] and the squared norms of `vectors`."""
    penalty = sum(vector.square().sum() for vector in vectors)
    return functional.softplus(-difference).mean() + 0.5 * REGULARISATION * penalty / len(difference)


def xavier_table(rows):
    return nn.Parameter(nn.init.xavier_uniform_(torch.empty(rows, FACTORS)))


class BprMf(nn.Module):
    """Reference 4.1: score = user . item."""

    def __init__(self, graph, features):
        super().__init__()
        self.user, self.item = xavier_table(graph.users), xavier_table(graph.items)

    def loss(self, user, positive, negative):
        u, p, n = self.user[user], self.item[positive], self.item[negative]
        return bpr_loss((u * (p - n)).sum(1), (u, p, n))


class Vbpr(nn.Module):
    """Reference 4.2: the score of BPR-MF plus taste . normalised projection of the item's frozen features."""

    def __init__(self, graph, features):
        super().__init__()
        self.user, self.item = xavier_table(graph.users), xavier_table(graph.items)
        self.taste = nn.Parameter(torch.randn(graph.users, FACTORS))
        self.projection = nn.Linear(features.shape[1], FACTORS)
        self.features = features

    def loss(self, user, positive, negative):
        u, t = self.user[user], self.taste[user]
        p, n = self.item[positive], self.item[negative]
        content_p = functional.normalize(self.projection(self.features[positive]))
        content_n = functional.normalize(self.projection(self.features[negative]))
        difference = (u * (p - n)).sum(1) + (t * (content_p - content_n)).sum(1)
        return bpr_loss(difference.clamp_min(-80.0), (u, p, n, t, content_p, content_n))


class LightGcn(nn.Module):
    """Reference 4.3: vectors averaged over three propagations through the whole graph."""

    def __init__(self, graph, features):
        super().__init__()
        self.users = graph.users
        self.table = nn.Parameter(0.1 * torch.randn(graph.users + graph.items, FACTORS))
        self.adjacency = graph.normalised_adjacency()

    def loss(self, user, positive, negative):
        layer = total = self.table
        for _ in range(LAYERS):
            layer = self.adjacency @ layer
            total = total + layer
        final = total / (LAYERS + 1)
        rows = (user, positive + self.users, negative + self.users)
        u, p, n = (final[row] for row in rows)
        return bpr_loss((u * (p - n)).sum(1), [self.table[row] for row in rows])


def median_milliseconds(model, batches, warm_up):
    """The median over all batches but the first `warm_up`."""
    optimiser = torch.optim.Adam(model.parameters(), lr=LEARNING_RATE)
    times = []
    for batch in batches:
        start = time.perf_counter()
        optimiser.zero_grad()
        loss = model.loss(*batch)
        loss.backward()
        optimiser.step()
        times.append(time.perf_counter() - start)
        if not torch.isfinite(loss):
            sys.exit(f"the loss of {type(model).__name__} became {loss.item()}")
    return 1000.0 * statistics.median(times[warm_up:])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", help="a folder in Elliot's layout; without it the graph is random")
    parser.add_argument("--users", type=int, default=4905)
    parser.add_argument("--items", type=int, default=2420)
    parser.add_argument("--interactions", type=int, default=31118)
    parser.add_argument("--features", type=int, default=640, help="width of an item's features")
    parser.add_argument("--batch", type=int, default=1024)
    parser.add_argument("--steps", type=int, default=60)
    parser.add_argument("--warm-up", type=int, default=150, help="steps that are run before the measured ones")
    parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()

    torch.set_num_threads(arguments.threads)
    torch.manual_seed(0)
    if arguments.data:
        graph = Graph.read(arguments.data)
    else:
        graph = Graph.random(arguments.users, arguments.items, arguments.interactions)
    features = torch.randn(graph.items, arguments.features)

    for name, system in (("bpr-mf", BprMf), ("vbpr", Vbpr), ("lightgcn", LightGcn)):
        batches = graph.batches(arguments.batch, arguments.warm_up + arguments.steps, seed=1)
        median = median_milliseconds(system(graph, features), batches, arguments.warm_up)
        report = {
            "model": name,
            "median_ms_per_step": round(median, 3),
            "users": graph.users,
            "items": graph.items,
            "train": len(graph.pairs),
            "batch": arguments.batch,
            "factors": FACTORS,
            "features": arguments.features,
            "threads": arguments.threads,
            "torch": torch.__version__,
        }
        print(json.dumps(report), flush=True)


if __name__ == "__main__":
    main()
