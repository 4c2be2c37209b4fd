"""Whether a model was trained on a site, for sites from any table."""

from __future__ import annotations

import math
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lunar_oxide_plugin.core.sites.sample_sites import SampleSite, load_sites
from lunar_oxide_plugin.core.sites.site_columns import read_sites, recognise
from lunar_oxide_plugin.core.sites.station_names import station_name
from lunar_oxide_plugin.core.sites.training_stations import Seen, seen_in_training

KNOWN = load_sites()
TRAINED = [site.station_id for site in KNOWN if site.reflectance is not None]
TRAINING = [site for site in KNOWN if site.station_id in TRAINED]
METRES = math.degrees(1.0 / 1737400.0)


def foreign(site, east_m=0.0, north_m=0.0, places=4, **changes):
    """A site from another table: other names, an older and rounded position."""
    lat = site.latitude_deg + north_m * METRES
    lon = site.longitude_deg + east_m * METRES / math.cos(math.radians(site.latitude_deg))
    row = {
        "no": changes.pop("no", 7),
        "name": changes.pop("name", ""),
        "lat": f"{lat:.{places}f}",
        "lon": f"{lon:.{places}f}",
        "FeO": 12.0,
        **changes,
    }
    return read_sites([row], recognise(list(row))).sites[0]


def answer(site, distance=math.nan, trained=TRAINED):
    return seen_in_training(site, trained, KNOWN, distance)[0]


@pytest.mark.parametrize("site", TRAINING, ids=lambda s: s.station_id)
def test_bundled_stations_are_seen_by_their_identifier(site):
    assert seen_in_training(site, TRAINED, KNOWN) == (Seen.SEEN, "")


def test_bundled_stations_that_were_left_out_are_unseen():
    without = [name for name in TRAINED if name != "CE6"]
    ce6 = next(site for site in KNOWN if site.station_id == "CE6")
    a11 = next(site for site in KNOWN if site.station_id == "A11_LM")
    assert answer(ce6, trained=without) is Seen.UNSEEN
    assert answer(a11) is Seen.UNSEEN


@pytest.mark.parametrize("site", TRAINING, ids=lambda s: s.station_id)
@pytest.mark.parametrize("east_m", [-1400.0, 900.0])
def test_older_positions_do_not_make_a_named_station_new(site, east_m):
    """Wilcox et al. 2005 place Apollo 17's stations 0.9 km west of LROC's."""
    written = re.sub(r"Station (?=\d)", "- S", site.name).replace("Apollo", "apollo")
    assert answer(foreign(site, east_m, 300.0, name=written)) is Seen.SEEN


@pytest.mark.parametrize("site", TRAINING, ids=lambda s: s.station_id)
def test_nameless_rows_near_a_station_are_never_called_new(site):
    assert answer(foreign(site, 900.0, -700.0)) is not Seen.UNSEEN
    assert answer(foreign(site, 5000.0, 0.0, places=6)) is not Seen.UNSEEN


@pytest.mark.parametrize("site", TRAINING, ids=lambda s: s.station_id)
def test_positions_rounded_by_the_table_are_the_same_place(site):
    assert answer(foreign(site, places=2)) is Seen.SEEN
    assert answer(foreign(site, places=1)) is Seen.SEEN


def test_a_position_error_settles_what_names_do_not():
    luna = next(site for site in KNOWN if site.station_id == "L20")
    doubtful = foreign(luna, 4000.0)
    seen, note = seen_in_training(doubtful, TRAINED, KNOWN)
    assert seen is Seen.UNKNOWN
    assert "training station L20" in note
    assert "position_error_m" in note
    assert answer(replace(doubtful, position_error_m=200.0)) is Seen.UNSEEN
    assert answer(replace(doubtful, position_error_m=5000.0)) is Seen.SEEN


