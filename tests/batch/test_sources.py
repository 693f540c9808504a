"""Finding the input: what is read, what is passed over, and addresses."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.batch.tables import planned, records_of
from textwright.batch.sources import find_inputs
from textwright.errors import DataError


class Quiet(SimpleHTTPRequestHandler):
    """Serves files without a word."""

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path))) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize("name", ["a.csv", "a.csv.gz", "a.parquet"])
def test_a_table_is_read_from_an_address(name: str, address: str, tmp_path: Path) -> None:
    texts = [f"row {i},\nof many" for i in range(20)]
    if name.endswith(".parquet"):
        pq.write_table(pa.table({"text": texts}), tmp_path / name, row_group_size=7)
    else:
        with pa.output_stream(str(tmp_path / name), compression="detect" if name.endswith(".gz") else None) as file:
            file.write(("text\n" + "".join(f'"{text}"\n' for text in texts)).encode())
    plan = planned(f"{address}/{name}", rows_per_part=3)
    assert [each.example.text for each in records_of(plan) if each.example] == texts


def test_an_address_where_nothing_is_says_so(address: str) -> None:
    with pytest.raises(DataError, match=r"/none\.csv: "):
        find_inputs(f"{address}/none.csv")


def test_files_come_in_the_order_of_their_names(tmp_path: Path) -> None:
    for name in ("b.csv", "a.csv", "deep/c.tsv", ".hidden.csv", "_done.csv", "deep/_more/d.csv", "readme.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("text\n")
    found = [Path(each.path).relative_to(tmp_path).as_posix() for each in find_inputs(str(tmp_path))]
    assert found == ["a.csv", "b.csv", "deep/c.tsv"]


def test_a_file_may_be_named_as_an_address(tmp_path: Path) -> None:
    path = tmp_path / "with space.csv"
    path.write_text("text\n")
    [found] = find_inputs(f"file://{str(path).replace(' ', '%20')}")
    assert found.path == str(path)


def test_a_pipe_is_refused(tmp_path: Path) -> None:
    import os

    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(DataError, match="is no file"):
        find_inputs(str(tmp_path / "pipe.csv"))
