"""BM3 (reference 4.10), without dropout."""

import torch
from common import FACTORS, FEATURES, ITEMS, USERS, interactions, parameter, triples, write

layers, content_weight, regularisation = 2, 1.5, 0.25
parameters = {"user": parameter(USERS, FACTORS), "item": parameter(ITEMS, FACTORS)}
for name, raw in FEATURES.items():
    parameters[f"{name}-features"] = parameter(ITEMS, raw.shape[1], 1.0)
    parameters[f"{name}-projection"] = parameter(raw.shape[1], FACTORS)
    parameters[f"{name}-projection-bias"] = parameter(1, FACTORS)
parameters["predictor"] = parameter(FACTORS, FACTORS)
parameters["predictor-bias"] = parameter(1, FACTORS)

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
item = item + parameters["item"]


def predict(rows):
    return rows @ parameters["predictor"] + parameters["predictor-bias"]


def distance(online, target):
    """One less the mean cosine; the target is taken as given."""
    return 1 - torch.nn.functional.cosine_similarity(online, target.detach(), dim=1, eps=1e-8).mean()


u, i, _ = triples()
alignment = distance(predict(user)[u], item[i]) + distance(predict(item)[i], user[u])
content_alignment = torch.zeros(())
for name in FEATURES:
    features, projection, bias = (parameters[f"{name}-{part}"] for part in ("features", "projection", "projection-bias"))
    content = (features @ projection + bias)[i]
    online = predict(content)
    content_alignment = content_alignment + distance(online, item[i]) + distance(online, content)
losses = {
    "alignment": alignment,
    "content alignment": content_weight * content_alignment,
    "regularisation": regularisation * (user.norm() + item.norm()) / ITEMS,
}
scores = predict(user) @ predict(item).T
hyper_parameters = {
    "factors": FACTORS,
    "layers": layers,
    "dropout": 0.0,
    "content-weight": content_weight,
    "regularisation": regularisation,
}
write("bm3", hyper_parameters, parameters, losses, scores, negatives=False)
