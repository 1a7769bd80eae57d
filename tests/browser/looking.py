"""What the eye and the tools find on an open page; each gives sentences, none when all is well."""

from __future__ import annotations

import re

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# Common words of English that are no words of Spanish: one of them on a Spanish screen was not translated.
ENGLISH = {
    "the", "and", "of", "with", "this", "that", "these", "are", "is", "was", "from", "for", "your", "you", "please",
    "save", "cancel", "delete", "edit", "search", "required", "field", "enter", "valid", "select", "choose", "choice",
    "password", "username", "sign", "login", "logout", "page", "next", "previous", "yes", "date", "name", "file",
    "upload", "download", "record", "records", "person", "people", "case", "cases", "view", "open", "close", "back",
    "add", "new", "change", "remove", "submit", "loading", "none", "unknown", "today", "month", "year", "office",
    "children", "shelter", "or", "by", "not", "be", "has", "have", "must", "an", "to", "in", "on", "at", "as", "if",
}  # fmt: skip

# Text and what is read out, but not what says its own language, codes, or what people typed.
WORDS = """() => {
  const skip = (e) => e.closest('script, style, code, kbd, [lang]:not(html, [lang^=es])') || e.closest('[hidden]');
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) if (!skip(walker.currentNode.parentElement)) found.push(walker.currentNode.data);
  for (const e of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]'))
    if (!skip(e)) for (const name of ['aria-label', 'title', 'placeholder', 'alt']) found.push(e.getAttribute(name) || '');
  return [document.title, ...found];
}"""

# Words that are cut by their box, at whatever size.
CUT = """() => [...document.querySelectorAll(
    '.button, .chip, .tile-words, .side-label, .count, .step-words, th, td, h1, h2, h3, label, legend, .row-main, dd, dt')]
  .filter((e) => e.offsetParent && e.clientWidth > 2 && !e.closest('.unseen') && e.scrollWidth > e.clientWidth + 2
                 && ['hidden', 'clip'].includes(getComputedStyle(e).overflowX))
  .map((e) => 'cut: ' + e.outerHTML.slice(0, 120))"""

# What makes the page wider than the screen, the innermost first.
WIDE = """() => {
  const over = document.documentElement.scrollWidth - innerWidth;
  if (over <= 0) return [];
  const scrolls = (e) => e && (['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(e).overflowX) || scrolls(e.parentElement));
  const wide = [...document.querySelectorAll('body *')].filter((e) =>
    e.getBoundingClientRect().right > innerWidth + 1 && !scrolls(e.parentElement));
  return ['sticks out by ' + over + ' px: ' + wide.slice(-2).map((e) => e.outerHTML.slice(0, 140)).join(' | ')];
}"""

_AXE = Axe()


def inject_axe(page: Page) -> None:
    page.evaluate(_AXE.axe_script)


def axe(page: Page) -> list[str]:
    """What axe finds; ``inject_axe`` came before."""
    found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [f"axe {each['id']}: {node['html'][:160]}" for each in found for node in each["nodes"][:3]]


def english(page: Page) -> list[str]:
    """Words of English on a Spanish screen. Names of files, codes and addresses are no words."""
    found = []
    for text in page.evaluate(WORDS):
        words = [word.strip("«»“”\"'()[].,;:¿?¡!…").lower() for word in text.split()]
        if hits := [word for word in words if word in ENGLISH and re.fullmatch(r"[a-z]+", word)]:
            found.append(f"English {hits}: {' '.join(text.split())[:100]}")
    return found


def sticks_out(page: Page) -> list[str]:
    return page.evaluate(WIDE) + page.evaluate(CUT)


def at_double_size(page: Page) -> list[str]:
    """With letters twice as large, as a person sets them in the browser: widths in em answer, as they would there."""
    session = page.context.new_cdp_session(page)
    session.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
    found = [f"at 200 %, {each}" for each in sticks_out(page)]
    session.send("Page.setFontSizes", {"fontSizes": {"standard": 16, "fixed": 13}})
    session.detach()
    return found
