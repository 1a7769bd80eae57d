"""The maps put places where they are and never lose a label."""

import csv
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from cauce.ui.maps import FOLDER, Dot, Route, americas_svg, mexico_svg, outline, project

ROOT = Path(__file__).resolve().parents[3]
MUNICIPALITIES = ROOT / "cauce" / "records" / "places" / "data" / "mexico_municipalities.csv"
SVG = "{http://www.w3.org/2000/svg}"
# The mission's municipalities (domain.md §5).
MISSION = [
    "02004",
    "02002",
    "02003",
    "02001",
    "26043",
    "26055",
    "26002",
    "08037",
    "08019",
    "08052",
    "05025",
    "05002",
    "05030",
    "28027",
    "28032",
    "28022",
    "19039",
    "07089",
    "07087",
    "07065",
    "27017",
    "27004",
    "30003",
    "14039",
    "11007",
    "24028",
    "09015",
]


def _rings(d):
    """The rings of an outline's path, in absolute coordinates."""
    for part in d.split("M")[1:]:
        start, moves = part.removesuffix("z").split("l")
        numbers = [float(each) for each in re.findall(r"-?\d*\.?\d+", moves)]
        x, y = (float(each) for each in re.findall(r"-?\d*\.?\d+", start))
        ring = [(x, y)]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            ring.append((x, y))
        yield ring


def _inside(ring, x, y):
    crossings = 0
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            crossings += 1
    return crossings % 2 == 1


def _near(ring, x, y, tolerance):
    """Whether some point within the tolerance is inside: border towns lie on a simplified line."""
    steps = (-tolerance, 0, tolerance)
    return any(_inside(ring, x + dx, y + dy) for dx in steps for dy in steps)


@pytest.fixture(scope="module")
def points():
    with MUNICIPALITIES.open(encoding="utf-8") as file:
        return {row["inegi"]: row for row in csv.DictReader(file)}


@pytest.mark.parametrize("code", MISSION)
def test_a_municipality_lies_in_its_state_on_the_map(code, points):
    x, y = project(float(points[code]["lon"]), float(points[code]["lat"]))
    assert any(_near(ring, x, y, 5) for ring in _rings(outline("mexico").areas[code[:2]]))


def test_nearly_all_municipalities_lie_in_their_state(points):
    found = [row for row in points.values() if row["lat"]]
    astray = []
    for row in found:
        x, y = project(float(row["lon"]), float(row["lat"]))
        if not any(_near(ring, x, y, 6) for ring in _rings(outline("mexico").areas[row["state"]])):
            astray.append(row["name"])
    assert len(found) > 2300
    assert len(astray) <= 5, astray


def test_the_map_has_every_state_and_its_neighbours():
    on = outline("mexico")
    assert sorted(on.areas) == [f"{number:02d}" for number in range(1, 33)]
    assert {"GTM", "BLZ", "SLV", "HND", "US-TX", "US-CA", "US-AZ", "US-NM"} <= set(on.around)


def test_the_projection_is_that_of_inegi():
    """On the central meridian x stays; distances on a standard parallel are true."""
    on = outline("mexico")
    (x1, _y1), (x2, y2), (x3, y3) = on.project(-102, 14), on.project(-102, 29.5), on.project(-101, 29.5)
    assert x1 == x2
    degree = 6371 * 3.141592653589793 / 180 * 0.870356  # cos 29.5°
    assert ((x3 - x2) ** 2 + (y3 - y2) ** 2) ** 0.5 == pytest.approx(degree * on.scale, rel=1e-3)


def test_a_map_names_itself_escapes_and_fills():
    svg = mexico_svg(
        {"07": "visited", "08": "#F4B7A8"}, [Dot(-92.26, 14.9, "A <b> & co", url="/x?a=1&b=2")], title="¿Dónde?"
    )
    root = ElementTree.fromstring(svg)
    assert root.get("role") == "group" and root.get("aria-label") == "¿Dónde?"
    areas = {each.get("data-key"): each for each in root.iter(f"{SVG}path") if each.get("data-key")}
    assert areas["07"].get("class") == "visited" and areas["08"].get("fill") == "#F4B7A8"
    assert [each.text for each in root.iter(f"{SVG}text")] == ["A <b> & co"]
    assert next(root.iter(f"{SVG}a")).get("href") == "/x?a=1&b=2"
    assert "style=" not in svg


def test_a_map_without_links_is_one_picture_and_without_title_decoration():
    assert ElementTree.fromstring(mexico_svg(title="México")).get("role") == "img"
    assert ElementTree.fromstring(mexico_svg()).get("aria-hidden") == "true"


def test_labels_of_neighbouring_places_do_not_cover_each_other():
    dots = [Dot(-98.28, 26.08, "Reynosa"), Dot(-97.5, 25.88, "Matamoros"), Dot(-99.52, 27.48, "Nuevo Laredo")]
    texts = list(ElementTree.fromstring(mexico_svg(dots=dots)).iter(f"{SVG}text"))
    boxes = []
    for each in texts:
        wide, size = len(each.text) * 17 * 0.56, 17
        left = float(each.get("x")) - {"start": 0, "middle": wide / 2, "end": wide}[each.get("text-anchor")]
        boxes.append((left, float(each.get("y")) - size * 0.8, left + wide, float(each.get("y")) + 4))
    for index, one in enumerate(boxes):
        for other in boxes[index + 1 :]:
            assert min(one[2], other[2]) <= max(one[0], other[0]) or min(one[3], other[3]) <= max(one[1], other[1])


def test_a_route_from_a_country_off_the_map_is_not_drawn():
    root = ElementTree.fromstring(americas_svg(routes=[Route("VEN", "MEX"), Route("CMR", "MEX")]))
    assert len([each for each in root.iter(f"{SVG}path") if "map-route" in (each.get("class") or "")]) == 1


@pytest.mark.parametrize("name", ["mexico", "americas"])
def test_print_has_the_same_geometry_as_the_pages(name):
    assert (FOLDER / f"{name}.json").read_bytes() == (
        ROOT / "cauce" / "editions" / "typst" / "maps" / f"{name}.json"
    ).read_bytes()
