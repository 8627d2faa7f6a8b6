"""Holds the branches that were reached, of what llvm-cov has exported, against floors.

    coverage_floors.py EXPORT.json NAME:PERCENT:PATH[,PATH...]...

A branch is one outcome of a condition. Those of a CHECK are left out: that its condition fails is
what must never come. Prints a line for each NAME, and each branch that nothing reaches where the
floor is not held. Exits with 1 if one is not.
"""

import json
import os
import sys


def branches_of(export, paths):
    """The outcomes in the files below the paths: (file, line, column, outcome) -> how often."""
    counts = {}
    for file in export["data"][0]["files"]:
        name = os.path.relpath(file["filename"])
        if not any(name == path or name.startswith(path + "/") for path in paths):
            continue
        # What a macro expands to is not in this list, so a CHECK is not.
        for line, column, _, _, true_count, false_count, *_ in file["branches"]:
            for outcome, count in (("true", true_count), ("false", false_count)):
                key = (name, line, column, outcome)
                counts[key] = counts.get(key, 0) + count
    return counts


def main(export_path, *floors):
    with open(export_path, encoding="utf-8") as stream:
        export = json.load(stream)
    status = 0
    for floor in floors:
        name, percent, paths = floor.split(":")
        counts = branches_of(export, paths.split(","))
        reached = sum(count > 0 for count in counts.values())
        if not counts:
            sys.exit(f"coverage: nothing of {paths} is in {export_path}")
        share = 100 * reached / len(counts)
        held = share >= float(percent)
        print(f"{name:5} {reached} of {len(counts)} branches, {share:.1f} %,"
              f" floor {percent} %{'' if held else ': NOT REACHED'}")
        if held:
            continue
        status = 1
        for (file, line, column, outcome), count in sorted(counts.items()):
            if count == 0:
                print(f"  {file}:{line}:{column} is never {outcome}")
    return status


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
