"""k-means, principal components and isolation forests of scikit-learn on tables of numbers.

A process that answers on standard output: after it has imported its libraries it prints READY; for each line
"FOLDER METHOD" on standard input it works on FOLDER/points.csv, whose last column is 1 for rows that are unusual, and prints
"MILLISECONDS SCORE": of the whole work; inertia, share of the variance that five components explain, or area under the ROC
curve. Ends at the end of input.
"""
import sys
import time
import warnings

import numpy as np
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.ensemble import IsolationForest
from sklearn.metrics import roc_auc_score

warnings.filterwarnings("ignore")
tables = {}

print("READY", flush=True)
for line in sys.stdin:
    folder, name = line.split()
    if folder not in tables:
        table = np.loadtxt(folder + "/points.csv", delimiter=",")
        tables[folder] = table[:, :-1].copy(), table[:, -1].copy()
    points, unusual = tables[folder]
    start = time.perf_counter()
    if name == "k_means":
        score = KMeans(8, n_init=10, random_state=1).fit(points).inertia_
    elif name == "components":
        fitted = PCA().fit(points)
        fitted.transform(points)
        score = fitted.explained_variance_ratio_[:5].sum()
    elif name == "isolation_forest":
        told = IsolationForest(n_estimators=100, max_samples=256, n_jobs=-1, random_state=1).fit(points)
        score = roc_auc_score(unusual, -told.score_samples(points))
    else:
        raise ValueError(name)
    millis = (time.perf_counter() - start) * 1000
    print(f"{millis:.3f} {score:.9f}", flush=True)
