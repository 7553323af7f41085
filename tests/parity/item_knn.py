"""ItemKNN: cosine of the items' users, k nearest others."""

import torch
from common import interactions, write

neighbours, shrinkage = 2, 0.5


def nearest(similarity, k):
    """Only the k largest of each row, the diagonal left out; of equals the first."""
    kept = torch.zeros_like(similarity)
    for item, row in enumerate(similarity.tolist()):
        others = sorted((-value, other) for other, value in enumerate(row) if other != item)
        for value, other in others[:k]:
            kept[item, other] = -value
    return kept


def main():
    taken = interactions()
    degree = taken.sum(0)
    similarity = taken.T @ taken / ((degree[:, None] * degree[None, :]).sqrt() + shrinkage)
    scores = taken @ nearest(similarity, neighbours).T
    write("item-knn", {"neighbours": neighbours, "shrinkage": shrinkage}, {}, {}, scores)


if __name__ == "__main__":
    main()
