"""The tool `kpi`: what KPIs are, how they come about, and their traps; the same for everybody."""

import json
from typing import TYPE_CHECKING

from bot.json_lines import kpi_line
from bot.tools.desk import Desk

if TYPE_CHECKING:
    from prompts.tools.forms import DefinitionForm
    from prompts.tools.offer import Told
    from scoring.kpis import Kpi

_BRIEF = ("key", "name", "unit", "better", "level")


def definitions(desk: Desk, form: "DefinitionForm") -> "Told":
    """The definitions of KPIs; a line for each there is, where none is named."""
    from prompts.tools.offer import Told
    from scoring.kpi_pages import section

    catalogue = desk.services.catalogue
    if not form.kpis:
        text = "\n".join(f"- {kpi.key}: {kpi.name}. {kpi.about}" for kpi in catalogue.values())
        brief = [{name: getattr(kpi, name) for name in _BRIEF} for kpi in catalogue.values()]
        return Told(text, {"kpis": brief})
    found = [catalogue[key] for key in form.kpis]
    return Told("\n\n".join(map(section, found)), {"kpis": [kpi_line(kpi) for kpi in found]})


def page(kpi: "Kpi") -> str:
    """A KPI as JSON."""
    return json.dumps(kpi_line(kpi), ensure_ascii=False)
