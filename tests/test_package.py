from __future__ import annotations

import configparser
import zipfile

from tools.package import ROOT, build


def test_zip_holds_one_folder_with_real_files(tmp_path):
    path = build(tmp_path)
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        assert {name.split("/")[0] for name in names} == {"lunar_oxide_plugin"}
        for needed in (
            "__init__.py",
            "metadata.txt",
            "LICENSE",
            "resources/sample_sites.csv",
            "resources/models/kaguya_mi.onnx",
            "resources/models/kaguya_mi_before_ce6.onnx",
            "resources/icon.svg",
            "resources/guide/index.html",
            "resources/guide/images/demo.png",
            "resources/i18n/lunar_oxide_zh_CN.qm",
            "resources/i18n/messages.json",
            "core/prediction/plan.py",
        ):
            assert f"lunar_oxide_plugin/{needed}" in names
        assert not [name for name in names if "__pycache__" in name or name.endswith(".pyc")]
        assert len(names) == len(set(names))
        metadata = configparser.ConfigParser(interpolation=None)
        metadata.read_string(archive.read("lunar_oxide_plugin/metadata.txt").decode("utf-8"))
        onnx = archive.read("lunar_oxide_plugin/resources/models/kaguya_mi.onnx")
    general = metadata["general"]
    assert path.name == f"lunar_oxide_plugin-{general['version']}.zip"
    for key in ("name", "description", "about", "author", "email", "qgisMinimumVersion", "tracker"):
        assert general[key]
    assert len(onnx) > 10_000
    assert path.stat().st_size < 25e6


def test_same_sources_give_the_same_zip(tmp_path):
    first, second = build(tmp_path / "a"), build(tmp_path / "b")
    assert first.read_bytes() == second.read_bytes()


def test_what_qgis_leaves_beside_rasters_stays_out(tmp_path):
    stray = ROOT / "resources" / "demo" / "stray_of_a_test.tif.aux.xml"
    stray.write_text("<PAMDataset/>")
    try:
        with zipfile.ZipFile(build(tmp_path)) as archive:
            assert not [name for name in archive.namelist() if name.endswith(".aux.xml")]
    finally:
        stray.unlink()
