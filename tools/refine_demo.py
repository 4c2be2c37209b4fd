"""Refine the model from before Chang'e-6 with the Chang'e-6 sample.

Refines, predicts with parent and refined model at the stations of all missions, and prints what
changed at Chang'e-6 and elsewhere. Leaves everything in ``demo-output/``.
"""

from __future__ import annotations

import numpy as np

from tools.demo import OUTPUT, STATIONS, run
from tools.qgis_session import qgis_session


def main() -> None:
    """Run the demo."""
    OUTPUT.mkdir(exist_ok=True)
    refined = OUTPUT / "kaguya_mi_refined_with_ce6.onnx"
    with qgis_session():
        result = run(
            "refinemodel",
            MODEL="kaguya_mi_before_ce6",
            INPUT=str(STATIONS),
            WINDOW=1,
            OUTPUT=str(refined),
            REPORT=str(OUTPUT / "refine-report.html"),
        )
    from lunar_oxide_plugin.core.chemistry.oxides import OXIDES
    from lunar_oxide_plugin.core.models.model_library import find_model
    from lunar_oxide_plugin.core.models.oxide_model import OxideModel
    from lunar_oxide_plugin.core.sites.sample_sites import load_sites

    entry = find_model("kaguya_mi_before_ce6")
    if entry is None:
        raise SystemExit("The bundled model kaguya_mi_before_ce6 is missing.")
    parent, child = OxideModel(entry.path), OxideModel(refined)
    sites = [site for site in load_sites() if site.reflectance]
    spectra = np.array([site.reflectance for site in sites], dtype=np.float32).T
    measured = np.array([site.oxides_wt for site in sites]).T
    before, after = parent.predict(spectra).oxides, child.predict(spectra).oxides
    place = [site.station_id for site in sites].index("CE6")
    others = np.arange(len(sites)) != place
    evidence = child.description.document["lineage"]["evidence"]
    old = evidence["old_stations"]
    kind = "bound from sigma" if old["is_bound_from_sigma"] else "cross-validated"
    print(f"\nwt%; Chang'e-6 after refinement is fitted, not validated; old stations: {kind}")
    print("mean change: at stations whose whole mission does not hold the correction at zero")
    print("oxide   CE6 blind  CE6 refined  largest change  mean change at new places  RMSE old")
    for row, oxide in enumerate(OXIDES):
        blind, fitted = (values[row, place] - measured[row, place] for values in (before, after))
        change = np.abs(after - before)[row, others].max()
        new = evidence["mean_change_at_new_places"][oxide.name]
        rmse = f"{old['rmse_before'][oxide.name]:.3f} -> {old['rmse_after'][oxide.name]:.3f}"
        print(
            f"{oxide.name:6s}  {blind:+9.2f}  {fitted:+11.2f}  {change:14.3f}  {new:25.3f}  {rmse}"
        )
    print(f"\n{result['VERDICT']}\n{refined}\n{result['REPORT']}")


if __name__ == "__main__":
    main()
