"""SGL (reference 4.6), with no edge dropped, so that both views are the whole graph."""

import torch
from common import FACTORS, ITEMS, USERS, interactions, parameter, triples, unit_rows, write

regularisation, layers, contrast, temperature = 0.25, 2, 0.3, 0.2
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


def contrasted(rows, chosen):
    """Cross-entropy of finding the chosen rows among all by their cosine, summed."""
    cosines = unit_rows(rows[chosen]) @ unit_rows(rows).T
    return torch.nn.functional.cross_entropy(cosines / temperature, chosen, reduction="sum")


user, item = parameters.values()
norms = sum(part.square().sum() for part in (user[u], item[p], item[n]))
losses = {
    "ranking": torch.nn.functional.softplus(scores[u, n] - scores[u, p]).sum(),
    "contrast": contrast * (contrasted(final[:USERS], u) + contrasted(final[USERS:], p)),
    "regularisation": regularisation / 2 * norms,
}
hyper_parameters = {
    "factors": FACTORS,
    "layers": layers,
    "regularisation": regularisation,
    "contrast": contrast,
    "temperature": temperature,
    "drop": 0,
}
write("sgl", hyper_parameters, parameters, losses, scores)
