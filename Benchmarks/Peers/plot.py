# SPDX-License-Identifier: Apache-2.0
"""Draws the rows of a run as bars, times as fast by peer: ROWS PICTURE... (SVG, PNG)."""

import json
import math
import sys

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt


def means(path):
    """Geometric means by benchmark and peer, in the order of the file; the last of equal rows counts."""
    rows = {}
    with open(path) as file:
        for line in filter(str.strip, file):
            row = json.loads(line)
            if row.get("ratio", 0) > 0:
                rows[row["benchmark"], row["input"], row["peer"]] = row["ratio"]
    groups = {}
    for (benchmark, _, peer), ratio in rows.items():
        groups.setdefault((benchmark, peer), []).append(math.log(ratio))
    return {name: math.exp(sum(logs) / len(logs)) for name, logs in groups.items()}


def draw(bars, pictures):
    names = [f"{benchmark}  ·  {peer}" for benchmark, peer in bars]
    values = list(bars.values())
    figure, axes = plt.subplots(figsize=(10, 1 + 0.24 * len(names)), layout="constrained")
    axes.barh(names, values, left=0, color=["#2b6cb0" if value >= 1 else "#c05621" for value in values])
    axes.set_xscale("log")
    axes.axvline(1, color="black", linewidth=0.8)
    axes.invert_yaxis()
    axes.margins(y=0.005)
    axes.tick_params(labelsize=8)
    axes.set_xlabel("times as fast as the peer, geometric mean of the inputs")
    for place, value in enumerate(values):
        axes.text(value, place, f" {value:.3g}", va="center", fontsize=7)
    for picture in pictures:
        figure.savefig(picture, dpi=110)


draw(means(sys.argv[1]), sys.argv[2:])
