"""LightGCN-M (reference 4.4)."""

import torch
from common import FACTORS, FEATURES, ITEMS, USERS, interactions, parameter, ranking_loss, triples, unit_rows, write

regularisation, layers = 0.25, 2
parameters = {"user": parameter(USERS, FACTORS)}
for name, features in FEATURES.items():
    # The features are learned on: not what they start from.
    parameters[f"{name}-features"] = parameter(*features.shape, scale=1.0)
    parameters[f"{name}-projection"] = parameter(features.shape[1], FACTORS)
    parameters[f"{name}-projection-bias"] = parameter(1, FACTORS)

content = [
    unit_rows(
        parameters[f"{name}-features"] @ parameters[f"{name}-projection"] + parameters[f"{name}-projection-bias"]
    )
    for name in FEATURES
]

nodes = USERS + ITEMS
adjacency = torch.zeros(nodes, nodes)
adjacency[:USERS, USERS:] = interactions()
adjacency[USERS:, :USERS] = interactions().T
degree = adjacency.sum(1)
scale = torch.where(degree > 0, degree.clamp_min(1).rsqrt(), torch.zeros(()))
normalised = scale[:, None] * adjacency * scale[None, :]

layer = total = torch.cat([parameters["user"], sum(content) / len(content)])
for _ in range(layers):
    layer = normalised @ layer
    total = total + layer
final = total / (layers + 1)
user, item = final[:USERS], final[USERS:]
scores = user @ item.T

u, p, n = triples()
norms = sum(part.square().sum() for part in (parameters["user"][u], item[p], item[n]))
losses = {
    "ranking": ranking_loss(scores[u, p], scores[u, n]),
    "regularisation": regularisation / 2 * norms / len(u),
}
hyper_parameters = {"factors": FACTORS, "layers": layers, "regularisation": regularisation}
write("lightgcn-m", hyper_parameters, parameters, losses, scores)
