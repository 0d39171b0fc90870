#!/usr/bin/python3
"""Prints the reference numbers that the statistics tests compare with, as JSON.

    python3 src/test/scipy/reference.py > src/test/resources/dev/datastudio/core/statistics/reference.json

Needs SciPy, NumPy and mpmath (Debian: python3-scipy python3-numpy python3-mpmath). Statistics and p-values come from
SciPy. What SciPy lacks, or computes in single precision (Shapiro-Wilk in 1.10), is computed here in double precision or
with mpmath from the published formulas, independently of the Java code:
noncentral distributions by integration or by their Poisson mixtures with 40 digits, Welch's ANOVA (1951), Dunn (1964),
Games-Howell (1976), Shapiro-Wilk by Royston's AS R94 (1995).
"""
import itertools
import json
import math

import mpmath as mp
import numpy as np
import scipy
from scipy import stats
from scipy.optimize import brentq

mp.mp.dps = 40
CASES = []
SIDES = {"two-sided": "TWO_SIDED", "less": "LESS", "greater": "GREATER"}


def spread(n, step, start, modulus):
    """The same numbers as spread() of the Java test: exact in doubles."""
    return np.array([((i * step + start) % modulus) / 64.0 for i in range(n)])


def number(value):
    return float(value) if math.isfinite(value) else None


def case(name, kind, samples, statistic, p, df=(), effects=None, alternative="two-sided", comparisons=None,
         tolerance=1e-10, **options):
    CASES.append({
        "name": name, "kind": kind, "samples": samples, "statistic": number(statistic), "p": number(p),
        "df": [float(d) for d in df], "effects": effects or {}, "alternative": SIDES[alternative],
        "comparisons": comparisons or [], "tolerance": tolerance, "options": options})


def one(x):
    return {"one": [float(v) for v in x]}


def groups(*xs):
    return {"groups": [[float(v) for v in x] for x in xs]}


def pairs(x, y):
    return {"pairs": [[float(v) for v in x], [float(v) for v in y]]}


# ---- independent formulas -------------------------------------------------------------------------------------------

def nct_cdf(t, df, delta):
    """P(Z + delta <= t sqrt(V / df)) by integration over the chi-square V."""
    t, df, delta = mp.mpf(t), mp.mpf(df), mp.mpf(delta)
    constant = mp.log(2) + df / 2 * mp.log(df / 2) - mp.loggamma(df / 2)
    density = lambda s: mp.e ** (constant + (df - 1) * mp.log(s) - df * s * s / 2)
    width = 1 / mp.sqrt(2 * df)
    ends = [mp.mpf("1e-12")] + [max(mp.mpf("1e-11") * (i + 2), 1 + width * k)
                                for i, k in enumerate((-6, -3, -1, 0, 1, 3, 6, 12, 20))]
    return mp.quad(lambda s: density(s) * mp.ncdf(t * s - delta), sorted(set(ends)))


def inverted(cdf, value, guess):
    return float(mp.findroot(lambda x: cdf(x) - value, (guess, guess + 0.1), tol=1e-28))


def t_interval(t, df, alpha=0.05):
    mp.mp.dps = 20
    low = inverted(lambda d: nct_cdf(t, df, d), 1 - alpha / 2, stats.nct.ppf(0.02, df, t) if abs(t) < 8 else t - 2)
    high = inverted(lambda d: nct_cdf(t, df, d), alpha / 2, t + 2)
    mp.mp.dps = 40
    return low, high


def mixture(part, lam):
    lam = mp.mpf(lam) / 2
    if lam == 0:
        return part(0)
    mode, total = int(lam), mp.mpf(0)
    for j in range(max(0, mode - 400), mode + 600):
        total += mp.e ** (j * mp.log(lam) - lam - mp.loggamma(j + 1)) * part(j)
    return total


def ncx2_cdf(x, df, lam):
    return mixture(lambda j: mp.gammainc(mp.mpf(df) / 2 + j, 0, mp.mpf(x) / 2, regularized=True), lam)


def ncf_cdf(f, a, b, lam):
    x = mp.mpf(a) * f / (a * f + b)
    return mixture(lambda j: mp.betainc(mp.mpf(a) / 2 + j, mp.mpf(b) / 2, 0, x, regularized=True), lam)


