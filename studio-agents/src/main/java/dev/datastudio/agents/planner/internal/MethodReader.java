package dev.datastudio.agents.planner.internal;

import static dev.datastudio.agents.planner.internal.Sentence.phrase;

import dev.datastudio.core.analysis.Detail.Alternative;
import dev.datastudio.core.analysis.Detail.TestKind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads which test or coefficient is wanted, at which level, on which side, and by which formula. */
final class MethodReader {
    private static final String TEST =
            "(?: (?:hypothesis|statistical|significance|normality|correlation|of normality|of independence|for normality|statistic))?(?: tests?)?(?: statistics?)?(?: for normality| of normality| of independence)?";
    private static final Map<Pattern, TestKind> TESTS = tests();
    private static final Map<Pattern, TestKind> COEFFICIENTS = Map.of(
            coefficient("pearson(?: product moment)?"), TestKind.PEARSON,
            coefficient("spearman(?: rank)?"), TestKind.SPEARMAN,
            coefficient("kendall(?: rank)?(?: tau(?: b)?)?"), TestKind.KENDALL);
    private static final Pattern OTHER_TEST = phrase(
            "(anderson darling|lilliefors|jarque bera|cramer von mises|ljung box|durbin watson|dickey fuller|granger|mcnemar|cochran|friedman|tukey hsd|two way anova|manova|ancova|z test)");

    private static final Pattern LEVEL = phrase(
            "(?:at |with |using |and |set |use )?(?:a )?(?:(?:statistical )?significance(?: level)?|alpha(?: level)?|level(?: of significance)?|confidence level)(?: \\(?alpha\\)?| alpha| level| significance level| significance| that is| value)*(?: (?:of|is|at|=|:|to|equal to|should be|being|set at|set to))* <n>(?: (?:§n\\d+))?(?: (?:should be|is|be) (?:taken|used|set) as significance level)?");
    private static final Pattern LEVEL_AFTER = phrase(
            "(?:at |with |using )?<n>(?: level)?(?: of)? (?:significance level|level of significance|significance|level|alpha)");
    private static final Pattern LEVEL_SIGN = phrase("(?:p|pvalue|alpha)(?: values?)? ?(?:<|<=|=|>|>=) ?<n>");
    private static final Pattern TAKEN_LEVEL = phrase("alpha level of <n>(?: §n\\d+)?|alpha of <n>");
    private static final Pattern TWO_SIDED =
            phrase("(?:two|2|§n\\d+) (?:tailed|sided)(?: tests?| alternative)?|two tailed");
    private static final Pattern ONE_SIDED = phrase(
            "one (?:tailed|sided)(?: tests?| alternative)?(?: :| with| ,| that is| alternative)*(?: (greater|less|higher|lower|larger|smaller|right|left|upper))?(?: than)?(?: tailed| tail)?");
    private static final Set<String> LESS = Set.of("less", "lower", "smaller", "lighter", "shorter", "younger");
    private static final String SIDES =
            "(greater|higher|larger|more|less|lower|smaller|heavier|lighter|longer|shorter|older|younger)";
    private static final Pattern DIRECTED =
            phrase(SIDES + "(?: (?:for|in|among|of|with))? <v> than(?: (?:for|in|among|of|with|that|those))* <v>");
    private static final Pattern DIRECTION = phrase(SIDES + "|than(?: that| those)?");
    private static final Pattern REFERENCE = phrase(
            "(?:against|compared (?:to|with)|equal to|differs? from|different from|hypothesi[sz]ed mean(?: of)?|population mean(?: of)?|test value(?: of)?|reference(?: value)?(?: of)?)(?: mean| value| of| a)* <n>");
    private static final Pattern MEAN_OF = phrase("mean of <c>");
    private static final Pattern P_VALUE = phrase(
            "(?:(?:report|provide|give|show|state|calculate|compute|with|and)? ?)?pvalue(?: associated with(?: correlation| normality)?(?: test)?)?");
    private static final Pattern SIGNIFICANT = phrase("(?:statistical(?:ly)? )?significan(?:ce|t|tly)");
    private static final Pattern TESTING = phrase("(?:to )?tests?(?: whether| for| of| if)?");
    private static final Pattern IN_THE_TEST = phrase("in (?:this |that )?tests?(?: ,)?");
    private static final Pattern ASSESSED = phrase(
            "(?:assess(?:ing)?|determine|evaluate|check|test)? ?(?:statistical )?significance(?: level)?(?: of)?(?: correlation)?|alpha(?: level)?");
    private static final Pattern POPULATION_DEVIATION = phrase(
            "population (?:standard deviations?|std|variances?) (?:formula|method)|population(?= (?:standard deviations?|std|variances?))|ddof ?= ?§n\\d+");
    private static final Pattern SAMPLE_DEVIATION = phrase(
            "sample (?:standard deviations?|std|variances?)(?: formula)?|(?:is |use |as )?(?:sample|unbiased) (?:one|version|formula|estimates?)");
    private static final Pattern SCIPY_SHAPE = phrase(
            "scipy(?: library| stats| module| function)*(?: to calculate)? (?:skew(?:ness)?|kurtosis)|(?:skew(?:ness)?|kurtosis)(?: (?:and|functions?|provided|in|from|of|using|kurtosis|skewness|skew|with|by))*(?: python)? scipy|python scipy(?: library)? to calculate skewness");
    private static final Pattern SCIPY_SHAPE_FUNCTION = phrase(
            "(?:(?:using|use|with|by|specifically) )?(?:skew|kurtosis|skewness)(?: and (?:skew|kurtosis|skewness))? functions?(?: (?:provided|in|from|of))* scipy(?: stats)?(?: (?:module|library|in|of|python))*");
    private static final Pattern FISHER_PEARSON = phrase(
            "(adjusted )?fisher pearson(?: standardi[sz]ed)?(?: moment)?(?: coefficient)?(?: of skewness)?(?: for assessing skewness)?");

