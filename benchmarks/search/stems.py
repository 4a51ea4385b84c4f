"""Recall and precision of Latvian stems, as the spelling dictionary sees it.

    uv run --with chunspell python -m benchmarks.search.stems FOLDER [FILE...]

FOLDER holds `lv_LV.aff` and `lv_LV.dic` (Debian's package hunspell-lv; LGPL, used here only). The starter directory's
texts are always measured. Files are plain text or CoNLL-U: the rules were shaped on the treebank UD_Latvian-LVTB and
LUMII's FullStack, less the paragraphs of `lv_lvtb-ud-dev.conllu` of version 2.17, which is the file to give. The aim is
recall 0.80 at precision 0.95, of nouns and adjectives and of all words without diacritics.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks.search.judged import (
    Readings,
    as_folded,
    judged,
    measured,
    nominal,
    starter_text,
    tagged,
    treebank_text,
    unequivocal,
)
from service.catalogue.words import fold
from service.search.stemmer import stem


def main() -> None:
    import hunspell

    folder, *files = sys.argv[1:]
    dictionary = hunspell.Hunspell("lv_LV", hunspell_data_dir=folder)
    print("| text | words of it | stem | words | pairs | recall | precision |\n|---|---|---|---|---|---|---|")
    show("the starter directory", judged(starter_text(), dictionary), {})
    for path in map(Path, files):
        show(path.name, judged(treebank_text(path), dictionary), tagged(path))


def show(name: str, words: dict[str, Readings], tags: dict[str, set[str]]) -> None:
    """Print the figures of a text."""
    parts = {"all": words, "of one reading": unequivocal(words)}
    if tags:
        parts["nouns and adjectives"] = nominal(words, tags)
    for part, its in parts.items():
        row(name, part, "folded only", its, fold)
        row(name, part, "stem", its, stem)
        row(name, f"{part}, without diacritics", "stem", as_folded(its), stem)


def row(name: str, part: str, method: str, words: dict[str, Readings], cut: Callable[[str], str]) -> None:
    """Print one line."""
    its = measured(words, cut)
    print(f"| {name} | {part} | {method} | {its.words:,} | {its.pairs:,} | {its.recall:.3f} | {its.precision:.3f} |")


if __name__ == "__main__":
    main()