def lambdas(cdf, statistic, alpha=0.05):
    ends = []
    for target in (1 - alpha / 2, alpha / 2):
        if cdf(0) <= target:
            ends.append(0.0)
        else:
            high = 10.0 + 4 * statistic
            ends.append(brentq(lambda l: float(cdf(l) - target), 0, high, xtol=1e-13, rtol=1e-14))
    return ends


def hedges_factor(df):
    return math.exp(math.lgamma(df / 2) - math.lgamma((df - 1) / 2)) * math.sqrt(2 / df)


def cohen(t, df, root):
    low, high = t_interval(t, df)
    j = hedges_factor(df)
    return {"Cohen's d": [t / root, low / root, high / root], "Hedges' g": [t / root * j, low / root * j, high / root * j]}


def eta(f, a, b, n):
    low, high = lambdas(lambda l: ncf_cdf(f, a, b, l), a * f)
    omega = max(0, a * (f - 1) / (a * (f - 1) + n))
    return {"eta squared": [a * f / (a * f + b), low / (low + n), high / (high + n)], "omega squared": [omega]}


def cramer(chi, df, n, scale):
    low, high = lambdas(lambda l: ncx2_cdf(chi, df, l), chi)
    value = math.sqrt(chi / (n * scale))
    return [value, 0 if low == 0 else math.sqrt((low + df) / (n * scale)),
            value if high == 0 else min(1, math.sqrt((high + df) / (n * scale)))]


def fisher_z(r, error):
    if abs(r) >= 1:
        return [r]
    z, reach = math.atanh(r), stats.norm.isf(0.025) * error
    return [r, math.tanh(z - reach), math.tanh(z + reach)]


def shapiro(x):
    """Royston's AS R94 in double precision."""
    x = np.sort(np.asarray(x, dtype=float))
    n = len(x)
    if n == 3:
        a = np.array([math.sqrt(0.5), 0, -math.sqrt(0.5)])
    else:
        m = stats.norm.ppf((np.arange(1, n + 1) - 0.375) / (n + 0.25))
        mm = float(m @ m)
        u = 1 / math.sqrt(n)
        a = np.empty(n)
        an = np.polyval([-2.706056, 4.434685, -2.07119, -.147981, .221157, 0], u) + m[-1] / math.sqrt(mm)
        if n > 5:
            an1 = np.polyval([-3.582633, 5.682633, -1.752461, -.293762, .042981, 0], u) + m[-2] / math.sqrt(mm)
            phi = (mm - 2 * m[-1] ** 2 - 2 * m[-2] ** 2) / (1 - 2 * an ** 2 - 2 * an1 ** 2)
            a[2:-2] = m[2:-2] / math.sqrt(phi)
            a[-1], a[-2], a[0], a[1] = an, an1, -an, -an1
        else:
            phi = (mm - 2 * m[-1] ** 2) / (1 - 2 * an ** 2)
            a[1:-1] = m[1:-1] / math.sqrt(phi)
            a[-1], a[0] = an, -an
    off = x - x.mean()
    w = float(a @ off) ** 2 / float(off @ off) / float(a @ a)
    if n == 3:
        return w, max(0, 6 / math.pi * (math.asin(math.sqrt(min(1, w))) - math.asin(math.sqrt(0.75))))
    y, ln = math.log1p(-w), math.log(n)
    if n <= 11:
        gamma = .459 * n - 2.273
        y = -math.log(gamma - y)
        mu = np.polyval([-6.714e-4, .025054, -.39978, .544], n)
        sigma = math.exp(np.polyval([-.0020322, .062767, -.77857, 1.3822], n))
    else:
        mu = np.polyval([.0038915, -.083751, -.31082, -1.5861], ln)
        sigma = math.exp(np.polyval([.0030302, -.082676, -.4803], ln))
    return w, float(stats.norm.sf((y - mu) / sigma))


def exact_pearson_p(x, y, side):
    a, b = [mp.mpf(float(v)) for v in x], [mp.mpf(float(v)) for v in y]
    n = len(a)
    ma, mb = mp.fsum(a) / n, mp.fsum(b) / n
    r = mp.fsum((u - ma) * (v - mb) for u, v in zip(a, b)) / mp.sqrt(
        mp.fsum((u - ma) ** 2 for u in a) * mp.fsum((v - mb) ** 2 for v in b))
    two = mp.betainc(mp.mpf(n) / 2 - 1, mp.mpf("0.5"), 0, 1 - r * r, regularized=True)
    return float(two if side == "two-sided" else two / 2 if (side == "greater") == (r > 0) else 1 - two / 2)


