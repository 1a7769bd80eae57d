"""A JSON Schema of figure definitions, so that an editor helps while they are written.

Made from the same lists the reader checks against; a test holds ``docs/reference/figures.schema.json``
to it. The reader stays the judge: it also knows what a mission's own lists contain.

    python -m cauce.mission.schema > docs/reference/figures.schema.json
"""

from __future__ import annotations

import json
import sys
from typing import Any

from cauce.kernel.facts import LIST_COLUMNS
from cauce.kernel.units import Unit
from cauce.languages.locales import COMPLETE
from cauce.mission.definition import (
    AGE_SETS,
    BREAKDOWN_COLUMNS,
    COUNT_COLUMNS,
    FILTER_COLUMNS,
    KINDS,
    Order,
    Percent,
    When,
)
from cauce.mission.figures import RELATIONS
from cauce.mission.texts import LANGUAGE_CODES
from cauce.mission.vocabulary import Vault

_KEY = {"type": "string", "pattern": r"^[a-z0-9][a-z0-9_+-]*(\.[a-z0-9][a-z0-9_+-]*)*$"}
_TEXT = {"type": "string", "minLength": 1}


def figure_schema() -> dict[str, Any]:
    """The schema of one file of ``missions/<mission>/figures``."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Figure definitions of a mission",
        "type": "array",
        "items": _figure(),
        "$defs": {
            "texts": _block(dict.fromkeys(LANGUAGE_CODES, _TEXT), required=COMPLETE),
            "sentence": _block(
                {code: {"type": "string", "pattern": r"\{value\}"} for code in LANGUAGE_CODES}, required=COMPLETE
            ),
            "where": _where(),
            "breakdown": _breakdown(),
        },
    }


def _figure() -> dict[str, Any]:
    kind = {"enum": list(KINDS)}
    source = {"oneOf": [kind, _block({"kind": kind, "where": _ref("where")}, required=["kind"])]}
    count = {
        "oneOf": [
            {"const": "rows"},
            _block({"sum": {"const": "quantity"}}, required=["sum"]),
            _block({"distinct": {"enum": list(COUNT_COLUMNS)}}, required=["distinct"]),
            _block({"elements": {"enum": list(LIST_COLUMNS)}}, required=["elements"]),
        ]
    }
    share = {"key": _KEY, "code": _KEY, "label": _ref("texts"), "sentence": _ref("sentence")}
    names = {"type": "array", "items": _TEXT, "minItems": 1}
    must = {"left": names, "relation": {"enum": list(RELATIONS)}, "right": names, "note": _ref("texts")}
    return _block(
        {
            "key": _KEY,
            "version": {"type": "integer", "minimum": 1},
            "owner": _KEY,
            "chapter": _KEY,
            "unit": {"enum": [unit.value for unit in Unit]},
            "label": _ref("texts"),
            "sentence": _ref("sentence"),
            "kinds": {"type": "array", "items": source, "minItems": 1},
            "count": count,
            "where": _ref("where"),
            "when": {"enum": [when.value for when in When]},
            "breakdowns": {"type": "array", "items": _ref("breakdown")},
            "shares": _block(
                {"of": _KEY, "figures": {"type": "array", "items": _block(share, required=["key", "label"])}},
                required=["of", "figures"],
            ),
            "must_hold": {"type": "array", "items": _block(must, required=["left", "relation", "right"])},
            "never_add": {"type": "array", "items": _KEY},
            "disclosure": _block(
                {"vault": {"enum": [vault.value for vault in Vault]}, "sensitive": {"type": "boolean"}}
            ),
            "notes": _ref("texts"),
            "changes": _ref("texts"),
        },
        required=["key", "version", "owner", "chapter", "unit", "label", "sentence", "kinds", "count"],
    )


def _where() -> dict[str, Any]:
    one = {"type": ["string", "integer"]}
    values = {"oneOf": [one, {"type": "array", "items": one, "minItems": 1}]}
    present = _block({"is": {"enum": ["present", "empty"]}}, required=["is"])
    of_lists = [_block({name: values}, required=[name]) for name in ("contains", "lacks")]
    columns: dict[str, Any] = {}
    for column in FILTER_COLUMNS:
        if column in LIST_COLUMNS:
            columns[column] = {"oneOf": [*of_lists, present]}
        else:
            columns[column] = {"oneOf": [values, _block({"not": values}, required=["not"]), present]}
    columns["age_band"]["oneOf"].append(_block({"ages": {"enum": list(AGE_SETS)}}, required=["ages"]))
    return _block(columns)


def _breakdown() -> dict[str, Any]:
    column = {"enum": list(BREAKDOWN_COLUMNS)}
    return _block(
        {
            "key": _KEY,
            "by": {"oneOf": [column, {"type": "array", "items": column, "minItems": 1, "maxItems": 2}]},
            "label": _ref("texts"),
            "list": _KEY,
            "order": {"enum": [order.value for order in Order]},
            "others": {"type": "boolean"},
            "unknown": {"type": "boolean"},
            "percent": {"enum": [percent.value for percent in Percent]},
            "base_label": _ref("texts"),
        },
        required=["key", "by", "label"],
    )


def _block(properties: dict[str, Any], required: Any = ()) -> dict[str, Any]:
    block: dict[str, Any] = {"type": "object", "properties": properties, "additionalProperties": False}
    return {**block, "required": list(required)} if required else block


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/$defs/{name}"}


def text() -> str:
    """The schema as it is written to its file."""
    return json.dumps(figure_schema(), ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    sys.stdout.write(text())
