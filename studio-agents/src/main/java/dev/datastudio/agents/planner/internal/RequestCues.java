package dev.datastudio.agents.planner.internal;

import java.util.regex.Pattern;

/** Words by which a question is a request for statistics first of all. */
final class RequestCues {
    private static final Pattern CUES = Pattern.compile(
            "(?i)\\b(?:(?:after|by|without|excluding|remov\\w+|dropp?\\w*|ignor\\w+|fill\\w*|imput\\w+)\\b.{0,40}\\b(?:outliers?|missing|nulls?|nan|duplicates?)"
                    + "|z-?scores?|iqr|interquartile|spearman|kendall|pearson|regression|p-?values?|independent|depends? (?:up)?on|associated with|[a-z]+-test|strongest correlation|correlates? most"
                    + "|most correlated|log transform\\w*|min-?max|new (?:column|feature|variable)|population (?:standard|std)|standard deviations from)\\b");

    private static final Pattern TESTS = Pattern.compile(
            "(?i)\\b(?:t-?test|t test|anova|analysis of variance|mann-?\\s?whitney|kruskal|wilcoxon|chi-?\\s?squared?|rank[- ]sum)\\b");

    private static final Pattern LIMITS = Pattern.compile(
            "(?i)[.?!]\\s+(?:(?:use|consider|take|include|keep|select)\\s+only|only\\s+(?:use|consider|take|include|keep))\\b");

    private RequestCues() {}

    /** Whether a sentence after the first one says that only some rows count. */
    static boolean limits(String question) {
        return LIMITS.matcher(question).find();
    }

    /** Whether a test that compares groups is named. */
    static boolean namesTest(String question) {
        return TESTS.matcher(question).find();
    }

    static boolean asks(String question) {
        return CUES.matcher(question).find();
    }
}
