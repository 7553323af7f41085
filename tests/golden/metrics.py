"""Makes metrics.json: a small case with hard corners, and what every metric is for it.

Run again with `python3 tests/golden/metrics.py` (Python 3.9 or later, nothing else needed); the same
file comes out every time. It is written from the definitions in docs/metrics.md alone, with sets and
dictionaries by public identifier, and shares nothing with the Rust code that it is held against.

The corners: equal scores, rows in no order, short lists, lists longer than the cutoff, users without a
list, users without target items, users without train items, users that the data do not have, items
without a train interaction (some of them liked and listed), items that the data do not have, listed
items that the user already had, and thresholds that leave some or all users without a relevant item.
"""

import json
import math
import random
from pathlib import Path

CUTOFFS = [1, 3, 5, 10, 20]
THRESHOLDS = [0.0, 3.5, 6.0]


def make_case(rng):
    users = [f"u{n}" for n in rng.sample(range(100, 1000), 40)]
    items = [f"i{n}" for n in rng.sample(range(100, 1000), 30)]
    cold = items[3::8]
    warm = [item for item in items if item not in cold]
    # A few very popular items, so that the short head is short.
    appeal = {item: 1.0 / (1 + place) for place, item in enumerate(rng.sample(warm, len(warm)))}

    def stars():
        return rng.choice([1.0, 2.0, 2.5, 3.0, 3.5, 4.0, 4.5, 5.0, 5.0])

    def draw(pool, number):
        return sorted(pool, key=lambda item: rng.random() ** (1 / appeal.get(item, 0.2)), reverse=True)[:number]

    train, target = {}, {}
    for place, user in enumerate(users):
        owned = draw(warm, 0 if place in (5, 21) else rng.randint(3, 9))
        train[user] = {item: stars() for item in owned}
        later = [item for item in items if item not in owned]
        # One user meets again an item they had: it can be listed, but not be found.
        again = owned[:1] if place == 12 else []
        number = 0 if place in (2, 9, 17, 30, 33) else rng.randint(1, 7)
        target[user] = {item: stars() for item in draw(later, number) + again}

    rows = []
    for place, user in enumerate(users + ["stranger", "nobody"]):
        if place in (4, 9, 25):
            continue
        pool = items + ["unknown-a", "unknown-b"]
        length = rng.choice([1, 2, 4, 9, 12, 15])
        listed = sorted(pool, key=lambda item: rng.random() ** (1 / appeal.get(item, 0.4)), reverse=True)
        # Scores on a coarse grid, for ties.
        rows += [(user, item, rng.randint(-4, 12) / 4) for item in listed[:length]]
    rng.shuffle(rows)
    return users, items, train, target, rows


def discount(rank):
    return math.log(2) / math.log(rank + 2)


def mean(values):
    values = list(values)
    return math.fsum(values) / len(values) if values else None


