from __future__ import annotations

import json
from typing import Any

import altair
import numpy as np
import pytest

from textwright.errors import DataError
from textwright.wrangle import Cluster, clusters, scatter
from textwright.wrangle.numbers.clusters import typical_words
from textwright.wrangle.numbers.scatter import flattened, map_rows, points_chart

NURSES = ["Staff Nurse", "Night Nurse", "Ward Nurse", "Nurse on nights", "Charge Nurse", "Nurse, day ward"]
CODERS = ["Java Developer", "Python Developer", "Web Developer", "Developer of games"]
CHEFS = ["Head Chef", "Sous Chef", "Pastry Chef"]
TEXTS = [*NURSES, *CODERS, *CHEFS]
# Three corners of the plane, so that what belongs together is certain.
CORNERS = np.array([[1, 0, 0.0]] * 6 + [[0, 1, 0.0]] * 4 + [[0, 0, 1.0]] * 3, np.float32)
AT = CORNERS + np.linspace(0, 0.02, 13, dtype=np.float32)[:, None] * np.array([1, -1, 1], np.float32)


def test_clusters_hold_each_text_once_the_largest_first() -> None:
    found = clusters(TEXTS, k=3, at=AT)
    assert [sorted(each.places) for each in found] == [list(range(6)), list(range(6, 10)), list(range(10, 13))]
    assert [each.number for each in found] == [1, 2, 3]


def test_a_number_is_chosen_where_none_is_given() -> None:
    assert len(clusters(TEXTS, at=AT)) == 3


def test_clusters_are_named_by_their_typical_words() -> None:
    found = clusters(TEXTS, k=3, at=AT)
    assert [each.words[0] for each in found] == ["nurse", "developer", "chef"]
    assert found[0].name.startswith("1. nurse, ")


def test_examples_are_different_texts_of_the_cluster() -> None:
    [found] = clusters(["Nurse", "Nurse", "Chef"], k=1, by="words")
    assert sorted(found.examples) == ["Chef", "Nurse"]


def test_the_first_place_is_nearest_to_the_centre() -> None:
    at = np.array([[0, 0], [3, 0], [1, 0], [2.1, 0]], np.float32)
    assert clusters(["a", "b", "c", "d"], k=1, at=at)[0].places[0] == 2


def test_the_same_seed_gives_the_same_clusters() -> None:
    assert clusters(TEXTS, by="words", seed=3) == clusters(TEXTS, by="words", seed=3)


@pytest.mark.parametrize("texts", [[], ["Nurse"], ["Nurse"] * 4, ["", ""], ["--", "!"], ["Nurse", "Chef"]])
def test_few_texts_are_clustered_too(texts: list[str]) -> None:
    found = clusters(texts, by="words")
    assert sorted(place for each in found for place in each.places) == list(range(len(texts)))


def test_meaning_puts_together_what_shares_no_word() -> None:
    texts = ["Staff Nurse", "Hospital ward sister", "Java Developer", "Software programmer in Python"]
    assert [sorted(each.places) for each in clusters(texts, k=2)] == [[0, 1], [2, 3]]


@pytest.mark.parametrize("k", [0, -1, 14])
def test_a_number_that_cannot_be_is_refused(k: int) -> None:
    with pytest.raises(DataError, match="must be from 1 to 13"):
        clusters(TEXTS, k=k, at=AT)


def test_rows_for_other_texts_are_refused() -> None:
    with pytest.raises(DataError, match="13 rows for 2 texts"):
        clusters(["Nurse", "Chef"], at=AT)


def test_a_word_of_all_groups_is_less_typical_than_one_of_one() -> None:
    texts = ["the nurse", "the nurse", "the chef", "the chef"]
    assert typical_words(texts, [[0, 1], [2, 3]], top=1) == [("nurse",), ("chef",)]


def test_numbers_and_single_letters_are_not_typical() -> None:
    assert typical_words(["x 24 nurse"], [[0]]) == [("nurse",)]


# --- the map --------------------------------------------------------------------------------------


def rows_of(chart: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = chart.to_dict()["hconcat"][0]["data"]["values"]
    return found


def test_each_text_is_a_point_with_its_cluster() -> None:
    rows = rows_of(scatter(TEXTS, how="pca", at=AT))
    assert [row["text"] for row in rows] == TEXTS
    assert len({row["cluster"] for row in rows[:6]}) == 1 < len({row["cluster"] for row in rows})


def test_no_two_clusters_look_the_same() -> None:
    many = [Cluster(i + 1, (i,), (), ()) for i in range(50)]
    rows = map_rows([str(i) for i in range(50)], how="pca", at=np.eye(50, dtype=np.float32), clusters=many)
    encoding = points_chart(rows, altair.selection_interval()).to_dict()["encoding"]
    colours, shapes = encoding["color"]["condition"]["scale"], encoding["shape"]["scale"]
    assert colours["domain"] == shapes["domain"] == [str(i + 1) for i in range(50)]
    assert len(set(zip(colours["range"], shapes["range"], strict=True))) == 50


def test_the_list_beside_shows_what_the_rectangle_selects() -> None:
    spec = scatter(TEXTS, how="pca", at=AT).to_dict()
    points, listed = spec["hconcat"]
    assert points["mark"]["type"] == "point"
    assert listed["mark"]["type"] == "text"
    assert {"filter": {"param": "brush"}} in listed["transform"]
    assert any(each["name"] == "brush" and each["select"]["type"] == "interval" for each in spec["params"])
    json.dumps(spec)


@pytest.mark.parametrize("how", ["pca", "tsne"])
def test_the_same_seed_gives_the_same_map(how: Any) -> None:
    assert map_rows(TEXTS, how=how, at=AT, seed=2) == map_rows(TEXTS, how=how, at=AT, seed=2)


@pytest.mark.parametrize("how", ["pca", "tsne"])
def test_what_is_alike_lies_together(how: Any) -> None:
    flat = flattened(AT, how=how)
    centres = [flat[:6].mean(0), flat[6:10].mean(0), flat[10:].mean(0)]
    nearest = [int(np.argmin([((row - centre) ** 2).sum() for centre in centres])) for row in flat]
    assert nearest == [0] * 6 + [1] * 4 + [2] * 3


def test_of_many_texts_a_sample_is_drawn() -> None:
    rows = map_rows(TEXTS, how="pca", at=AT, most=5)
    assert len(rows) == 5
    assert all(row["text"] == TEXTS[row["place"]] for row in rows)


@pytest.mark.parametrize("texts", [[], ["Nurse"], ["Nurse"] * 3, ["Nurse", "Chef", "Cook"], ["", "-"]])
def test_few_texts_are_drawn_too(texts: list[str]) -> None:
    assert len(map_rows(texts, by="words")) == len(texts)


def test_clusters_that_are_known_give_their_names() -> None:
    known = [Cluster(1, tuple(range(13)), ("work",), ())]
    assert {row["cluster"] for row in map_rows(TEXTS, how="pca", at=AT, clusters=known)} == {"1. work"}


def test_an_unknown_way_of_drawing_is_refused() -> None:
    with pytest.raises(DataError, match="must be one of: tsne, pca"):
        scatter(TEXTS, how="umap")  # type: ignore[arg-type]
