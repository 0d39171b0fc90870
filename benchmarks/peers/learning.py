"""Classical models of scikit-learn and XGBoost on tables of numbers, fitted and used for prediction.

A process that answers on standard output: after it has imported its libraries it prints READY; for each line
"FOLDER ALGORITHM PARTS" on standard input it fits on FOLDER/train0.f64, predicts FOLDER/test0.f64 (64-bit numbers: how
many columns there are, then row by row; the last column is the target, classes are 0, 1, ...), and so on for each part,
and prints "MILLISECONDS SCORE PEAK_MEGABYTES": of fit and prediction of all parts, the mean of accuracy or R2, and the
largest resident set so far. Ends at the end of input.
"""
import sys
import time
import warnings

import numpy as np
import xgboost
from sklearn.ensemble import (HistGradientBoostingClassifier, HistGradientBoostingRegressor, RandomForestClassifier,
                              RandomForestRegressor)
from sklearn.linear_model import Lasso, LinearRegression, LogisticRegression, Ridge
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
from sklearn.svm import SVC, SVR
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

warnings.filterwarnings("ignore")
tables = {}


def table(file):
    if file not in tables:
        numbers = np.fromfile(file, dtype="<f8")
        rows = numbers[1:].reshape(-1, int(numbers[0]))
        tables[file] = rows[:, :-1].copy(), rows[:, -1].copy()
    return tables[file]


def model(name, classes):
    if name == "linear_regression":
        return LinearRegression()
    if name == "ridge":
        return Ridge(alpha=1.0)
    if name == "lasso":
        return Lasso(alpha=0.01)
    if name == "logistic_regression":
        return LogisticRegression(max_iter=200)
    if name == "decision_tree":
        return DecisionTreeClassifier(random_state=1) if classes else DecisionTreeRegressor(random_state=1)
    if name == "random_forest":
        return (RandomForestClassifier(100, n_jobs=-1, random_state=1) if classes
                else RandomForestRegressor(100, n_jobs=-1, random_state=1))
    if name == "nearest_neighbours":
        return KNeighborsClassifier(5, n_jobs=-1) if classes else KNeighborsRegressor(5, n_jobs=-1)
    if name == "support_vector_machine":
        return SVC() if classes else SVR()
    if name == "gradient_boosting":
        return (HistGradientBoostingClassifier(random_state=1, early_stopping=False) if classes
                else HistGradientBoostingRegressor(random_state=1, early_stopping=False))
    if name == "xg_boost":
        kind = xgboost.XGBClassifier if classes else xgboost.XGBRegressor
        return kind(n_estimators=200, learning_rate=0.1, max_depth=6, tree_method="hist", n_jobs=-1)
    raise ValueError(name)


def answer(folder, name, parts):
    millis = 0
    scores = []
    for part in range(parts):
        x, y = table(f"{folder}/train{part}.f64")
        test, truth = table(f"{folder}/test{part}.f64")
        classes = np.all(y == np.rint(y)) and len(np.unique(y)) <= 10
        fitted = model(name, classes)
        start = time.perf_counter()
        fitted.fit(x, y.astype(int) if classes else y)
        told = fitted.predict(test)
        millis += (time.perf_counter() - start) * 1000
        if classes:
            scores.append(np.mean(told == truth))
        else:
            scores.append(1 - np.sum((told - truth) ** 2) / np.sum((truth - truth.mean()) ** 2))
    return f"{millis:.3f} {np.mean(scores):.6f} {peak_megabytes():.1f}"


def peak_megabytes():
    """Not by getrusage, whose figure begins with that of the process that started this one."""
    with open("/proc/self/status") as lines:
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:"))


print("READY", flush=True)
for line in sys.stdin:
    folder, name, parts = line.split()
    print(answer(folder, name, int(parts)), flush=True)
