"""MMGCN (reference 4.7)."""

import torch
from common import FACTORS, FEATURES, ITEMS, USERS, interactions, parameter, ranking_loss, triples, unit_rows, write
from torch.nn.functional import leaky_relu

regularisation, layers, visual_factors = 0.25, 2, 5
parameters = {"user": parameter(USERS, FACTORS), "item": parameter(ITEMS, FACTORS)}
identity = torch.cat([parameters["user"], parameters["item"]])

nodes = USERS + ITEMS
adjacency = torch.zeros(nodes, nodes)
adjacency[:USERS, USERS:] = interactions()
adjacency[USERS:, :USERS] = interactions().T
mean_of_neighbours = adjacency / adjacency.sum(1, keepdim=True).clamp_min(1)


def linear(name, rows, inputs, outputs):
    weight = parameters[name] = parameter(inputs, outputs)
    bias = parameters[f"{name}-bias"] = parameter(1, outputs)
    return rows @ weight + bias


last = []
for name, features in FEATURES.items():
    width = features.shape[1]
    if name == "visual":
        features = linear("visual-projection", features, width, visual_factors)
        width = visual_factors
    preference = parameters[f"{name}-preference"] = parameter(USERS, width)
    x = unit_rows(torch.cat([preference, features]))
    for layer in range(layers):
        message = parameters[f"{name}-{layer}-message"] = parameter(width, width)
        h = leaky_relu(mean_of_neighbours @ (x @ message))
        own = leaky_relu(linear(f"{name}-{layer}-own", x, width, FACTORS)) + identity
        x = leaky_relu(linear(f"{name}-{layer}-received", h, width, FACTORS) + own)
        width = FACTORS
    last.append(x)
final = torch.stack(last).mean(0)
scores = final[:USERS] @ final[USERS:].T

u, p, n = triples()
pairs = torch.cat([u, u]), torch.cat([p, n])
squares = (parameters["user"][pairs[0]].square() + parameters["item"][pairs[1]].square()).mean()
squares = squares + parameters["visual-preference"].square().mean()
losses = {"ranking": ranking_loss(scores[u, p], scores[u, n]), "regularisation": regularisation * squares}
hyper_parameters = {
    "factors": FACTORS,
    "layers": layers,
    "visual-factors": visual_factors,
    "regularisation": regularisation,
}
write("mmgcn", hyper_parameters, parameters, losses, scores)