def evaluate(items, train, target, lists, threshold, cutoff):
    owners = {item: {user for user in train if item in train[user]} for item in items}
    catalogue = [item for item in items if owners[item]]
    popularity = {item: len(owners[item]) for item in catalogue}
    total = sum(popularity.values())
    train_users = sum(1 for user in train if train[user])

    head, reached = set(), 0
    for item in sorted(catalogue, key=lambda item: (-popularity[item], items.index(item))):
        if 5 * reached >= 4 * total:
            break
        head.add(item)
        reached += popularity[item]
    tail = set(catalogue) - head

    bits = {item: -math.log2(popularity[item] / total) for item in catalogue}
    most_bits = max(bits.values())

    judged = [user for user in target if target[user] and lists.get(user)]
    top = {user: lists[user][:cutoff] for user in judged}
    liked = {user: {item for item, stars in target[user].items() if stars >= threshold} for user in judged}
    gains = {
        user: {item: 2 ** (target[user][item] - threshold + 1) - 1 for item in liked[user]} for user in judged
    }
    fans = [user for user in judged if liked[user]]

    def hits(user, length):
        return sum(1 for item in top[user][:length] if item in liked[user])

    def hit_ranks(user):
        return [rank for rank, item in enumerate(top[user]) if item in liked[user]]

    def ndcg(user, gain):
        got = sum(gain.get(item, 0) * discount(rank) for rank, item in enumerate(top[user]))
        best = sorted(gain.values(), reverse=True)[:cutoff]
        return got / sum(value * discount(rank) for rank, value in enumerate(best))

    def f1(user):
        precision, recall = hits(user, cutoff) / cutoff, hits(user, cutoff) / len(liked[user])
        return 2 / (1 / precision + 1 / recall) if precision else 0.0

    def novelty(user, surprise):
        got = sum(discount(rank) * surprise(top[user][rank]) for rank in hit_ranks(user))
        return got / sum(discount(rank) for rank in range(len(top[user])))

    shown = {}
    for user in judged:
        for item in top[user]:
            shown.setdefault(item, []).append(user)
    places = sum(len(users) for users in shown.values())

    def gini():
        counts = sorted(len(users) for users in shown.values())
        size = len(catalogue)
        counts = list(zip(range(size - len(counts) + 1, size + 1), counts))
        return 1 - sum((2 * j - size - 1) * count / places for j, count in counts) / (size - 1)

    def entropy():
        return -sum(
            math.log2(len(users) / places) * sum(1 / len(top[user]) for user in users) for users in shown.values()
        ) / len(judged)

    def disparity(counted, possible):
        chances = []
        for group in (head, tail):
            below = sum(len(possible(user, group)) for user in judged)
            if below == 0:
                return None
            chances.append(sum(len(counted(user, group)) for user in judged) / below)
        middle = sum(chances) / 2
        if middle == 0:
            return None
        return math.sqrt(sum((chance - middle) ** 2 for chance in chances) / 2) / middle

    return {
        "recall": mean(hits(user, cutoff) / len(liked[user]) for user in fans),
        "ndcg": mean(ndcg(user, gains[user]) for user in fans),
        "ndcg-binary": mean(ndcg(user, dict.fromkeys(liked[user], 1)) for user in fans),
        "precision": mean(hits(user, cutoff) / cutoff for user in fans),
        "hit-rate": mean(1 if hits(user, cutoff) else 0 for user in fans),
        "mrr": mean(1 / (hit_ranks(user)[0] + 1) if hit_ranks(user) else 0 for user in fans),
        "map": mean(
            sum(hits(user, rank + 1) / (rank + 1) for rank in hit_ranks(user)) / min(len(liked[user]), cutoff)
            for user in fans
        ),
        "map-elliot": mean(mean(hits(user, n) / n for n in range(1, cutoff + 1)) for user in fans),
        "f1": mean(f1(user) for user in fans),
        "efd": mean(novelty(user, lambda item: bits.get(item, most_bits)) for user in fans),
        "epc": mean(novelty(user, lambda item: 1 - popularity.get(item, 0) / train_users) for user in fans),
        "gini": gini(),
        "shannon-entropy": entropy(),
        "item-coverage": len(shown),
        "item-coverage-ratio": len(set(shown) & set(catalogue)) / len(catalogue),
        "aplt": mean(len(set(top[user]) & tail) / len(top[user]) for user in judged),
        "aclt": mean(len(set(top[user]) & tail) for user in judged),
        "arp": mean(sum(popularity.get(item, 0) for item in top[user]) / len(top[user]) for user in judged),
        "pop-reo": disparity(
            lambda user, group: set(top[user]) & liked[user] & group,
            lambda user, group: (liked[user] & group) - set(train[user]),
        ),
        "pop-rsp": disparity(
            lambda user, group: set(top[user]) & group, lambda user, group: group - set(train[user])
        ),
    }


def main():
    users, items, train, target, rows = make_case(random.Random(20230911))
    lists = {}
    # sorted() is stable: equal scores stay in the order of the rows.
    for user, item, _ in sorted(rows, key=lambda row: -row[2]):
        lists.setdefault(user, []).append(item)
    expected = []
    for threshold in THRESHOLDS:
        table = {}
        for cutoff in CUTOFFS:
            for metric, value in evaluate(items, train, target, lists, threshold, cutoff).items():
                table.setdefault(metric, {})[str(cutoff)] = value
        expected.append({"threshold": threshold, "metrics": table})
    case = {
        "users": users,
        "items": items,
        "train": [[user, item, stars] for user in users for item, stars in train[user].items()],
        "target": [[user, item, stars] for user in users for item, stars in target[user].items()],
        "lists": "".join(f"{user}\t{item}\t{score}\n" for user, item, score in rows),
        "expected": expected,
    }
    lines = ",\n".join(f"{json.dumps(key)}: {json.dumps(value)}" for key, value in case.items())
    Path(__file__).with_name("metrics.json").write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
