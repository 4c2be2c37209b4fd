"""Group what was left out by its reason, so that many sites make one line."""

from __future__ import annotations

from typing import Dict, Iterable, List, Tuple

#: Names of a group that are written out.
MOST_NAMES = 8


def by_reason(pairs: Iterable[Tuple[str, str]]) -> List[Tuple[str, List[str]]]:
    """Names by their reason, in the order of first appearance.

    Parameters
    ----------
    pairs : iterable of (str, str)
        Name and reason.

    Returns
    -------
    list of (str, list of str)
        Reason and names.
    """
    groups: Dict[str, List[str]] = {}
    for name, reason in pairs:
        groups.setdefault(reason, []).append(name)
    return list(groups.items())


def name_list(names: List[str]) -> str:
    """The first names, and how many more there are.

    Parameters
    ----------
    names : list of str

    Returns
    -------
    str
    """
    more = len(names) - MOST_NAMES
    return ", ".join(names[:MOST_NAMES]) + (f" +{more}" if more > 0 else "")
