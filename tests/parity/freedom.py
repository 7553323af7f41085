"""FREEDOM (reference 4.11), without dropped edges."""

import torch
from common import FACTORS, FEATURES, ITEMS, USERS, interactions, parameter, ranking_loss, triples, unit_rows, write

layers, item_layers, neighbours, modal_weight = 2, 2, 3, 0.375
weights = {"textual": 0.75, "visual": 0.25}
parameters = {"user": parameter(USERS, FACTORS), "item": parameter(ITEMS, FACTORS)}
for name in weights:
    width = FEATURES[name].shape[1]
    parameters[f"{name}-features"] = parameter(ITEMS, width, 1.0)
    parameters[f"{name}-projection"] = parameter(width, FACTORS)
    parameters[f"{name}-projection-bias"] = parameter(1, FACTORS)

# The frozen graph: each item's nearest by cosine of the raw features, itself included, all alike.
similar = torch.zeros(ITEMS, ITEMS)
for name, weight in weights.items():
    unit = unit_rows(FEATURES[name])
    nearest = (unit @ unit.T).topk(neighbours, dim=1).indices
    similar += weight * torch.zeros(ITEMS, ITEMS).scatter(1, nearest, 1.0) / neighbours

nodes = USERS + ITEMS
adjacency = torch.zeros(nodes, nodes)
adjacency[:USERS, USERS:] = interactions()
adjacency[USERS:, :USERS] = interactions().T
degree = adjacency.sum(1)
scale = torch.where(degree > 0, degree.clamp_min(1).rsqrt(), torch.zeros(()))
normalised = scale[:, None] * adjacency * scale[None, :]

layer = total = torch.cat([parameters["user"], parameters["item"]])
for _ in range(layers):
    layer = normalised @ layer
    total = total + layer
user, item = (total / (layers + 1)).split([USERS, ITEMS])
item = item + torch.linalg.matrix_power(similar, item_layers) @ parameters["item"]
scores = user @ item.T

u, p, n = triples()
by_modality = torch.zeros(())
for name in weights:
    features, projection, bias = (parameters[f"{name}-{part}"] for part in ("features", "projection", "projection-bias"))
    content = user @ (features @ projection + bias).T
    by_modality = by_modality + ranking_loss(content[u, p], content[u, n])
losses = {"ranking": ranking_loss(scores[u, p], scores[u, n]), "ranking by modality": modal_weight * by_modality}
hyper_parameters = {
    "factors": FACTORS,
    "layers": layers,
    "item-layers": item_layers,
    "neighbours": neighbours,
    "drop": 0.0,
    "modal-weight": modal_weight,
}
write("freedom", hyper_parameters, parameters, losses, scores, **{"modality-weights": weights})
