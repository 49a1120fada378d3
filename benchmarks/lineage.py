"""How well lineages are traced: ``python benchmarks/lineage.py [--misses] [--only PART]``; needs ``../shared``.

1. Known models as repositories: chains and conflicts. 2. Real cards with their declared bases hidden. 3. Requests for a
lineage, and hostile repositories. Exits with 1 if a target is missed.
"""

from __future__ import annotations

import argparse

import lineage_hidden
import lineage_known
import lineage_requests

PARTS = ("known", "hidden", "requests", "hostile")


def main() -> int:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", action="store_true", help="list what was missed and what was wrong")
    parser.add_argument("--only", choices=PARTS)
    given = parser.parse_args()
    good = True
    for part in (given.only,) if given.only else PARTS:
        print(f"{part}:")
        match part:
            case "known":
                good &= lineage_known.main(misses=given.misses)
            case "hidden":
                good &= lineage_hidden.main(misses=given.misses)
            case "requests":
                good &= lineage_requests.requests()
            case _:
                good &= lineage_requests.hostile()
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())
