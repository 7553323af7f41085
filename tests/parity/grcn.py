"""GRCN (reference 4.8), corrected and as published."""

import torch
from common import FACTORS, FEATURES, ITEM, ITEMS, USER, USERS, draw, parameter, ranking_loss, triples, unit_rows, write
from torch.nn.functional import leaky_relu

regularisation, layers, routings, width = 0.25, 2, 3, 3
EDGES = len(USER)


def softmax_of_groups(values, groups):
    """The softmax over the places of equal group."""
    weights = torch.zeros(EDGES)
    for group in set(groups.tolist()):
        places = torch.nonzero(groups == group)[:, 0]
        weights = weights.index_put((places,), torch.softmax(values[places], 0))
    return weights


def collect(values, to, source, table, count):
    """For every node the sum of its sources' rows, each times its value."""
    matrix = torch.zeros(count, len(table)).index_put((to, source), values, accumulate=True)
    return matrix @ table


def fixture(variant, parameters):
    as_published = variant == "as-published"
    user, item = parameters["user"], parameters["item"]
    # Where the values of the items' side lie: as published, the k-th value goes to the k-th edge in the order of items,
    # although it belongs to the k-th in the order of users.
    order = sorted(range(EDGES), key=lambda e: (ITEM[e].item(), USER[e].item()))
    user_side = (USER, ITEM)
    item_side = (ITEM[order], USER[order]) if as_published else (ITEM, USER)

    content, user_weights, item_weights = [], [], []
    for nth, (name, features) in enumerate(sorted(FEATURES.items())):
        projected = features @ parameters[f"{name}-projection"] + parameters[f"{name}-projection-bias"]
        v = unit_rows(leaky_relu(projected))
        q = unit_rows(parameters[f"{name}-preference"])
        logits = lambda: (q[USER] * v[ITEM]).sum(1)
        for _ in range(routings):
            q = unit_rows(q + collect(softmax_of_groups(logits(), USER), *user_side, v, USERS))
        a = softmax_of_groups(logits(), USER)
        b = softmax_of_groups(logits(), item_side[0])
        content.append((q + collect(a, *user_side, v, USERS), v + collect(b, *item_side, q, ITEMS)))
        user_weights.append(a * parameters["user-confidence"][USER, nth])
        item_weights.append(b * parameters["item-confidence"][ITEM, nth])

    user_weights = torch.stack(user_weights).amax(0).relu()
    item_weights = torch.stack(item_weights).amax(0).relu()
    e_user, e_item = unit_rows(user), unit_rows(item)
    sums = [e_user, e_item]
    for _ in range(layers):
        e_user, e_item = (
            unit_rows(collect(user_weights, *user_side, e_item, USERS)),
            unit_rows(collect(item_weights, *item_side, e_user, ITEMS)),
        )
        sums = [sums[0] + e_user, sums[1] + e_item]
    final_user = torch.cat([sums[0], *(users for users, _ in content)], 1)
    final_item = torch.cat([sums[1], *(items for _, items in content)], 1)
    scores = final_user @ final_item.T

    u, p, n = triples()
    pairs = torch.cat([u, u]), torch.cat([p, n])
    preferences = sum(parameters[f"{name}-preference"][u].square().mean() for name in FEATURES)
    losses = {
        "ranking": ranking_loss(scores[u, p], scores[u, n]),
        "regularisation": regularisation * (user[pairs[0]].square() + item[pairs[1]].square()).mean(),
        "content-regularisation": (1.0 if as_published else regularisation) * preferences,
    }
    hyper_parameters = {
        "factors": FACTORS,
        "layers": layers,
        "routings": routings,
        "modality-factors": width,
        "regularisation": regularisation,
    }
    write("grcn", hyper_parameters, parameters, losses, scores, variant)


for variant in ("corrected", "as-published"):
    parameters = {"user": parameter(USERS, FACTORS), "item": parameter(ITEMS, FACTORS)}
    for name, features in FEATURES.items():
        parameters[f"{name}-projection"] = parameter(features.shape[1], width)
        parameters[f"{name}-projection-bias"] = parameter(1, width)
        parameters[f"{name}-preference"] = parameter(USERS, width)
    # Close to each other, so that a user's edges do not all take their weight from one modality: one factor of all of a
    # user's weights would cancel in the unit rows, and have no gradient.
    parameters["user-confidence"] = (0.5 + draw(USERS, len(FEATURES), 0.0625)).requires_grad_()
    parameters["item-confidence"] = parameter(ITEMS, len(FEATURES))
    fixture(variant, parameters)
