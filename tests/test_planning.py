"""The cost of a map of the whole Moon: arithmetic, and the guide's table."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest

from benchmarks import planning
from benchmarks.planning import Figures, main, measured, table

PAGE = Path(__file__).resolve().parent.parent / "docs" / "guide" / "whole_moon.md"


def documented():
    """Arguments of the command in the guide."""
    text = re.search(r"python -m benchmarks\.planning ([^`]*)", PAGE.read_text())[1]
    return shlex.split(text.replace("\\\n", " "))


def test_the_guides_table_is_what_its_command_prints(capsys):
    main(documented())
    printed = capsys.readouterr().out
    assert printed.count("\n") == 2 + len(planning.RASTERS)
    assert printed in PAGE.read_text()


def test_the_guides_estimate_is_four_times_what_was_measured():
    others = planning.others_of(PAGE)
    [estimate] = [rate for name, rate in others.items() if "estimate" in name]
    assert estimate == pytest.approx(4.0 * others["16 cores"])


def test_pixels_of_the_whole_moon():
    tiles, mosaic, clementine = planning.RASTERS
    assert tiles.pixels == 196_293_427_200  # 46,800 tiles of 2048 x 2048
    assert mosaic.pixels * 16 == tiles.pixels
    # 4 pi (1737.4 km)^2 = 37.93 million km2, a hundred pixels each
    assert clementine.pixels == pytest.approx(3.793e9, rel=1e-3)


def test_hours_and_bytes_by_hand():
    others = {"many cores": 64.0, "a GPU": 4.0}
    header, tiles, mosaic, clementine = table(Figures(2.0, 2, others, {"map": 50.0, "small": 1.5}))
    assert header[3:6] == ["2 cores", "many cores", "a GPU"]
    # 196,293 Mpx / 2 Mpx/s = 98,147 s = 27.3 h; 32 times faster; twice as fast
    assert tiles[3:6] == ["27.3 h", "51 min", "13.6 h"]
    assert tiles[2] == "3.53 TB"  # 18 bytes
    assert tiles[6:] == ["9.81 TB", "294 GB"]
    assert mosaic[3] == "1.7 h"
    assert clementine[2] == "38 GB"
    # 196,293 Mpx / 0.5 Mpx/s
    slow = table(Figures(0.5, 4, {}, {}))
    assert slow[0][3:] == ["4 cores"]
    assert slow[1][3] == "4.5 days"


def test_what_the_disks_must_do():
    lines = planning.disk_lines(Figures(2.0, 2, {"a GPU": 64.0}, {"map": 50.0}))
    assert lines[1] == "a GPU: 1152 MB/s of MI are read; written are 3200 MB/s (map)."


@pytest.fixture
def bench(tmp_path, monkeypatch):
    monkeypatch.setattr(planning, "MEASURED", tmp_path)
    rates = {"end to end": {"mpx_s": 7.0}, "end to end, compact": {"mpx_s": 2.345}}
    (tmp_path / "speed.json").write_text(json.dumps({"cores": 3, "compare": {"rates": rates}}))
    sizes = {"float32 all none": {"bytes": 59.51}, "compact all zstd": {"bytes": 15.04}}
    (tmp_path / "encoding.json").write_text(json.dumps(sizes))
    return tmp_path


def test_figures_of_make_bench(bench, capsys):
    assert measured(bench, {"a GPU": 9.0}) == Figures(
        2.35, 3, {"a GPU": 9.0}, {"float32, all bands": 59.5, "compact, all bands": 15.0}
    )
    main(["--other", "a GPU=9"])
    assert '--rate 2.35 --cores 3 \\\n    --other "a GPU=9.00"' in capsys.readouterr().out


def test_the_guides_page_is_rewritten_and_then_true(bench, tmp_path, monkeypatch, capsys):
    page = tmp_path / "page.md"
    page.write_text(PAGE.read_text())
    main(["--page", str(page)])
    monkeypatch.setattr("tests.test_planning.PAGE", page)
    capsys.readouterr()
    assert documented()[:4] == ["--rate", "2.35", "--cores", "3"]
    # What was measured on other machines stays.
    assert planning.others_of(page) == planning.others_of(PAGE) != {}
    test_the_guides_table_is_what_its_command_prints(capsys)
    old, new = PAGE.read_text().splitlines(), page.read_text().splitlines()
    assert old[-20:] == new[-20:]


def test_a_part_of_the_benchmarks_measures_no_rate(bench, capsys):
    (bench / "speed.json").write_text('{"cores": 2, "memory_mb": {"4": 300}}')
    main([])
    assert "no rate was measured" in capsys.readouterr().out


def test_without_any_figure(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(planning, "MEASURED", tmp_path / "none")
    with pytest.raises(SystemExit):
        main([])
    assert "run make bench first" in capsys.readouterr().err
