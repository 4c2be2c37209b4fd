"""Parameters with a list of choices: keys for scripts, texts for dialogs."""

from __future__ import annotations

from typing import List, Sequence

from qgis.core import Qgis, QgsProcessingParameterDefinition, QgsProcessingParameterEnum

#: What shows the choices in dialogs. Its base was announced to go in QGIS 4, whose own list shows
#: the keys themselves.
LIST = f"{__name__.rpartition('.algorithms.')[0]}.gui.choice_widget.ChoiceWrapper"
BEFORE_QGIS = 40000


def choice_parameter(
    name: str, label: str, keys: Sequence[str], default: str, texts: Sequence[str] = ()
) -> QgsProcessingParameterEnum:
    """A parameter whose value is a key; dialogs show the text of each key.

    Parameters
    ----------
    name, label : str
    keys : sequence of str
        Values, in every language.
    default : str
        One of `keys`.
    texts : sequence of str
        In the user's language, one for each key; the keys by default.
    """
    parameter = QgsProcessingParameterEnum(
        name, label, options=list(keys), defaultValue=default, usesStaticStrings=True
    )
    shown = list(texts) or list(keys)
    if shown != list(keys) and Qgis.QGIS_VERSION_INT < BEFORE_QGIS:
        parameter.setMetadata({"widget_wrapper": {"class": LIST, "texts": shown}})
    return parameter


def texts_of(parameter: QgsProcessingParameterDefinition) -> List[str]:
    """What a dialog shows for the options of a parameter."""
    metadata = parameter.metadata().get("widget_wrapper", {})
    return [str(text) for text in metadata.get("texts", parameter.options())]
