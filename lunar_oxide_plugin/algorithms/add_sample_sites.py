"""`lunaroxide:addsamplesites`: the sampling sites with their measured oxides as a layer."""

from __future__ import annotations

from typing import Any, Dict, List

from qgis.core import (
    QgsProcessing,
    QgsProcessingException,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSink,
)

from ..core.sites.in_situ_sites import load_in_situ_sites
from ..core.sites.sample_sites import SampleSite, load_sites, missions
from ..core.translation import tr
from .base import LunarOxideAlgorithm
from .result_groups import LayerLoader, load_on_completion
from .run import Run
from .site_layers import site_feature, site_fields, style_sites


class AddSampleSites(LunarOxideAlgorithm):
    """Makes a point layer of the bundled sample sites."""

    NAME = "addsamplesites"
    GROUP = "Check"
    DISPLAY_NAME = "Add sample sites"
    SUMMARY = (
        "Adds the sites where Apollo, Luna and Chang'e missions collected soil, with the six "
        "oxides measured in the laboratory (wt%), how well each position is known, and who "
        "published it. Apollo 12's eight numbered rows are fines below 37 micrometres, which are "
        "1-2 wt% poorer in FeO and 2-3 wt% richer in Al2O3 than bulk soil."
    )
    MISSIONS = "MISSIONS"
    IN_SITU = "IN_SITU"
    OUTPUT = "OUTPUT"
    HELP = {
        MISSIONS: "Missions whose sites to add; all by default.",
        IN_SITU: (
            "Also add soils that rovers analysed on the Moon (Lunokhod 1 and 2). They are less "
            "precise than laboratory analyses; sample_kind says 'in situ'."
        ),
        OUTPUT: "Points in lunar longitude and latitude (IAU_2015:30100).",
    }

    def __init__(self) -> None:
        super().__init__()
        self._sites: List[SampleSite] = []

    def declare(self) -> None:
        """Declare parameters and outputs."""
        self._sites = load_sites()
        names = missions(self._sites)
        self.add(
            QgsProcessingParameterEnum(
                self.MISSIONS,
                self.tr("Missions"),
                options=names,
                allowMultiple=True,
                defaultValue=list(range(len(names))),
            )
        )
        self.add(
            QgsProcessingParameterBoolean(
                self.IN_SITU, self.tr("Also analyses made on the Moon"), defaultValue=False
            )
        )
        self.add(
            QgsProcessingParameterFeatureSink(
                self.OUTPUT, self.tr("Sample sites"), QgsProcessing.SourceType.TypeVectorPoint
            )
        )

    def execute(self, run: Run) -> Dict[str, Any]:
        """Write the chosen sites."""
        names = missions(self._sites)
        places = self.parameterAsEnums(run.parameters, self.MISSIONS, run.context)
        chosen = {names[place] for place in places}
        sites = [site for site in self._sites if site.mission in chosen]
        if run.flag(self.IN_SITU):
            sites += load_in_situ_sites()
        if not sites:
            raise QgsProcessingException(tr("No mission is chosen: choose at least one."))
        layer_fields = site_fields()
        features = (site_feature(site, layer_fields) for site in sites)
        destination = run.write_points(self.OUTPUT, layer_fields, features)
        run.info(
            tr("{sites} sites of {chosen} missions.").format(
                sites=len(sites), chosen=len({site.mission for site in sites})
            )
        )
        name = tr("Lunar sample sites")
        if len(chosen) < len(names):
            name += ": " + ", ".join(mission for mission in names if mission in chosen)
        load_on_completion(run.context, destination, LayerLoader(destination, name, style_sites))
        return {self.OUTPUT: destination}
