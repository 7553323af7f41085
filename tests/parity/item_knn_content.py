"""ItemKNN on content: weighted mean of the modalities' cosines, k nearest others."""

from common import TEXTUAL, VISUAL, interactions, unit_rows, write
from item_knn import nearest

neighbours, weights = 2, {"textual": 0.75, "visual": 0.25}

cosine = lambda rows: unit_rows(rows) @ unit_rows(rows).T
similarity = weights["textual"] * cosine(TEXTUAL) + weights["visual"] * cosine(VISUAL)
scores = interactions() @ nearest(similarity, neighbours).T
write("item-knn-content", {"neighbours": neighbours}, {}, {}, scores, **{"modality-weights": weights})
