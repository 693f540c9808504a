from __future__ import annotations

import pytest

from textwright.project.look_for.telling import named_groups

OTHERS = ["the red bag is here", "a blue bag for all", "one more red thing", "blue skies again"]


@pytest.mark.parametrize(
    ("group", "name"),
    [
        (["warm sleeping bag", "a sleeping bag, red", "sleeping bag for 2"], "sleeping bag"),
        (["boots of leather", "leather on boots", "boots, brown leather"], "boots and leather"),
        (["baggage of all on belt 4", "baggage again: belt 2", "baggage, the belt"], "baggage and belt"),
        (["a boot", "boot or boots", "boots", "the boot"], "boot"),
        (["fog, 20 minutes late", "fog: 45 minutes", "5 minutes of fog"], "fog"),
        (["please can you", "please would you", "can you please"], ""),
        (["red", "blue"], ""),
        ([], ""),
    ],
)
def test_group_is_named_by_what_tells_it_from_the_others(group: list[str], name: str) -> None:
    [found, _] = named_groups([*group, *OTHERS], [range(len(group)), range(len(group), len(group) + len(OTHERS))])
    assert found.name == name


def test_no_two_groups_have_the_same_name() -> None:
    texts = ["late train", "late train", "late bus", "late bus"]
    names = [each.name for each in named_groups(texts, [[0, 1], [2, 3]])]
    assert names == ["late train", "late bus"]
    same = [each.name for each in named_groups([*texts, *texts], [[0, 1], [4, 5]])]
    assert len(set(same)) == 2


def test_words_are_the_most_telling_first_and_none_twice() -> None:
    texts = ["boots boot shoes", "boots shoes", "boots", "a tent", "a shoes tent"]
    assert named_groups(texts, [[0, 1, 2], [3, 4]])[0].words == ("boots", "shoes")
