"""Prices are those of a table with dates; what it does not name is unknown, never nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from textwright.errors import ModelError
from textwright.llm.money.prices import FREE, Entry, Price, Prices, price_of, prices, shutdown_of, user_prices

OPENAI = "https://api.openai.com/v1"
DAY = date(2026, 11, 5)
OWN = """[[model]]
name = "my-model"
host = "api.example.org"
prompt = 0.20
completion = 0.80
as_of = 2026-11-26
"""


def entry(name: str, prompt: float = 1.0, *, host: str = "", shutdown: date | None = None) -> Entry:
    return Entry(name, host, prompt, 2 * prompt, as_of=DAY, shutdown=shutdown)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("TEXTWRIGHT_CONFIG")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    return tmp_path


TABLE = Prices((entry("small"), entry("small-mini", 0.1), entry("large", 9, host="api.example.org")))


@pytest.mark.parametrize(
    ("model", "prompt"),
    [
        ("small", 1.0),
        ("small-2026-08-06", 1.0),
        ("small-20260806", 1.0),
        ("small-0806", 1.0),
        ("small-latest", 1.0),
        ("small-mini", 0.1),
        ("small-mini-2026-08-06", 0.1),
    ],
)
def test_a_dated_name_costs_what_the_model_costs(model: str, prompt: float) -> None:
    price = TABLE.price_of(model)
    assert price is not None
    assert price.prompt == prompt


@pytest.mark.parametrize(
    "model", ["smal", "small-pro", "small2", "small-audio-2026-08-06", "other", "", "ft:small:me::1"]
)
def test_another_model_of_a_like_name_has_no_price(model: str) -> None:
    assert TABLE.price_of(model) is None


def test_a_hosts_price_holds_there_alone() -> None:
    assert TABLE.price_of("large", "https://api.example.org/v1") is not None
    assert TABLE.price_of("large", "https://proxy.example.com/v1") is None
    assert TABLE.price_of("large") is not None
    assert TABLE.price_of("small", "https://anywhere.example/v1") is not None


@pytest.mark.parametrize(
    "address", ["http://localhost:8000/v1", "http://127.0.0.1:1/v1", "http://[::1]:8/v1", "local:ab"]
)
def test_this_machine_is_free(address: str) -> None:
    assert TABLE.price_of("whatever", address) == FREE
    assert (FREE.prompt, FREE.completion) == (0.0, 0.0)


def test_a_dated_entry_stands_before_the_undated() -> None:
    table = Prices((entry("small"), entry("small-2026-08-06", 3.0)))
    assert [price.prompt for name in ("small-2026-08-06", "small") if (price := table.price_of(name))] == [3.0, 1.0]


def test_a_tuned_model_has_its_own_price_and_its_bases_end() -> None:
    end = date(2027, 1, 14)
    table = Prices((entry("small", shutdown=end), entry("ft:small", 5.0)))
    price = table.price_of("ft:small-2026-08-06:my-org:titles:abc123")
    assert price is not None
    assert price.prompt == 5.0
    assert table.shutdown_of("ft:small-2026-08-06:my-org:titles:abc123") == end
    assert table.shutdown_of("ft:unheard:my-org::1") is None


def test_the_packages_table_is_sound_and_says_when_and_whence() -> None:
    entries = prices().entries
    names = [(each.name, each.host) for each in entries]
    assert len(set(names)) == len(names) > 20
    assert [each.name for each in entries if not each.source or not each.host] == []
    assert [each.name for each in entries if each.price is None and each.shutdown is None] == []
    assert max(each.as_of for each in entries if each.as_of) <= date(2026, 11, 26)


def test_known_models() -> None:
    assert price_of("gpt-4o-mini-2024-07-18", OPENAI) == price_of("gpt-4o-mini")
    assert price_of("gpt-4o-mini", OPENAI) != price_of("gpt-4o", OPENAI)
    assert price_of("gpt-4o-mini", "https://openrouter.example/v1") is None
    assert price_of("gpt-4o-realtime-preview") is None


@pytest.mark.parametrize(
    ("model", "end"),
    [
        ("gpt-4o-2024-08-06", date(2027, 1, 14)),
        ("gpt-4o-2024-05-13", date(2026, 10, 23)),
        ("ft:gpt-4.1-mini-2025-04-14:org::x1", date(2027, 1, 14)),
        ("gpt-5", date(2026, 12, 11)),
        ("gpt-6-luna", None),
        ("qwen3", None),
    ],
)
def test_known_ends(model: str, end: date | None) -> None:
    assert shutdown_of(model) == end


# --- the user's own table -------------------------------------------------------------------


def test_the_users_table_stands_before_the_packages(home: Path) -> None:
    own = user_prices()
    assert own == home / "textwright" / "prices.toml"
    own.parent.mkdir(parents=True)
    own.write_text(f'{OWN}[[model]]\nname = "gpt-4o"\nprompt = 0.5\ncompletion = 1\nas_of = 2026-11-20\n')
    assert price_of("my-model", "https://api.example.org/v1") == Price(0.2, 0.8, date(2026, 11, 26))
    found = price_of("gpt-4o", OPENAI)
    assert found is not None
    assert found.prompt == 0.5
    assert shutdown_of("gpt-4o") == date(2027, 1, 14)
    assert price_of("gpt-4o-mini", OPENAI) is not None


def test_a_table_can_be_named(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text(OWN)
    assert prices(path).price_of("my-model") is not None
    with pytest.raises(ModelError, match=r"missing\.toml: No such file"):
        prices(tmp_path / "missing.toml")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[[model]", "own.toml"),
        ("[models]", r"holds models. Expected only \[\[model\]\] entries"),
        ("model = 3", "Expected only"),
        ("[[model]]\nprompt = 1", "number 1: has no name"),
        ('[[model]]\nname = "x"\nprice = 1', r"number 1 \(x\): unknown key 'price'. Known keys: name, host, prompt"),
        ('[[model]]\nname = "x"\nprompt = 1', "needs prompt, completion and as_of; found prompt"),
        ('[[model]]\nname = "x"\nprompt = -1', "prompt is -1, expected a number that is not below 0"),
        ('[[model]]\nname = "x"\nprompt = nan', "prompt is nan"),
        ('[[model]]\nname = "x"\nprompt = true', "prompt is True"),
        ('[[model]]\nname = "x"\nshutdown = "soon"', "shutdown is 'soon', expected a day"),
    ],
)
def test_a_wrong_table_says_where_and_what_would_do(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "own.toml"
    path.write_text(content)
    with pytest.raises(ModelError, match=said):
        prices(path)