    private final Sentence sentence;
    private final Request request;

    MethodReader(Sentence sentence, Request request) {
        this.sentence = sentence;
        this.request = request;
    }

    private static Pattern coefficient(String name) {
        return phrase(name + "(?: method| correlations?| coefficients?| rho| r| tests?)*");
    }

    private static Map<Pattern, TestKind> tests() {
        Map<Pattern, TestKind> tests = new LinkedHashMap<>();
        tests.put(phrase("shapiro(?: wilk)?(?: w)?" + TEST), TestKind.SHAPIRO_WILK);
        tests.put(phrase("(?:kolmogorov smirnov|ks test|k s test|kstest)" + TEST), TestKind.KOLMOGOROV_SMIRNOV);
        tests.put(phrase("(?:d'agostino|dagostino|normaltest)(?: pearson)?(?: k)?" + TEST), TestKind.DAGOSTINO_PEARSON);
        tests.put(phrase("welch anova" + TEST), TestKind.WELCH_ANOVA);
        tests.put(phrase("welch(?: t)?" + TEST), TestKind.WELCH_T_TEST);
        tests.put(phrase("(?:paired|dependent|matched)(?: samples?| pairs?)? t test"), TestKind.PAIRED_T_TEST);
        tests.put(phrase("one samples? t test"), TestKind.ONE_SAMPLE_T_TEST);
        tests.put(
                phrase(
                        "(?:(?:student|two samples?|independent(?: samples?)?|unpaired|2 samples?) )*t tests?(?: for independent samples)?"),
                TestKind.T_TEST);
        tests.put(phrase("(?:mann whitney(?: u)?|wilcoxon rank sum|rank sum)" + TEST), TestKind.MANN_WHITNEY);
        tests.put(phrase("wilcoxon(?: signed rank)?" + TEST), TestKind.WILCOXON);
        tests.put(phrase("kruskal(?: wallis)?(?: h)?" + TEST), TestKind.KRUSKAL_WALLIS);
        tests.put(phrase("(?:one way )?(?:anova|analysis of variance)" + TEST), TestKind.ANOVA);
        tests.put(phrase("(?:chi squared?|chi2|χ2|chisquare)" + TEST), TestKind.CHI_SQUARE);
        tests.put(phrase("fisher exact" + TEST), TestKind.FISHER_EXACT);
        tests.put(phrase("brown forsythe" + TEST), TestKind.BROWN_FORSYTHE);
        tests.put(phrase("levene" + TEST), TestKind.LEVENE);
        tests.put(phrase("bartlett" + TEST), TestKind.BARTLETT);
        return tests;
    }

    /** The test that the sentence names, if it names one. */
    Optional<TestKind> test() {
        sentence.take(OTHER_TEST).ifPresent(t -> request.refuse("There is no " + t.group(1) + " test here."));
        Optional<TestKind> named = Optional.empty();
        for (Map.Entry<Pattern, TestKind> test : TESTS.entrySet()) {
            if (!sentence.takeAll(test.getKey()).isEmpty()) {
                named = named.isEmpty() ? Optional.of(test.getValue()) : named;
                request.testKind = request.testKind == null ? test.getValue() : request.testKind;
            }
        }
        sentence.takeAll(IN_THE_TEST);
        return named;
    }

