"""Group sites for metrics: seen and unseen apart, and again without single unusual sites."""

from __future__ import annotations

from dataclasses import dataclass
from typing import List, Sequence, Tuple

from ..sites.sample_sites import SampleSite, missions
from ..sites.training_stations import Seen
from .metrics import OxideMetrics, check_metrics
from .site_check import SitePrediction, by_seen

#: Single unusual sites that cause much of the squared error. They are shown by name, and left out
#: of a second set of metrics.
SINGULAR_MISSIONS = ("change5", "change6")

GROUP_TITLES = {
    Seen.SEEN: "Seen in training",
    Seen.UNSEEN: "Not seen in training",
    Seen.UNKNOWN: "Unknown whether seen in training",
}
GROUP_KEYS = {Seen.SEEN: "seen", Seen.UNSEEN: "unseen", Seen.UNKNOWN: "unknown"}


@dataclass(frozen=True)
class MetricGroup:
    """Sites judged together, with their metrics.

    Attributes
    ----------
    seen : Seen
    without : tuple of str
        Missions of this kind that were left out.
    pairs : tuple of SitePrediction
    metrics : tuple of OxideMetrics
        One for each predicted oxide, in the order of `OXIDES`.
    """

    seen: Seen
    without: Tuple[str, ...]
    pairs: Tuple[SitePrediction, ...]
    metrics: Tuple[OxideMetrics, ...]

    @property
    def key(self) -> str:
        """``"seen"``, ``"unseen"`` or ``"unknown"``, as written in files."""
        return GROUP_KEYS[self.seen]

    @property
    def title(self) -> str:
        """Title for reports, e.g. ``"Seen in training, without Chang'e-5"``."""
        title = GROUP_TITLES[self.seen]
        return f"{title}, without {' and '.join(self.without)}" if self.without else title


def is_singular(site: SampleSite) -> bool:
    """Whether `site` is Chang'e-5 or Chang'e-6, however its mission is spelled.

    Parameters
    ----------
    site : SampleSite

    Returns
    -------
    bool
    """
    plain = "".join(c for c in site.mission.lower() if c.isascii() and c.isalnum())
    return plain in SINGULAR_MISSIONS


def metric_groups(pairs: Sequence[SitePrediction]) -> Tuple[MetricGroup, ...]:
    """The groups whose metrics are reported.

    A group that contains Chang'e-5 or Chang'e-6 beside others is repeated without them.

    Parameters
    ----------
    pairs : sequence of SitePrediction

    Returns
    -------
    tuple of MetricGroup
    """
    groups: List[MetricGroup] = []
    order = by_seen(pairs)
    for seen in (Seen.UNSEEN, Seen.UNKNOWN, Seen.SEEN):
        group = order.get(seen, [])
        rest = [pair for pair in group if not is_singular(pair.site)]
        if group:
            groups.append(MetricGroup(seen, (), tuple(group), check_metrics(group)))
        if 0 < len(rest) < len(group):
            left_out = missions([p.site for p in group if is_singular(p.site)])
            groups.append(MetricGroup(seen, tuple(left_out), tuple(rest), check_metrics(rest)))
    return tuple(groups)