def test_a_station_named_otherwise_beside_a_training_station_is_new():
    lm = next(site for site in KNOWN if site.station_id == "A17_LM")
    assert answer(foreign(lm, -900.0, 900.0, name="Apollo 17 Station 4")) is Seen.UNSEEN
    assert answer(foreign(lm, 0.0, 0.0, name="Apollo 17 Station 4")) is Seen.SEEN  # same pixels


@pytest.mark.parametrize("site", TRAINING, ids=lambda s: s.station_id)
@pytest.mark.parametrize(
    "names",
    [
        {"no": "3"},
        {"id": "11"},
        {"id": 4.0},
        {"sample": "3"},
        {"sample": "99,1"},
        {"sample_no": "7"},
    ],
)
def test_what_names_no_place_does_not_make_a_station_new(site, names):
    """Rows are counted, and other samples than the list's were taken at its stations."""
    assert answer(foreign(site, 900.0, -300.0, mission=site.mission, **names)) is not Seen.UNSEEN
    first = re.search(r"\d", site.mission.split()[-1]) and re.match(r"\d\d", site.samples)
    if first:
        other = foreign(site, 900.0, -300.0, sample=f"{first[0]}999")
        assert answer(other) is not Seen.UNSEEN


def test_far_places_are_new_whatever_they_are_called():
    lm = next(site for site in KNOWN if site.station_id == "A17_LM")
    assert answer(foreign(lm, 60_000.0)) is Seen.UNSEEN
    assert answer(foreign(lm, 60_000.0, name="Apollo 17 LM")) is Seen.UNSEEN
    assert answer(SampleSite("A17_LM", "x", "", 20.19, 90.0, math.nan, (1.0,) * 6)) is Seen.UNSEEN


@pytest.mark.parametrize("trained", [TRAINED, None])
def test_a_spectrum_at_no_distance_is_a_training_spectrum(trained):
    far = SampleSite("new", "new", "", 60.0, 100.0, 10.0, (1.0,) * 6)
    assert answer(far, 0.0004, trained) is Seen.SEEN
    assert answer(far, 0.01, trained) is (Seen.UNKNOWN if trained is None else Seen.UNSEEN)


@given(st.sampled_from(TRAINING), st.floats(0.0, 9000.0), st.floats(0.0, 2 * math.pi))
def test_no_nameless_row_within_the_known_disagreement_counts_as_validation(site, metres, angle):
    moved = foreign(site, metres * math.cos(angle), metres * math.sin(angle), places=5)
    assert answer(moved) is not Seen.UNSEEN


@pytest.mark.parametrize(
    ("changes", "mission", "station"),
    [({"name": "A17 S2a"}, "Apollo 17", "S2A"),
     ({"name": "A17 S06"}, "Apollo 17", "S6"),
     ({"name": "Apollo-17, Sta. 5"}, "Apollo 17", "S5"),
     ({"name": "A17_LRV10"}, "Apollo 17", "LRV10"),
     ({"name": "AP17 LRV stop 3"}, "Apollo 17", "LRV3"),
     ({"mission": "Apollo 15", "station": "9a"}, "Apollo 15", "S9A"),
     ({"mission": "Apollo 16", "station": "11"}, "Apollo 16", "S11"),
     ({"name": "70161"}, "Apollo 17", "70161"), ({"sample": "12030"}, "Apollo 12", "12030"),
     ({"name": "Luna-24"}, "Luna 24", None), ({"name": "L16"}, "Luna 16", None),
     ({"name": "Chang\u2019e 5"}, "Chang'e-5", None), ({"name": "CE-6"}, "Chang'e-6", None),
     ({"name": "\u5ae6\u5a25\u516d\u53f7 CE6"}, "Chang'e-6", None),
     ({"name": "Aristarchus 12"}, "", None), ({"name": "Sample 15"}, "", None)],
)  # fmt: skip
def test_names_of_stations(changes, mission, station):
    found = station_name(foreign(KNOWN[0], **changes))
    assert found.mission == mission
    assert station is None or station in found.stations
