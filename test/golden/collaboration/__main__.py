"""Second route to `coherent-2022` and `release`: Python's standard library only, nothing shared with the program.

    python3 test/golden/collaboration points    chi-squares at 60 random points, CSV
    python3 test/golden/collaboration numbers   what the collaborations' papers print, JSON
    python3 test/golden/collaboration readings  how far other readings of what the papers leave open move results

It starts from the project's data files, as the program does, and takes nuclei, flux and quadrature from
`independent.py` beside it. A nuisance is a `Variable`; a data set gives its expected counts and their derivatives.
"""

import json
import os
import sys

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))

from data import digest  # noqa: E402
from numbers_c22 import coherent_2022  # noqa: E402
from numbers_release import release  # noqa: E402
from points import table  # noqa: E402
from readings import lines  # noqa: E402


def main(arguments):
    if arguments in (["points"], ["readings"]):
        for line in table() if arguments == ["points"] else lines():
            print(line, flush=True)
    elif arguments == ["numbers"]:
        made_from = {name: digest(name) for name in ("csi", "lar", "ge")}
        numbers = {k: float(f"{v:.8g}") for k, v in {**coherent_2022(), **release()}.items()}
        print(json.dumps({"data": made_from, "numbers": numbers}, indent=2))
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