def welch_anova(xs):
    k = len(xs)
    n = np.array([len(x) for x in xs])
    mean = np.array([np.mean(x) for x in xs])
    w = n / np.array([np.var(x, ddof=1) for x in xs])
    grand = (w @ mean) / w.sum()
    tmp = (((1 - w / w.sum()) ** 2) / (n - 1)).sum()
    f = (w @ (mean - grand) ** 2) / (k - 1) / (1 + 2 * (k - 2) / (k * k - 1) * tmp)
    df = (k * k - 1) / (3 * tmp)
    return f, stats.f.sf(f, k - 1, df), (k - 1, df)


def holm(ps):
    order = sorted(range(len(ps)), key=lambda i: ps[i])
    out, bound = [0] * len(ps), 0
    for rank, i in enumerate(order):
        bound = max(bound, min(1, ps[i] * (len(ps) - rank)))
        out[i] = bound
    return out


# ---- cases ----------------------------------------------------------------------------------------------------------

rng = np.random.RandomState(20240315)
NORMAL = np.round(rng.normal(10, 2, 40), 3)
SHIFTED = np.round(rng.normal(11.2, 3, 35), 3)
THIRD = np.round(rng.normal(9.1, 2.2, 28), 3)
SKEWED = np.round(rng.lognormal(1, 0.9, 60), 4)
SKEWED2 = np.round(rng.lognormal(1.4, 0.8, 45), 4)
TIED = rng.randint(0, 6, 50)
TIED2 = rng.randint(1, 8, 44)
TIED3 = rng.randint(0, 4, 30)
TINY = np.array([1.5, 2.25, 4.0, 3.5])
TINY2 = np.array([5.0, 6.5, 4.25, 8.125, 7.0])
FAR = np.round(rng.normal(1000, 0.01, 60), 6)
NEAR = np.round(rng.normal(0, 0.01, 60), 6)
X = np.round(rng.normal(0, 1, 30), 3)
Y = np.round(0.5 * X + rng.normal(0, 1, 30), 3)
LINE = np.arange(1, 61) + np.round(rng.normal(0, 1e-4, 60), 7)
TWO = [("normal", NORMAL, SHIFTED), ("tiny", TINY, TINY2), ("skewed", SKEWED, SKEWED2), ("ties", TIED, TIED2)]

for name, x, mu in [("normal", NORMAL, 9.5), ("tiny", TINY, 0), ("skewed", SKEWED, 4), ("far", FAR, 0)]:
    for side in SIDES:
        r = stats.ttest_1samp(x, mu, alternative=side)
        effects = cohen(r.statistic, len(x) - 1, math.sqrt(len(x))) if side == "two-sided" and name != "far" else {}
        case(f"one-sample t, {name}, {side}", "ONE_SAMPLE_T", one(x), r.statistic, r.pvalue, [len(x) - 1], effects,
             side, reference=mu)
for name, x, y in TWO + [("p near zero", FAR, NEAR)]:
    for side in SIDES:
        r = stats.ttest_ind(x, y, alternative=side)
        n, m = len(x), len(y)
        effects = cohen(r.statistic, n + m - 2, math.sqrt(n * m / (n + m))) if side == "two-sided" and name[0] != "p" else {}
        case(f"Student, {name}, {side}", "STUDENT_T", groups(x, y), r.statistic, r.pvalue, [n + m - 2], effects, side)
        r = stats.ttest_ind(x, y, equal_var=False, alternative=side)
        a, b = np.var(x, ddof=1), np.var(y, ddof=1)
        df = (a / n + b / m) ** 2 / ((a / n) ** 2 / (n - 1) + (b / m) ** 2 / (m - 1))
        d = (np.mean(x) - np.mean(y)) / math.sqrt((a + b) / 2)
        v = ((a + b) / 2)
        se = math.sqrt(d * d * (a * a / (n - 1) + b * b / (m - 1)) / (8 * v * v) + (a / (n - 1) + b / (m - 1)) / v)
        z = stats.norm.isf(0.025)
        case(f"Welch, {name}, {side}", "WELCH_T", groups(x, y), r.statistic, r.pvalue, [df],
             {"Cohen's d": [d, d - z * se, d + z * se]}, side)
