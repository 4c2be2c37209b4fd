"""Tables of the prediction check: agreement, sites, analyses on the Moon, what was left out."""

from __future__ import annotations

import math
from typing import Callable, Dict, List, Sequence, Tuple, Union

from ..check.metric_groups import MetricGroup, is_singular
from ..check.metrics import (
    FEW_PAIRS,
    Interval,
    OxideMetrics,
)
from ..check.site_check import CheckResult, SitePrediction
from ..chemistry.new_place import Skills
from ..chemistry.oxides import OXIDES, Oxide
from ..rasters.quality import quality_words
from ..sites.sample_sites import missions
from ..sites.training_stations import Seen
from .charts.svg import SEEN_CLASS
from .numbers import DASH, count, number, percent, signed
from .rendering import Cell, Column, Group, Table

PRETTY = {oxide.name: oxide.pretty for oxide in OXIDES}
SEEN_SHORT = {Seen.SEEN: "seen", Seen.UNSEEN: "not seen", Seen.UNKNOWN: "unknown"}


def metrics_table(groups: Sequence[MetricGroup], skills: Skills) -> Table:
    """Agreement of each oxide, by groups of sites."""
    names = ("n", "R\u00b2", "RMSE", "MAE", "MedAE", "Bias", "RPD", "Fitted slope", "Intercept",
             "Concordance", "Pearson r", "In 90\u00a0% interval")  # fmt: skip
    return Table(
        "Agreement by oxide",
        [Column("Oxide"), *(Column(name, "num") for name in names)],
        [
            Group(
                [_metrics_row(m, skills) for m in group.metrics],
                f"{group.title}, {count(len(group.pairs), 'site')}",
            )
            for group in groups
        ],
        "metrics",
    )


def _metrics_row(m: OxideMetrics, skills: Skills) -> List[Union[str, Cell]]:
    coverage = Cell(DASH)
    if m.n_sigma:
        low, high = m.coverage_interval.low, m.coverage_interval.high
        within = f"{100 * low:.0f} to {percent(high)}" if m.n_sigma >= FEW_PAIRS else ""
        coverage = Cell(percent(m.coverage_90), (within,))
    little = m.oxide in skills and skills[m.oxide].tells_little
    return [
        Cell(PRETTY[m.oxide], ("tells little at a new place" if little else "",)),
        str(m.n),
        *(
            Cell(write(value), (_range(interval, m.n_places, write),))
            for value, interval, write in (
                (m.r2, m.r2_interval, number),
                (m.rmse, m.rmse_interval, number),
                (m.mae, m.mae_interval, number),
                (m.medae, m.medae_interval, number),
                (m.bias, m.bias_interval, signed),
                (m.rpd, m.rpd_interval, number),
                (m.slope, m.slope_interval, number),
                (m.intercept, m.intercept_interval, signed),
                (m.concordance, m.concordance_interval, number),
            )
        ),
        number(m.pearson_r),
        coverage,
    ]


def _range(interval: Interval, places: int, write: Callable[[float], str]) -> str:
    if places < FEW_PAIRS or math.isnan(interval.low):
        return ""
    return f"{write(interval.low)} to {write(interval.high)}"


def singular_table(pairs: Sequence[SitePrediction], oxides: Dict[Oxide, int]) -> Table:
    """Measured and predicted oxides of Chang'e-5 and Chang'e-6 by name."""
    groups = []
    for pair in pairs:
        if is_singular(pair.site):
            lines: Tuple[Tuple[str, Sequence[float], Callable[[float], str]], ...] = (
                ("measured", pair.site.oxides_wt, number),
                ("predicted", pair.predicted_wt, number),
                ("difference", pair.residual_wt, signed),
                ("difference / sigma", pair.standardised_residual, signed),
            )
            rows = [
                [title, *(write(values[place]) for place in oxides.values())]
                for title, values, write in lines
            ]
            title = f"{pair.site.name or pair.site.station_id}, {SEEN_SHORT[pair.seen]}"
            groups.append(Group(rows, title, SEEN_CLASS[pair.seen]))
    columns = [Column("Value"), *(Column(oxide.pretty, "num") for oxide in oxides)]
    return Table("Chang\u2019e-5 and Chang\u2019e-6", columns, groups, "singular")


