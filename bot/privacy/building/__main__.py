"""`python -m bot.privacy.building`: writes data/weights.csv anew; with `--check`, measures fold by fold instead."""

from __future__ import annotations

import argparse
import csv
import io

from bot.privacy import lexicon as lists
from bot.privacy.building import fit, material
from bot.privacy.scorer import THRESHOLD, WEIGHTS, Scorer


def _table(scorer: Scorer) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows(("letters", sign, weight) for sign, weight in sorted(scorer.letters.items()))
    writer.writerows(("sign", sign, weight) for sign, weight in sorted(scorer.signs.items()))
    writer.writerows(("neighbour", word, "") for word in sorted(scorer.vocabulary))
    return out.getvalue()


def _check() -> None:
    lexicon = lists.load()
    for fold in range(material.FOLDS):
        scorer = fit.make(fold)
        unlisted = material.other_names(fold, inside=True)
        words = [word for word in sorted(lexicon.christened) if material.fold_of(word) == fold]
        named = [one for one in material.development() if one.fold == fold and one.spans]
        calm = [one for one in material.harmless() if one.fold == fold]
        calm += [one for one in material.development() if one.fold == fold and not one.spans and not one.other]
        tried = fit.examples(
            (other for one in named for other in material.with_other_names(one, unlisted, words, fold)), scorer, lexicon
        )
        quiet = fit.examples(calm, scorer, lexicon)
        for name, found in (
            ("names", [one for one in tried if one[1]]),
            ("words beside names", [one for one in tried if not one[1]]),
            ("harmless", quiet),
        ):
            hits = sum(scorer.score(signs) > THRESHOLD for signs, _ in found)
            print(f"fold {fold}: {name}: {hits} of {len(found)} weighed as names ({len(calm)} harmless messages)")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bot.privacy.building", description=__doc__)
    parser.add_argument("--check", action="store_true", help="measure fold by fold, and write nothing")
    if parser.parse_args().check:
        _check()
        return
    WEIGHTS.write_text(_table(fit.make()), encoding="utf-8")


if __name__ == "__main__":
    main()
