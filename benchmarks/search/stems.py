"""Recall and precision of Latvian stems, as the spelling dictionary sees it.

    uv run --with chunspell python -m benchmarks.search.stems FOLDER [FILE...]

FOLDER holds `lv_LV.aff` and `lv_LV.dic` (Debian's package hunspell-lv; LGPL, used here only). The starter directory's
texts are always measured. Files are plain text or CoNLL-U: the rules were shaped on the older splits of the treebank
UD_Latvian-LVTB, less the sentences of `lv_lvtb-ud-dev.conllu` of version 2.17, which is the file to give. Each text is
measured with all words that the dictionary knows, and without those that it reads as forms of several words.
"""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.search.judged import judged, measured, starter_text, treebank_text, unequivocal
from service.catalogue.words import fold
from service.search.stemmer import stem


def main() -> None:
    import hunspell

    folder, *files = sys.argv[1:]
    dictionary = hunspell.Hunspell("lv_LV", hunspell_data_dir=folder)
    texts = {"the starter directory": starter_text(), **{Path(f).name: treebank_text(Path(f)) for f in files}}
    print("| text | stem | words | pairs | recall | precision |\n|---|---|---|---|---|---|")
    for name, text in texts.items():
        words = judged(text, dictionary)
        for which, its in ((name, words), (f"{name}, of one reading", unequivocal(words))):
            for method, cut in (("folded only", fold), ("stem", stem)):
                figures = measured(its, cut)
                print(f"| {which} | {method} | {figures.words:,} | {figures.pairs:,} |", end="")
                print(f" {figures.recall:.3f} | {figures.precision:.3f} |")


if __name__ == "__main__":
    main()
