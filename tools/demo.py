"""Run the demo on the bundled scene: predict, add sites, check, draw a map.

Leaves everything in ``demo-output/`` and prints the figures and the paths.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, Dict

from lunar_oxide_plugin.core.chemistry.oxides import OXIDE_NAMES
from lunar_oxide_plugin.core.models.model_choice import models_for
from lunar_oxide_plugin.core.rasters.sensors.known import CLEMENTINE
from tools.qgis_session import ROOT, qgis_session

DEMO = ROOT / "resources" / "demo"
SCENE = DEMO / "taurus_littrow_interpolated_between_stations.tif"
STATIONS = DEMO / "stations_all_missions.tif"
CLEMENTINE_STATIONS = DEMO / "stations_seen_by_clementine.tif"
OUTPUT = ROOT / "demo-output"


def run(algorithm: str, **parameters: Any) -> Dict[str, Any]:
    """Run one of the plugin's algorithms, with its log on the terminal."""
    import processing
    from qgis.core import QgsProcessingFeedback

    print(f"\n== {algorithm}")
    feedback = QgsProcessingFeedback(False)
    results: Dict[str, Any] = processing.run(
        f"lunaroxide:{algorithm}", parameters, feedback=feedback
    )
    for line in feedback.textLog().splitlines():
        if line and not line.startswith("Results:"):
            print("  ", line)
    return results


def check(prediction: str, reflectance: Path, stem: str) -> Dict[str, Any]:
    """Check one prediction raster against the bundled sites, with a second opinion."""
    return run(
        "checkpredictions",
        INPUT=prediction,
        WINDOW=1,
        REFLECTANCE=str(reflectance),
        OUTPUT=str(OUTPUT / f"{stem}-check.gpkg"),
        REPORT=str(OUTPUT / f"{stem}-report.html"),
        TABLE=str(OUTPUT / f"{stem}-check.csv"),
        METRICS=str(OUTPUT / f"{stem}-metrics.csv"),
        JSON=str(OUTPUT / f"{stem}-check.json"),
    )


def compare(prediction: str, reference: str, stem: str) -> Dict[str, Any]:
    """Compare the TiO2 of two models on the same scene."""
    return run(
        "comparerasters",
        PREDICTION=prediction,
        OXIDE=0,
        REFERENCE=reference,
        OUTPUT=str(OUTPUT / f"{stem}-difference.tif"),
        REPORT=str(OUTPUT / f"{stem}-report.html"),
        TABLE=str(OUTPUT / f"{stem}-metrics.csv"),
        JSON=str(OUTPUT / f"{stem}-comparison.json"),
    )


def show_metrics(title: str, results: Dict[str, Any]) -> None:
    """Print the results of the check."""
    oxides = [name.upper() for name in OXIDE_NAMES if f"RMSE_{name.upper()}" in results]
    print(f"\n{title}: {results['N_SITES']} sites, {results['N_UNSEEN']} not seen in training")
    print("  oxide   RMSE   bias     R2   (wt%; at sites seen in training: fitted, not validated)")
    for name in oxides:
        rmse, bias, r2 = (results[f"{measure}_{name}"] for measure in ("RMSE", "BIAS", "R2"))
        print(f"  {name:6s} {rmse:5.2f}  {bias:+5.2f}  {r2:5.2f}")


def main() -> None:
    """Run the demo."""
    OUTPUT.mkdir(exist_ok=True)
    with qgis_session():
        from tools.demo_map import draw_map

        scene = str(OUTPUT / "taurus-littrow-oxides.tif")
        sites = str(OUTPUT / "sample-sites.gpkg")
        run("predictoxides", INPUT=str(SCENE), OUTPUT=scene)
        run("addsamplesites", OUTPUT=sites)
        scene_check = check(scene, SCENE, "taurus-littrow")
        missions = str(OUTPUT / "all-missions-oxides.tif")
        # The raster has one pixel per station and is otherwise empty: compression reduces it to a
        # hundredth.
        stations = {"INPUT": str(STATIONS), "COMPRESSION": "deflate"}
        run("predictoxides", **stations, OUTPUT=missions)
        missions_check = check(missions, STATIONS, "all-missions")
        blind = str(OUTPUT / "all-missions-before-ce6-oxides.tif")
        run("predictoxides", **stations, MODEL="kaguya_mi_before_ce6", OUTPUT=blind)
        blind_check = check(blind, STATIONS, "all-missions-before-ce6")
        other = str(OUTPUT / "taurus-littrow-before-ce6-oxides.tif")
        run("predictoxides", INPUT=str(SCENE), MODEL="kaguya_mi_before_ce6", OUTPUT=other)
        compare(scene, other, "taurus-littrow-models")
        clementine_check = None
        if models_for(CLEMENTINE):
            seen = str(OUTPUT / "clementine-stations-oxides.tif")
            run("predictoxides", INPUT=str(CLEMENTINE_STATIONS), COMPRESSION="deflate", OUTPUT=seen)
            clementine_check = check(seen, CLEMENTINE_STATIONS, "clementine-stations")
        draw_map(scene, sites, OUTPUT / "map.png")
    show_metrics("Taurus-Littrow", scene_check)
    show_metrics("All missions, kaguya_mi", missions_check)
    show_metrics("All missions, kaguya_mi_before_ce6", blind_check)
    if clementine_check is not None:
        show_metrics("Stations seen by Clementine", clementine_check)
    print("\nWritten:")
    for path in sorted(OUTPUT.iterdir()):
        print(f"  {path.relative_to(ROOT)}  {path.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    sys.exit(main())
