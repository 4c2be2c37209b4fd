"""`lunaroxide:addsamplesites`: the sampling sites with their measured oxides as a layer."""

from __future__ import annotations

from typing import Any, Dict, List, Optional

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSink,
)

from ..core.sites.sample_sites import SampleSite, load_sites, missions
from ..core.translation import tr
from .base import LunarOxideAlgorithm, user_errors
from .feature_output import FeatureOutput
from .result_groups import LayerLoader, load_on_completion
from .site_layers import moon_geographic_crs, site_feature, site_fields, style_sites


class AddSampleSites(LunarOxideAlgorithm):
    """Makes a point layer of the bundled sample sites."""

    NAME = "addsamplesites"
    DISPLAY_NAME = "Add sample sites"
    SUMMARY = (
        "Adds the sites where Apollo, Luna and Chang'e missions collected soil, with the six "
        "oxides measured in the laboratory (wt%), how well each position is known, and who "
        "published it. Apollo 12's eight numbered rows are fines below 37 micrometres, which are "
        "1-2 wt% poorer in FeO and 2-3 wt% richer in Al2O3 than bulk soil."
    )
    MISSIONS = "MISSIONS"
    OUTPUT = "OUTPUT"
    HELP = {
        MISSIONS: "Missions whose sites to add; all by default.",
        OUTPUT: "Points in lunar longitude and latitude (IAU_2015:30100).",
    }

    def __init__(self) -> None:
        super().__init__()
        self._sites: List[SampleSite] = []

    def initAlgorithm(self, config: Optional[Dict[str, Any]] = None) -> None:  # noqa: N802
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
            QgsProcessingParameterFeatureSink(
                self.OUTPUT, self.tr("Sample sites"), QgsProcessing.SourceType.TypeVectorPoint
            )
        )

    def processAlgorithm(  # noqa: N802 - QGIS's name
        self,
        parameters: Dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> Dict[str, Any]:
        """Write the chosen sites."""
        with user_errors():
            names = missions(self._sites)
            chosen = {names[i] for i in self.parameterAsEnums(parameters, self.MISSIONS, context)}
            sites = [site for site in self._sites if site.mission in chosen]
            if not sites:
                raise QgsProcessingException(tr("No mission is chosen: choose at least one."))
            layer_fields = site_fields()
            with FeatureOutput(
                self, parameters, context, self.OUTPUT, layer_fields, moon_geographic_crs()
            ) as output:
                for index, site in enumerate(sites):
                    if feedback.isCanceled():
                        feedback.pushInfo(self.tr("Cancelled: nothing was written."))
                        return {}
                    output.add(site_feature(site, layer_fields))
                    feedback.setProgress(100.0 * (index + 1) / len(sites))
                destination = output.finish()
            feedback.pushInfo(
                tr("{sites} sites of {chosen} missions.").format(
                    sites=len(sites), chosen=len(chosen)
                )
            )
        name = tr("Lunar sample sites")
        if len(chosen) < len(names):
            name += ": " + ", ".join(mission for mission in names if mission in chosen)
        load_on_completion(context, destination, LayerLoader(destination, name, style_sites))
        return {self.OUTPUT: destination}
