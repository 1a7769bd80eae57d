"""How a name sounds in the Spanish of the region, with Haitian and French spellings.

Two spellings that people here write for one name get one key: b/v, s/z/c, ll/y, silent h, qu/k/c, x/j/g,
ou/u, oi/wa, ph/f, th/t, doubled letters, and at the beginning j/y (Yesenia, Jesenia). The key is compared,
never shown. The substitutions are the ones measured in the project's study of matching (§1.5, §1.6).
"""

from __future__ import annotations

import re
from functools import lru_cache

from cauce.records.people.names import fold

# In order: each works on what the ones before left. Lower-case letters are sounds already decided.
_RULES = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"[^A-Z]", ""),
        # French and English endings whose last letters are not heard: Lisette, Michelle, Pierre.
        (r"(?<=E)(LLE|TTE|RRE)$", lambda match: match[0][0]),
        (r"EAUX?", "O"),
        (r"AULT$|AUX$|AU(?=[A-Z]{2}E?$)", "O"),
        (r"OU(?=[AEIO])", "w"),
        (r"OU", "U"),
        (r"OI(S|X|T)?$", "wA"),
        (r"OI", "wA"),
        (r"PH", "F"),
        (r"CQUES?$", "k"),
        (r"CH(?=R)", "k"),
        (r"TCH|SCH|CH|SH", "x"),
        (r"TH", "T"),
        (r"^(DJ|DY|DI(?=E))", "J"),
        (r"^PS", "S"),
        (r"GN|NY(?=[AEIO])|NI(?=[AEO])", "N"),
        # The same sound three ways: Guadalupe, Huadalupe, Wadalupe.
        (r"^(GW|GU|HU|W)(?=[AO])", "w"),
        (r"^(HU|W|GÜ)(?=[EI])", "w"),
        (r"GU(?=[EI])", "g"),
        (r"QU(?=[EI])|CK|CQ|Q|K", "k"),
        (r"SC(?=[EIY])|CC(?=[EIY])|C(?=[EIY])|[ZS]", "s"),
        (r"C", "k"),
        (r"^EX(?=[AEIOU])", "Es"),
        (r"X(?=[AEIOUY])|G(?=[EIY])", "J"),
        (r"X", "s"),
        (r"H", ""),
        (r"[VB]", "b"),
        (r"W", "w"),
        (r"LL(?=[AEIOU])", "Y"),
        (r"^I(?=[AEO])", "Y"),
        (r"^[JY](?=[AEIOU])", "y"),
        (r"Y(?=[AEIOU])", "y"),
        (r"Y", "I"),
        (r"II(?=[AEOU])", "y"),
        (r"N(?=[bPM])", "M"),
        (r"(?<=[AEO])wA", "UA"),
        (r"w", "U"),
        (r"(.)\1+", r"\1"),
    )
)


@lru_cache(maxsize=131_072)
def phonetic(token: str) -> str:
    """The key of one word of a name; never empty for a word with a letter in it.

    >>> phonetic("Ortis") == phonetic("Ortiz")
    True
    """
    word = key = fold(token)
    for pattern, sound in _RULES:
        key = pattern.sub(sound, key)
    return key.upper() or word
