"""NGCF (reference 4.5), without dropout."""

import torch
from common import FACTORS, ITEMS, USERS, interactions, parameter, ranking_loss, triples, unit_rows, write

regularisation, layers = 0.25, 2
parameters = {"user": parameter(USERS, FACTORS), "item": parameter(ITEMS, FACTORS)}
for layer in range(1, layers + 1):
    parameters[f"sum-weight-{layer}"] = parameter(FACTORS, FACTORS)
    parameters[f"sum-bias-{layer}"] = parameter(1, FACTORS)
    parameters[f"product-weight-{layer}"] = parameter(FACTORS, FACTORS)
    parameters[f"product-bias-{layer}"] = parameter(1, FACTORS)

nodes = USERS + ITEMS
adjacency = torch.eye(nodes)
adjacency[:USERS, USERS:] = interactions()
adjacency[USERS:, :USERS] = interactions().T
mean = adjacency / adjacency.sum(1, keepdim=True)

ego = torch.cat([parameters["user"], parameters["item"]])
outputs = [ego]
for layer in range(1, layers + 1):
    part = lambda name: parameters[f"{name}-{layer}"]
    side = mean @ ego
    summed = side @ part("sum-weight") + part("sum-bias")
    product = (side * ego) @ part("product-weight") + part("product-bias")
    ego = unit_rows(torch.nn.functional.leaky_relu(summed + product, 0.2))
    outputs.append(ego)
final = torch.cat(outputs, dim=1)
user, item = final[:USERS], final[USERS:]
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
    "regularisation": regularisation,
    "message-dropout": 0,
    "node-dropout": 0,
}
write("ngcf", hyper_parameters, parameters, losses, scores)