for side in SIDES:
    r = stats.ttest_rel(X, Y, alternative=side)
    case(f"paired t, {side}", "PAIRED_T", pairs(X, Y), r.statistic, r.pvalue, [29],
         cohen(r.statistic, 29, math.sqrt(30)) if side == "two-sided" else {}, side)

THREE = [("normal", [NORMAL, SHIFTED, THIRD]), ("skewed", [SKEWED, SKEWED2, NORMAL]), ("ties", [TIED, TIED2, TIED3]),
         ("four", [NORMAL, SHIFTED, THIRD, TINY2])]
for name, xs in THREE:
    n, k = sum(map(len, xs)), len(xs)
    f, p = stats.f_oneway(*xs)
    comparisons = []
    tukey = stats.tukey_hsd(*xs)
    ci = tukey.confidence_interval(0.95)
    for i, j in itertools.combinations(range(k), 2):
        comparisons.append([float(tukey.statistic[i, j]), float(tukey.pvalue[i, j]), float(ci.low[i, j]),
                            float(ci.high[i, j])])
    case(f"ANOVA, {name}", "ANOVA", groups(*xs), f, p, [k - 1, n - k], eta(f, k - 1, n - k, n),
         comparisons=comparisons)
    f, p, df = welch_anova(xs)
    comparisons = []
    for i, j in itertools.combinations(range(k), 2):
        a, b = np.var(xs[i], ddof=1) / len(xs[i]), np.var(xs[j], ddof=1) / len(xs[j])
        d = np.mean(xs[i]) - np.mean(xs[j])
        gdf = (a + b) ** 2 / (a * a / (len(xs[i]) - 1) + b * b / (len(xs[j]) - 1))
        comparisons.append([d, float(stats.studentized_range.sf(abs(d) / math.sqrt((a + b) / 2), k, gdf))])
    case(f"Welch ANOVA, {name}", "WELCH_ANOVA", groups(*xs), f, p, df, comparisons=comparisons)
    h, p = stats.kruskal(*xs)
    ranks = stats.rankdata(np.concatenate(xs))
    ties = sum(t ** 3 - t for t in np.unique(ranks, return_counts=True)[1])
    means = [part.mean() for part in np.split(ranks, np.cumsum([len(x) for x in xs])[:-1])]
    raw, diffs = [], []
    for i, j in itertools.combinations(range(k), 2):
        se = math.sqrt((n * (n + 1) / 12 - ties / (12 * (n - 1))) * (1 / len(xs[i]) + 1 / len(xs[j])))
        diffs.append(means[i] - means[j])
        raw.append(2 * stats.norm.sf(abs(means[i] - means[j]) / se))
    case(f"Kruskal, {name}", "KRUSKAL_WALLIS", groups(*xs), h, p, [k - 1], {"epsilon squared": [h / (n - 1)]},
         comparisons=[[d, q] for d, q in zip(diffs, holm(raw))])
    for kind, center in (("LEVENE", "mean"), ("BROWN_FORSYTHE", "median")):
        w, p = stats.levene(*xs, center=center)
        case(f"{kind}, {name}", kind, groups(*xs), w, p, [k - 1, n - k])
    t, p = stats.bartlett(*xs)
    case(f"Bartlett, {name}", "BARTLETT", groups(*xs), t, p, [k - 1])

for name, x, y in TWO + [("apart", NORMAL, SHIFTED + 50), ("small", NORMAL[:7], SHIFTED[:9])]:
    x, y = np.asarray(x, float), np.asarray(y, float)
    for side, correct in itertools.product(SIDES, (True, False)):
        r = stats.mannwhitneyu(x, y, use_continuity=correct, alternative=side, method="asymptotic")
        b = 2 * r.statistic / (len(x) * len(y)) - 1
        effects = {"rank-biserial correlation": fisher_z(b, math.sqrt((len(x) + len(y) + 1) / (3 * len(x) * len(y))))}
        case(f"Mann-Whitney asymptotic, {name}, {side}, {correct}", "MANN_WHITNEY", groups(x, y), r.statistic, r.pvalue,
             (), effects if abs(b) < 1 else {}, side, method="ASYMPTOTIC",
             continuity="DEFAULT" if correct else "NONE")
    if len(np.unique(np.concatenate([x, y]))) == len(x) + len(y):
        for side in SIDES:
            r = stats.mannwhitneyu(x, y, alternative=side, method="exact")
            case(f"Mann-Whitney exact, {name}, {side}", "MANN_WHITNEY", groups(x, y), r.statistic, r.pvalue, (), {},
                 side, method="EXACT")

