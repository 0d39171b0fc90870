"""Eleven charts with matplotlib and seaborn, each as SVG and PNG of the sizes that Studio's charts have.

A process that answers on standard output: after it has imported its libraries and read the data it prints READY; for each
line on standard input it draws all charts once and prints the milliseconds, one number a line. Ends at the end of input.

Usage: charts.py DATA.csv OUT_FOLDER
"""
import os
import sys
import time
import warnings

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import seaborn as sns

warnings.filterwarnings("ignore")
WIDTH, HEIGHT, DPI = 8.0, 5.0, 200  # 1600 x 1000 pixels


def histogram(data, ax):
    sns.histplot(data, x="amount", bins=30, ax=ax)


def density(data, ax):
    sns.kdeplot(data, x="amount", hue="region", fill=True, common_norm=False, ax=ax)


def scatter(data, ax):
    sns.regplot(data=data.head(2000), x="price", y="amount", scatter_kws={"s": 12, "alpha": 0.4}, ci=None, ax=ax)


def bar(data, ax):
    data.groupby("product")["amount"].sum().plot.bar(ax=ax)


def line(data, ax):
    data.groupby("month")["amount"].sum().plot.line(ax=ax)


def heatmap(data, ax):
    sns.heatmap(data[["amount", "price", "distance", "rating"]].corr(), annot=True, fmt=".2f", vmin=-1, vmax=1, ax=ax)


def box(data, ax):
    sns.boxplot(data, x="region", y="amount", ax=ax)


def violin(data, ax):
    sns.violinplot(data, x="region", y="amount", ax=ax)


def pie(data, ax):
    data["product"].value_counts().plot.pie(ax=ax, autopct="%.0f%%")


def area(data, ax):
    data.pivot_table(index="month", columns="region", values="amount", aggfunc="sum").plot.area(ax=ax)


def pair(data):
    few = data.head(500)[["amount", "price", "distance", "rating", "region"]]
    return sns.pairplot(few, hue="region", corner=False, height=HEIGHT / 4, aspect=WIDTH / HEIGHT).figure


CHARTS = [histogram, density, scatter, bar, line, heatmap, box, violin, pie, area]


def save(figure, folder, name):
    figure.savefig(os.path.join(folder, name + ".svg"))
    figure.savefig(os.path.join(folder, name + ".png"), dpi=DPI)
    plt.close(figure)


def draw_all(data, folder):
    for chart in CHARTS:
        figure, ax = plt.subplots(figsize=(WIDTH, HEIGHT))
        chart(data, ax)
        ax.set_title(chart.__name__)
        save(figure, folder, chart.__name__)
    save(pair(data), folder, "pair")


def main():
    data = pd.read_csv(sys.argv[1], parse_dates=["month"])
    folder = sys.argv[2]
    print("READY", flush=True)
    for _ in sys.stdin:
        start = time.perf_counter()
        draw_all(data, folder)
        print((time.perf_counter() - start) * 1000, flush=True)


if __name__ == "__main__":
    main()