    /** Level, side, formula and coefficient. */
    void rest() {
        level();
        sides();
        formulas();
        coefficients();
        if (sentence.has(P_VALUE) || sentence.has(SIGNIFICANT)) {
            request.significance = true;
        }
    }

    /** Takes what was said about significance once every task of the sentence is known. */
    void significance() {
        sentence.takeAll(P_VALUE);
        sentence.takeAll(ASSESSED);
        sentence.takeAll(SIGNIFICANT);
        boolean tests = request.testKind != null
                || request.tasks().stream()
                        .anyMatch(t -> t instanceof RequestTask.Normality
                                || t instanceof RequestTask.Test
                                || t instanceof RequestTask.Correlate);
        if (tests) {
            sentence.takeAll(TESTING);
        }
    }

    private void level() {
        for (Pattern pattern : new Pattern[] {TAKEN_LEVEL, LEVEL, LEVEL_AFTER}) {
            for (MatchResult found : sentence.takeAll(pattern)) {
                for (int i = 1; i <= found.groupCount(); i++) {
                    if (found.group(i) != null) {
                        double level = sentence.number(found.group(i));
                        boolean confidence = found.group().contains("confidence");
                        setLevel(confidence ? 1 - level : level);
                        break;
                    }
                }
            }
        }
        sentence.takeAll(LEVEL_SIGN).forEach(l -> setLevel(sentence.number(l.group(1))));
    }

    private void setLevel(double level) {
        if (!(level > 0 && level < 1)) {
            request.refuse("A significance level lies between 0 and 1.");
            return;
        }
        request.level = level;
        request.significance = true;
    }

    private void sides() {
        sentence.takeAll(TWO_SIDED);
        for (MatchResult found : sentence.takeAll(ONE_SIDED)) {
            String side = found.group(1) != null ? found.group(1) : directed();
            if (side == null) {
                request.refuse("It is not said which side a one-sided test looks at: greater or less.");
                return;
            }
            boolean less = side.equals("less") || side.equals("lower") || side.equals("smaller") || side.equals("left");
            request.alternative = less ? Alternative.LESS : Alternative.GREATER;
        }
        boolean oneSample = request.testKind != null || sentence.has(MEAN_OF);
        if (oneSample) {
            sentence.takeAll(REFERENCE).forEach(r -> request.reference = sentence.number(r.group(1)));
        }
    }

    /** "Greater for men than for women": groups are compared in rising order, so the side may turn round. */
    private @Nullable String directed() {
        Optional<MatchResult> found = sentence.find(DIRECTED);
        if (found.isEmpty()) {
            return null;
        }
        boolean less = LESS.contains(found.get().group(1));
        ValueMatch first = request.decisions().value(sentence.item(found.get().group(2)), c -> true);
        ValueMatch second = request.decisions().value(sentence.item(found.get().group(3)), c -> true);
        boolean turned = first.stored().compareTo(second.stored()) > 0;
        sentence.takeAll(DIRECTION);
        return less != turned ? "less" : "greater";
    }

    private void formulas() {
        for (MatchResult found : sentence.takeAll(POPULATION_DEVIATION)) {
            boolean sample = found.group().contains("ddof")
                    && sentence.number(
                                    "§n" + Sentence.indices(found.group(), 'n').get(0))
                            != 0;
            request.populationDeviation = !sample;
        }
        sentence.takeAll(SAMPLE_DEVIATION);
        for (MatchResult found : sentence.takeAll(FISHER_PEARSON)) {
            request.populationShape |= found.group(1) == null;
        }
        if (!sentence.takeAll(SCIPY_SHAPE_FUNCTION).isEmpty() || sentence.has(SCIPY_SHAPE)) {
            request.populationShape = true;
        }
    }

    private void coefficients() {
        for (Map.Entry<Pattern, TestKind> coefficient : COEFFICIENTS.entrySet()) {
            if (sentence.has(coefficient.getKey())) {
                boolean other = request.coefficient != null && request.coefficient != coefficient.getValue();
                if (other) {
                    request.refuse("Two coefficients of correlation are named.");
                }
                request.coefficient = coefficient.getValue();
            }
        }
    }
}