PAIRS = [("normal", X, Y), ("far", X + 5, Y), ("ties", TIED[:44], TIED2), ("line", LINE, LINE * 1.01 - 20)]
for name, x, y in PAIRS:
    d = np.asarray(x, float) - np.asarray(y, float)
    for side, correct in itertools.product(SIDES, (True, False)):
        r = stats.wilcoxon(d, correction=correct, alternative=side, mode="approx")
        case(f"Wilcoxon asymptotic, {name}, {side}, {correct}", "WILCOXON", pairs(x, y), r.statistic, r.pvalue, (), {},
             side, method="ASYMPTOTIC", continuity="DEFAULT" if correct else "NONE")
    a = np.abs(d)
    if len(np.unique(a)) == len(a) and a.min() > 0:
        for side in SIDES:
            r = stats.wilcoxon(d, alternative=side, mode="exact")
            case(f"Wilcoxon exact, {name}, {side}", "WILCOXON", pairs(x, y), r.statistic, r.pvalue, (), {}, side,
                 method="EXACT")

CORRELATED = [("normal", X, Y), ("ties", TIED[:44], TIED2), ("line", LINE, LINE * 2 + NEAR), ("falling", X, -X ** 3),
              ("tiny", TINY, TINY2[:4]), ("far", FAR, NEAR)]
for name, x, y in CORRELATED:
    x, y = np.asarray(x, float), np.asarray(y, float)
    n = len(x)
    distinct = len(np.unique(x)) == n and len(np.unique(y)) == n
    for side in SIDES:
        r = stats.pearsonr(x, y, alternative=side)
        # A mean of 1000 and a deviation of 0.01 leave SciPy's own coefficient 11 digits; near 1 its p-value has 7.
        p = r.pvalue if name != "line" else exact_pearson_p(x, y, side)
        case(f"Pearson, {name}, {side}", "PEARSON", pairs(x, y), r.statistic, p, [n - 2],
             {"Pearson's r": fisher_z(r.statistic, 1 / math.sqrt(n - 3))} if name != "line" and n > 4 else {}, side,
             tolerance=1e-9 if name in ("far", "line") else 1e-10)
        r = stats.spearmanr(x, y, alternative=side)
        if abs(r.correlation) < 1 - 1e-9:
            rho = r.correlation
            case(f"Spearman, {name}, {side}", "SPEARMAN", pairs(x, y), rho, r.pvalue, [n - 2],
                 {"Spearman's rho": fisher_z(rho, math.sqrt((1 + rho ** 2 / 2) / (n - 3)))} if n > 4 else {}, side)
        r = stats.kendalltau(x, y, method="asymptotic", alternative=side)
        case(f"Kendall asymptotic, {name}, {side}", "KENDALL", pairs(x, y), r.statistic, r.pvalue, (),
             {"Kendall's tau-b": fisher_z(r.statistic, math.sqrt(0.437 / (n - 4)))}
             if n > 4 and abs(r.statistic) < 1 - 1e-9 else {}, side, method="ASYMPTOTIC")
        if distinct:
            r = stats.kendalltau(x, y, method="exact", alternative=side)
            case(f"Kendall exact, {name}, {side}", "KENDALL", pairs(x, y), r.statistic, r.pvalue, (), {}, side,
                 method="EXACT")

for name, x in [("normal", NORMAL), ("skewed", SKEWED), ("ties", TIED), ("tiny", TINY), ("three", TINY[:3]),
                ("eleven", X[:11]), ("twelve", X[:12]), ("five", X[:5]), ("six", X[:6]), ("far", FAR)]:
    w, p = shapiro(x)
    single = stats.shapiro(np.asarray(x) - np.mean(x))
    assert abs(single.statistic - w) < 1e-5 and abs(single.pvalue - p) < 1e-4, (name, w, p, single)
    case(f"Shapiro, {name}", "SHAPIRO_WILK", one(x), w, p)
    if len(x) >= 20:
        k, p = stats.normaltest(x)
        case(f"D'Agostino, {name}", "DAGOSTINO_PEARSON", one(x), k, p, tolerance=1e-8 if name == "far" else 1e-10)