def pairs_table(pairs: Sequence[SitePrediction], oxides: Dict[Oxide, int]) -> Table:
    """Every checked site with its measured and predicted oxides, by mission."""
    columns = [
        Column("Site", "site"),
        Column("Training", "nowrap"),
        Column("Pixels", "num"),
        Column("Interval"),
        Column("Domain", "num"),
        Column("Quality", "quality"),
    ]
    for _ in oxides:
        columns += [Column("meas.", "num first"), Column("pred.", "num"), Column("diff.", "num")]
    return Table(
        "All checked sites",
        columns,
        [
            Group(
                [_pair_row(pair, oxides) for pair in pairs if pair.site.mission == mission],
                mission or "No mission given",
            )
            for mission in missions([pair.site for pair in pairs])
        ],
        "pairs",
        [(oxide.pretty, 3) for oxide in oxides],
    )


def _pair_row(pair: SitePrediction, oxides: Dict[Oxide, int]) -> List[Union[str, Cell]]:
    site, css = pair.site, SEEN_CLASS[pair.seen]
    row: List[Union[str, Cell]] = [
        Cell(site.name or site.station_id, (site.station_id, pair.note), css),
        Cell(SEEN_SHORT[pair.seen], glyph=css),
        str(pair.n_pixels),
        Cell(pair.sigma_kind.value if pair.sigma_kind else DASH, (pair.sigma_basis,)),
        Cell(number(pair.domain_distance), css="out" if pair.domain_distance > 1.0 else ""),
        quality_words(pair.quality),
    ]
    for place in oxides.values():
        row += [
            number(site.oxides_wt[place]),
            number(pair.predicted_wt[place]),
            Cell(
                signed(pair.residual_wt[place]),
                css="out" if pair.outside_interval[place] else "",
            ),
        ]
    return row


def in_situ_table(result: CheckResult, oxides: Dict[Oxide, int]) -> Table:
    """Analyses made on the Moon: measured with their error, predicted, difference."""
    rows: List[List[Union[str, Cell]]] = []
    for pair in result.in_situ:
        site = pair.site
        for oxide, place in oxides.items():
            if not math.isfinite(pair.residual_wt[place]):
                continue
            sigma = site.measured_sigma_wt[place]
            rows.append(
                [
                    Cell(site.name, (site.samples,)),
                    oxide.pretty,
                    f"{number(site.oxides_wt[place])} \u00b1 {number(sigma)}",
                    number(pair.predicted_wt[place]),
                    Cell(
                        signed(pair.residual_wt[place]),
                        css="out" if pair.outside_interval[place] else "",
                    ),
                    str(pair.n_pixels),
                ]
            )
    columns = [
        Column("Site", "site"),
        Column("Oxide"),
        *(Column(name, "num") for name in ("Measured", "Predicted", "Difference", "Pixels")),
    ]
    return Table("Analysed on the Moon", columns, [Group(rows)], "in-situ")


def skipped_table(result: CheckResult) -> Table:
    """Every site not checked and every row not read, with the reason."""
    rows: List[List[Union[str, Cell]]] = [
        [
            Cell(item.site.name or item.site.station_id, (item.site.station_id,)),
            item.reason,
            item.site.mission,
            number(item.site.latitude_deg, 4),
            number(item.site.longitude_deg, 4),
        ]
        for item in result.skipped
    ]
    rows += [
        [Cell(row.station_id, (f"row {row.number}",)), row.reason, "", "", ""]
        for row in result.rejected
    ]
    columns = [
        Column("Site", "site"),
        Column("Reason", "text reason"),
        Column("Mission"),
        Column("Latitude (\u00b0)", "num"),
        Column("East longitude (\u00b0)", "num"),
    ]
    return Table("Skipped sites", columns, [Group(rows)], "skipped")
