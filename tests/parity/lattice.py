"""LATTICE (reference 4.9), the first step of an epoch, where the item graph has gradients."""

import torch
from common import FACTORS, FEATURES, ITEMS, USERS, interactions, parameter, ranking_loss, triples, unit_rows, write

layers, item_layers, neighbours, fixed_share, regularisation = 2, 2, 3, 0.625, 0.25
# Modalities in alphabetical order, as the data name them.
modalities = sorted(FEATURES)
parameters = {"user": parameter(USERS, FACTORS), "item": parameter(ITEMS, FACTORS)}
for name in modalities:
    width = FEATURES[name].shape[1]
    parameters[f"{name}-features"] = parameter(ITEMS, width, 1.0)
    parameters[f"{name}-projection"] = parameter(width, FACTORS)
    parameters[f"{name}-projection-bias"] = parameter(1, FACTORS)
parameters["modality-logits"] = parameter(1, len(modalities))


def nearest(vectors):
    """Cosines with each item's nearest, itself included; 0 elsewhere."""
    unit = unit_rows(vectors)
    cosine = unit @ unit.T
    chosen = torch.zeros(ITEMS, ITEMS).scatter(1, cosine.topk(neighbours, dim=1).indices, 1.0)
    return cosine * chosen


def normalised(graph):
    graph = graph * (1 - torch.eye(ITEMS)) + torch.eye(ITEMS)
    degree = graph.sum(1)
    assert (degree > 0.05).all(), degree
    return degree.rsqrt()[:, None] * graph * degree.rsqrt()[None, :]


shares = torch.softmax(parameters["modality-logits"][0], dim=0)
learned = fixed = torch.zeros(ITEMS, ITEMS)
for share, name in zip(shares, modalities):
    features, projection, bias = (parameters[f"{name}-{part}"] for part in ("features", "projection", "projection-bias"))
    learned = learned + share * nearest(features @ projection + bias)
    fixed = fixed + share * normalised(nearest(FEATURES[name]))
similar = (1 - fixed_share) * normalised(learned) + fixed_share * fixed
collected = torch.linalg.matrix_power(similar, item_layers) @ parameters["item"]

nodes = USERS + ITEMS
adjacency = torch.eye(nodes)
adjacency[:USERS, USERS:] = interactions()
adjacency[USERS:, :USERS] = interactions().T
degree = adjacency.sum(1)
averaged = adjacency / degree[:, None] / degree[None, :]

layer = total = torch.cat([parameters["user"], parameters["item"]])
for _ in range(layers):
    layer = unit_rows(averaged @ layer)
    total = total + layer
user, item = (total / (layers + 1)).split([USERS, ITEMS])
item = item + unit_rows(collected)
scores = user @ item.T

u, p, n = triples()
norms = sum(part.square().sum() for part in (user[u], item[p], item[n]))
losses = {
    "ranking": ranking_loss(scores[u, p], scores[u, n]),
    "regularisation": regularisation / 2 * norms / len(u),
}
hyper_parameters = {
    "factors": FACTORS,
    "layers": layers,
    "item-layers": item_layers,
    "neighbours": neighbours,
    "fixed-share": fixed_share,
    "regularisation": regularisation,
}
write("lattice", hyper_parameters, parameters, losses, scores)
