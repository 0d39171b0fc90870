package dev.datastudio.agents.agent.internal;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.Dataset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A wish for a model, read out of a question by the names of columns and kinds of models in it. Immutable.
 *
 * @param tool that fulfils it
 * @param dataset that the model is to learn from
 * @param target the column that it is to predict
 * @param features the columns that it is to predict it from; empty for all
 * @param algorithm as the tool calls it; empty for the tool's own choice
 */
record TrainingWish(String tool, Dataset dataset, String target, List<String> features, String algorithm) {
    static final String TRAIN = "train_ml_model";
    static final String TRAIN_DEEP = "train_dl_model";

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Pattern WISH = Pattern.compile(
            "(?is)\\b(train|fit|tune|build|learn|find)\\b.{0,80}"
                    + "\\b(models?|classifiers?|regressors?|regressions?|networks?|forests?|trees?|xgboost|predict(s|ing)?)\\b");

    private static final Pattern BEFORE_TARGET = Pattern.compile(
            "(?i)\\b(predict(s|ing|or)?|forecast(s|ing)?|estimat(e|es|ing)|classif(y|ies|ying)|target|explain(s|ing)?)\\b");

    private static final Pattern BEFORE_FEATURES = Pattern.compile("(?i)\\b(from|using|with|based on|given)\\b");

    private static final Pattern DEEP = Pattern.compile("(?i)\\b(neural|deep|perceptron|mlp|network)");

    /** The first that is found in a question says what is trained. */
    private static final Map<String, Pattern> ALGORITHMS = Map.of(
            "random_forest", Pattern.compile("(?i)\\bforests?\\b"),
            "decision_tree", Pattern.compile("(?i)\\bdecision trees?\\b"),
            "xg_boost", Pattern.compile("(?i)\\bxg ?boost"),
            "gradient_boosting", Pattern.compile("(?i)\\bgradient[- ]boost"),
            "logistic_regression", Pattern.compile("(?i)\\blogistic\\b"),
            "linear_regression", Pattern.compile("(?i)\\blinear (regression|model)"),
            "support_vector_machine", Pattern.compile("(?i)\\b(svm|support vector)"),
            "nearest_neighbours", Pattern.compile("(?i)\\b(knn|k-nn|nearest neighbou?rs?)\\b"),
            "best", Pattern.compile("(?i)\\b(best|compare|auto ?ml)\\b"));

    TrainingWish {
        features = List.copyOf(features);
    }

    /** Whether somebody wants something learnt from data. */
    static boolean isIn(String question) {
        return WISH.matcher(question).find();
    }

    /** The wish, when one data set has the column that is to be predicted. */
    static Optional<TrainingWish> read(String question, List<Dataset> datasets) {
        List<TrainingWish> wishes = datasets.stream()
                .flatMap(dataset -> read(question, dataset).stream())
                .toList();
        return wishes.size() == 1 ? Optional.of(wishes.get(0)) : Optional.empty();
    }

    /** A column's name in a question. */
    private record Mention(String column, int start, int end) {}

    private static Optional<TrainingWish> read(String question, Dataset dataset) {
        List<Mention> mentions = mentions(question, dataset);
        Matcher marker = BEFORE_TARGET.matcher(question);
        int from = marker.find() ? marker.end() : 0;
        Optional<Mention> target = mentions.stream()
                .filter(each -> each.start() >= from)
                .findFirst()
                .or(() -> mentions.stream().reduce((one, other) -> other));
        return target.map(each -> {
            Matcher features = BEFORE_FEATURES.matcher(question);
            List<String> named = features.find(each.end())
                    ? mentions.stream()
                            .filter(mention -> mention.start() >= features.end())
                            .map(Mention::column)
                            .filter(column -> !column.equals(each.column()))
                            .distinct()
                            .toList()
                    : List.of();
            String tool = DEEP.matcher(question).find() ? TRAIN_DEEP : TRAIN;
            return new TrainingWish(tool, dataset, each.column(), named, tool.equals(TRAIN) ? algorithm(question) : "");
        });
    }

    /** In their order; of names within others, the longer one. */
    private static List<Mention> mentions(String question, Dataset dataset) {
        List<Mention> all = dataset.columns().stream()
                .flatMap(column -> pattern(column)
                        .matcher(question)
                        .results()
                        .map(found -> new Mention(column.name(), found.start(), found.end())))
                .sorted(Comparator.comparingInt(Mention::start))
                .toList();
        return all.stream()
                .filter(each -> all.stream()
                        .noneMatch(other -> other.start() <= each.start()
                                && other.end() >= each.end()
                                && other.end() - other.start() > each.end() - each.start()))
                .toList();
    }

    private static Pattern pattern(Column column) {
        String words = List.of(column.name().strip().split("[\\s_.-]+")).stream()
                .map(Pattern::quote)
                .collect(Collectors.joining("[\\s_.-]*"));
        return Pattern.compile(
                "(?<![\\p{L}\\p{N}])" + words + "(?![\\p{L}\\p{N}])", Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    private static String algorithm(String question) {
        return ALGORITHMS.entrySet().stream()
                .filter(each -> each.getValue().matcher(question).find())
                .map(Map.Entry::getKey)
                .sorted() // a named kind before the best of all, should both be there
                .reduce((one, other) -> one.equals("best") ? other : one)
                .orElse("");
    }

    /** What the tool is called with. */
    String arguments() {
        ObjectNode arguments = JSON.createObjectNode()
                .put("source_id", dataset.id().toString())
                .put("target", target);
        if (!features.isEmpty()) {
            features.forEach(arguments.putArray("features")::add);
        }
        if (!algorithm.isEmpty()) {
            arguments.put("algorithm", algorithm);
        }
        return arguments.toString();
    }
}
