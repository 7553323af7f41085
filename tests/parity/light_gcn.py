"""LightGCN (reference 4.3)."""

import torch
from common import FACTORS, ITEMS, USERS, interactions, parameter, ranking_loss, triples, write

regularisation, layers = 0.25, 2
parameters = {"user": parameter(USERS, FACTORS), "item": parameter(ITEMS, FACTORS)}

nodes = USERS + ITEMS
adjacency = torch.zeros(nodes, nodes)
adjacency[:USERS, USERS:] = interactions()
adjacency[USERS:, :USERS] = interactions().T
degree = adjacency.sum(1)
scale = torch.where(degree > 0, degree.clamp_min(1).rsqrt(), torch.zeros(()))
normalised = scale[:, None] * adjacency * scale[None, :]

layer = total = torch.cat(list(parameters.values()))
for _ in range(layers):
    layer = normalised @ layer
    total = total + layer
final = total / (layers + 1)
scores = final[:USERS] @ final[USERS:].T

u, p, n = triples()
user, item = parameters.values()
norms = sum(part.square().sum() for part in (user[u], item[p], item[n]))
losses = {
    "ranking": ranking_loss(scores[u, p], scores[u, n]),
    "regularisation": regularisation / 2 * norms / len(u),
}
write(
    "lightgcn",
    {"factors": FACTORS, "layers": layers, "regularisation": regularisation},
    parameters,
    losses,
    scores,
)