for name, x, d, args in [("normal", NORMAL, "norm", (10, 2)), ("uniform", SKEWED / 40, "uniform", (0, 1)),
                         ("exponential", SKEWED, "expon", (0, 4)), ("off", NORMAL, "norm", (12, 2))]:
    for side in SIDES:
        r = stats.kstest(x, d, args, alternative=side, mode="exact")
        case(f"KS one, {name}, {side}", "KOLMOGOROV_SMIRNOV", one(x), r.statistic, r.pvalue, (), {}, side,
             distribution=[d, *args])
for name, x, y in TWO[:3] + [("apart", NORMAL, SHIFTED + 5)]:
    for side in SIDES:
        r = stats.ks_2samp(x, y, alternative=side, mode="exact")
        case(f"KS two exact, {name}, {side}", "KOLMOGOROV_SMIRNOV", groups(x, y), r.statistic, r.pvalue, (), {}, side,
             method="EXACT")
    r = stats.ks_2samp(x, y, mode="asymp")
    case(f"KS two asymptotic, {name}", "KOLMOGOROV_SMIRNOV", groups(x, y), r.statistic, r.pvalue, method="ASYMPTOTIC")

TABLES = [("2x2", [[12, 5], [7, 21]]), ("small", [[3, 1], [1, 4]]), ("3x4", [[10, 20, 30, 5], [6, 9, 30, 2], [8, 8, 8, 8]]),
          ("large", [[5000, 100], [200, 4000]]), ("even", [[10, 11], [11, 10]]), ("zero", [[8, 0], [3, 6]])]
for name, table in TABLES:
    n, scale = float(np.sum(table)), min(np.shape(table)) - 1
    chi, p, df, _ = stats.chi2_contingency(table, correction=False)
    case(f"chi-square, {name}", "CHI_SQUARE_INDEPENDENCE", {"table": table}, chi, p, [df],
         {"Cramér's V": cramer(chi, df, n, scale)} if name != "large" else {})
    if df == 1:
        c2, p, df, _ = stats.chi2_contingency(table, correction=True)
        case(f"chi-square Yates, {name}", "CHI_SQUARE_INDEPENDENCE", {"table": table}, c2, p, [df],
             continuity="CORRECTED")
        for side in SIDES:
            odds, p = stats.fisher_exact(table, alternative=side)
            effects = {}
            if name != "zero":
                interval = stats.contingency.odds_ratio(table, kind="sample").confidence_interval(0.95)
                effects = {"odds ratio": [odds, interval.low, interval.high]}
            case(f"Fisher, {name}, {side}", "FISHER_EXACT", {"table": table}, odds, p, (), effects, side)
for name, counts, shares in [("even", [18, 22, 16, 30], []), ("shares", [18, 22, 16, 30], [1, 2, 1, 3]),
                             ("far", [4000, 10, 10], [])]:
    f = np.array(shares or [1] * len(counts), float)
    chi, p = stats.chisquare(counts, f / f.sum() * sum(counts))
    case(f"goodness of fit, {name}", "CHI_SQUARE_GOODNESS_OF_FIT", {"counts": counts}, chi, p, [len(counts) - 1],
         expected=shares)

A, B = spread(20000, 7919, 17, 10007), spread(15000, 6007, 5, 9973)
C = spread(20000, 104729, 3, 8191)
for kind, f in [("STUDENT_T", lambda: stats.ttest_ind(A, B)), ("MANN_WHITNEY", lambda: stats.mannwhitneyu(A, B)),
                ("ANOVA", lambda: stats.f_oneway(A, B)), ("KRUSKAL_WALLIS", lambda: stats.kruskal(A, B)),
                ("KOLMOGOROV_SMIRNOV", lambda: stats.ks_2samp(A, B, mode="asymp"))]:
    r = f()
    case(f"large {kind}", kind, {"spread": [[20000, 7919, 17, 10007], [15000, 6007, 5, 9973]]}, r.statistic, r.pvalue,
         tolerance=1e-9)
for kind, f in [("PEARSON", stats.pearsonr), ("SPEARMAN", stats.spearmanr), ("KENDALL", stats.kendalltau)]:
    r = f(A, C)
    case(f"large {kind}", kind, {"spreadPairs": [[20000, 7919, 17, 10007], [20000, 104729, 3, 8191]]},
         r[0], r[1], tolerance=1e-9)

print(json.dumps({"scipy": scipy.__version__, "numpy": np.__version__, "mpmath": mp.__version__}, indent=None)[:-1]
      + ', "cases": [\n' + ",\n".join(json.dumps(c, ensure_ascii=False) for c in CASES) + "\n]}")
