"""VBPR (reference 4.2)."""

import torch
from common import FACTORS, FEATURES, ITEMS, USERS, parameter, ranking_loss, triples, unit_rows, write

regularisation = 0.25
parameters = {
    "user": parameter(USERS, FACTORS),
    "item": parameter(ITEMS, FACTORS),
    "user-content": parameter(USERS, FACTORS),
    "projection": parameter(7, FACTORS),
    "projection-bias": parameter(1, FACTORS),
}
user, item, taste, projection, bias = parameters.values()

# The data name their modalities in alphabetical order.
features = torch.cat([FEATURES["textual"], FEATURES["visual"]], dim=1)
content = unit_rows(features @ projection + bias)
scores = user @ item.T + taste @ content.T

u, p, n = triples()
norms = sum(part.square().sum() for part in (user[u], item[p], item[n], taste[u], content[p], content[n]))
losses = {
    "ranking": ranking_loss(scores[u, p], scores[u, n]),
    "regularisation": regularisation / 2 * norms / len(u),
}
write("vbpr", {"factors": FACTORS, "regularisation": regularisation}, parameters, losses, scores)
