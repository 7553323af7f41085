"""BPR-MF (reference 4.1)."""

from common import FACTORS, ITEMS, USERS, parameter, ranking_loss, triples, write

regularisation = 0.25
parameters = {"user": parameter(USERS, FACTORS), "item": parameter(ITEMS, FACTORS)}
user, item = parameters.values()
scores = user @ item.T

u, p, n = triples()
norms = sum(part.square().sum() for part in (user[u], item[p], item[n]))
losses = {
    "ranking": ranking_loss(scores[u, p], scores[u, n]),
    "regularisation": regularisation / 2 * norms / len(u),
}
write("bpr-mf", {"factors": FACTORS, "regularisation": regularisation}, parameters, losses, scores)
