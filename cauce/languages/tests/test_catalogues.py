"""The catalogues: every text of the code has its English, and the English is English."""

from __future__ import annotations

import gettext
import re
from pathlib import Path

import pytest

from cauce.languages import catalogues
from cauce.languages.catalogues import Entry, Text
from cauce.languages.locales import COMPLETE, LANGUAGES

OTHERS = [code for code, _name in LANGUAGES if code != "es"]
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w+(?::\S*)?\}|</?\w+[^>]*>")
# Words of Spanish that English lacks. Names (Comisión Local…), acronyms and quoted examples stay as they are.
_SPANISH = re.compile(
    r"\b(?:el|los|las|una|unos|del|al|que|con|sin|para|por|pero|como|ya|está|están|hay|aún|también|su|sus|este|esta|"
    r"registro|persona|personas|caso|casos|sitio|albergue|canalización|trata|jornada|oficina|fecha|archivo|fila|hoja)\b"
    r"|[¿¡«»]",
    re.IGNORECASE,
)
_EXAMPLES = re.compile(r"“[^”]*”|feria_de_servicios|\{[^}]*\}|<[^>]*>|%\(\w+\)[sd]")


def catalogue(language: str) -> Path:
    return catalogues.LOCALE / language / "LC_MESSAGES" / "django.po"


def entries(language: str) -> dict[Text, Entry]:
    return {entry.text: entry for entry in catalogues.entries(catalogue(language))}


@pytest.fixture(scope="module")
def in_code() -> dict[Text, str]:
    return catalogues.texts_in_code()


@pytest.mark.parametrize("language", [code for code in OTHERS if code in COMPLETE])
def test_every_text_of_the_code_is_translated(language, in_code):
    translated = {text for text, entry in entries(language).items() if all(entry.forms)}

    missing = [f"{name}: {text.id}" for text, name in sorted(in_code.items()) if text not in translated]

    assert not missing, "Run script/messages and translate:\n" + "\n".join(missing)


@pytest.mark.parametrize("language", OTHERS)
def test_a_catalogue_holds_no_text_that_left_the_code(language, in_code):
    assert not [text.id for text in entries(language) if text not in in_code], "Run script/messages."


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_keeps_every_placeholder(language):
    wrong = []
    for text, entry in entries(language).items():
        for form, source in zip(entry.forms, (text.id, text.plural or text.id), strict=False):
            if form and sorted(_PLACEHOLDER.findall(form)) != sorted(_PLACEHOLDER.findall(source)):
                wrong.append(f"{source} → {form}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_ends_and_begins_as_its_text(language):
    """A sentence stays a sentence; what is joined to other texts keeps its spaces and line ends."""
    wrong = []
    for text, entry in entries(language).items():
        for form in filter(None, entry.forms):
            same_edges = form[:1].isspace() == text.id[:1].isspace() and form[-1:].isspace() == text.id[-1:].isspace()
            if not same_edges or _is_sentence(form) != _is_sentence(text.id):
                wrong.append(f"{text.id} → {form}")
    assert not wrong, "\n".join(wrong)


def _is_sentence(text: str) -> bool:
    return text.rstrip().endswith(".") and text.lower() not in {"no.", "núm."}


def test_no_spanish_is_left_in_the_english():
    left = []
    for text, entry in entries("en").items():
        for form in entry.forms:
            if _SPANISH.search(_EXAMPLES.sub(" ", form)) or "«" in form:
                left.append(f"{text.id} → {form}")
    assert not left, "\n".join(left)


@pytest.mark.parametrize("language", OTHERS)
def test_no_translation_is_a_guess(language):
    assert not [text.id for text, entry in entries(language).items() if entry.fuzzy]


@pytest.mark.parametrize("language", OTHERS)
def test_the_compiled_catalogue_is_that_of_the_text(language):
    with catalogue(language).with_suffix(".mo").open("rb") as compiled:
        read = gettext.GNUTranslations(compiled)
    for text, entry in entries(language).items():
        if not all(entry.forms):
            continue
        if text.plural:
            assert (read.ngettext(text.id, text.plural, 1), read.ngettext(text.id, text.plural, 5)) == entry.forms
        elif text.context:
            assert read.pgettext(text.context, text.id) == entry.forms[0]
        else:
            assert read.gettext(text.id) == entry.forms[0]


@pytest.mark.parametrize("source", ['_(f"Hola {name}")', '_("Hola " + name)', """f"{name}: {_('sin datos')}\""""])
def test_a_text_gettext_cannot_read_is_refused(source):
    with pytest.raises(catalogues.Unreadable, match=r"page\.py, line 1"):
        list(catalogues.texts_in_python(source, "page.py"))


def test_texts_are_found_in_python_and_in_templates():
    python = 'a = _("Uno " "dos"); b = ngettext("%(n)s caso", "%(n)s casos", 2); c = pgettext("mes", "may"); d = _(a)'
    renamed = 'from django.utils.translation import gettext_lazy as lazy\ne = lazy("Tres")'
    template = (
        '{% load i18n %}{% translate "Hoy" %}{% blocktranslate trimmed count n=1 %}\n  {{ n }} día\n{% plural %}\n'
        '  {{ n }} días\n{% endblocktranslate %}{% include "x.html" with title=_("Mañana") %}'
    )

    assert set(catalogues.texts_in_python(python, "a.py")) == {
        Text("Uno dos"),
        Text("%(n)s caso", "%(n)s casos"),
        Text("may", context="mes"),
    }
    assert set(catalogues.texts_in_python(renamed, "b.py")) == {Text("Tres")}
    assert set(catalogues.texts_in_template(template, "a.html")) == {
        Text("Hoy"),
        Text("%(n)s día", "%(n)s días"),
        Text("Mañana"),
    }
