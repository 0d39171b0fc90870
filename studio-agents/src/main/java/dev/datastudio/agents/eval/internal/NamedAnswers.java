package dev.datastudio.agents.eval.internal;

import dev.datastudio.agents.ask.TestOutcome;
import dev.datastudio.agents.eval.internal.AnswerForm.Field;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes what an answer says in the form that a question asks for. It knows the form's description and the answer, never
 * the expected values: a number goes by the words of its column or test, a text by its column, and one of given options
 * ("yes" or "no") follows from the answer's test as the form's method says.
 */
final class NamedAnswers {
    private static final Pattern NUMBER = Pattern.compile(
            "\\b(number|integer|float|floating|decimal|numeric|rounded|counts?\\b)", Pattern.CASE_INSENSITIVE);
    private static final Pattern TEXT = Pattern.compile("\\b(string|name|list|text)", Pattern.CASE_INSENSITIVE);
    private static final Pattern LIST =
            Pattern.compile(",\\s*\\w+2|\\.\\.\\.|\u2026|\\blist(_of)?\\b|separated", Pattern.CASE_INSENSITIVE);
    private static final Pattern DENIED =
            Pattern.compile("^(no|not|non|none|false|poor)\\b|^non|^not_", Pattern.CASE_INSENSITIVE);
    private static final Pattern NORMALITY =
            Pattern.compile("shapiro|agostino|kolmogorov|anderson|jarque", Pattern.CASE_INSENSITIVE);
    private static final Pattern CORRELATED = Pattern.compile("pearson|spearman|kendall", Pattern.CASE_INSENSITIVE);
    private static final Pattern LEVEL =
            Pattern.compile("(?:alpha|significance level|p-value)\\D{0,40}?(0\\.\\d+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern BOUND = Pattern.compile(
            "(?:skewness|value of r|r value|coefficient|absolute r)\\D{0,60}?(0\\.\\d+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern NONLINEAR = Pattern.compile("non[- ]?linear.*", Pattern.CASE_INSENSITIVE);
    private static final Pattern SYMMETRIC = Pattern.compile("symm|normal|no_?t?_skew", Pattern.CASE_INSENSITIVE);
    private static final Pattern RIGHT = Pattern.compile("right|positive", Pattern.CASE_INSENSITIVE);
    private static final Pattern LEFT = Pattern.compile("left|negative", Pattern.CASE_INSENSITIVE);
    private static final double USUAL_LEVEL = 0.05;
    private static final double USUAL_BOUND = 0.5;

    private final AnswerForm form;
    private final AnswerFacts facts;

    private NamedAnswers(AnswerForm form, AnswerFacts facts) {
        this.form = form;
        this.facts = facts;
    }

    /** The values that the answer has for the form's names; a number as a Double. Names without a value are left out. */
    static Map<String, Object> of(AnswerForm form, AnswerFacts facts) {
        NamedAnswers answers = new NamedAnswers(form, facts);
        Map<String, Object> named = new LinkedHashMap<>();
        for (Field field : form.fields()) {
            answers.value(field).ifPresent(value -> named.put(field.name(), value));
        }
        return named;
    }

    private Optional<Object> value(Field field) {
        if (!field.options().isEmpty()) {
            return option(field).map(Object.class::cast);
        } else if (isList(field)) {
            return facts.isEmptyList() ? Optional.of("") : text(field);
        } else if (TEXT.matcher(field.description()).find()
                && !NUMBER.matcher(field.description()).find()) {
            return text(field);
        }
        Optional<Object> number = number(field);
        return number.isPresent() ? number : text(field);
    }

    /** By the name alone where that is enough; the placeholder must not turn a mean into a deviation. */
    private Optional<Object> number(Field field) {
        Set<String> words = AnswerFacts.words(field.name());
        OptionalDouble byName = facts.number(words);
        if (byName.isPresent()) {
            return Optional.of(byName.getAsDouble());
        }
        Set<String> more = AnswerFacts.words(field.placeholder());
        if (!AnswerFacts.statistics(words).isEmpty()) {
            more.removeAll(AnswerFacts.statistics(more));
        }
        words.addAll(more);
        OptionalDouble number = facts.number(words);
        return number.isPresent() ? Optional.of(number.getAsDouble()) : Optional.empty();
    }

    /** Whether several texts are wanted: outlier_countries[country1, country2, ...]. */
    private static boolean isList(Field field) {
        return LIST.matcher(field.placeholder() + " " + field.description()).find()
                && AnswerFacts.statistics(AnswerFacts.words(field.name())).isEmpty();
    }

    /** All texts of the column where a list is asked for, else the first. */
    private Optional<Object> text(Field field) {
        List<String> texts = facts.texts(AnswerFacts.words(field.name() + " " + field.placeholder()));
        if (texts.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                LIST.matcher(field.placeholder() + " " + field.description()).find()
                        ? String.join(", ", texts)
                        : texts.get(0));
    }

    private Optional<String> option(Field field) {
        String about = (field.name() + " " + field.options() + " " + form.method()).toLowerCase(Locale.ROOT);
        if (field.options().stream()
                .anyMatch(option -> option.toLowerCase(Locale.ROOT).contains("positive"))) {
            return sign(field);
        } else if (field.options().stream().anyMatch(o -> NONLINEAR.matcher(o).matches())) {
            return linear(field);
        } else if (field.options().stream().anyMatch(o -> o.contains("skew"))) {
            return skew(field);
        } else if (about.contains("normal")) {
            return normality(field);
        }
        Optional<TestOutcome> test = test(CORRELATED);
        OptionalDouble r = facts.number(Set.of("correlation"));
        if (test.isPresent()) {
            return pick(field, test.get().pValue() < level());
        }
        return r.isPresent() && isBounded() ? pick(field, Math.abs(r.getAsDouble()) >= bound()) : Optional.empty();
    }

    /** To which side values are skewed, or to none when the coefficient lies within the bounds. */
    private Optional<String> skew(Field field) {
        OptionalDouble skewness = facts.number(Set.of("skewness"));
        if (skewness.isEmpty()) {
            return Optional.empty();
        }
        double value = skewness.getAsDouble();
        Pattern wanted = Math.abs(value) <= bound() ? SYMMETRIC : value > 0 ? RIGHT : LEFT;
        return first(field, option -> wanted.matcher(option).find());
    }

    /** Whether the method says from which size on a coefficient counts. */
    private boolean isBounded() {
        return BOUND.matcher(form.method()).find();
    }

    private Optional<String> sign(Field field) {
        OptionalDouble r = facts.number(Set.of("correlation"));
        if (r.isEmpty()) {
            return Optional.empty();
        }
        Optional<TestOutcome> test = test(CORRELATED);
        boolean weak = (isBounded() && Math.abs(r.getAsDouble()) < bound())
                || (test.isPresent() && test.get().pValue() >= level());
        if (weak
                && field.options().stream()
                        .anyMatch(option -> DENIED.matcher(option).find())) {
            return first(field, option -> DENIED.matcher(option).find());
        }
        String wanted = r.getAsDouble() < 0 ? "negative" : "positive";
        return first(field, option -> option.toLowerCase(Locale.ROOT).startsWith(wanted));
    }

    private Optional<String> linear(Field field) {
        OptionalDouble r = facts.number(Set.of("correlation"));
        Optional<TestOutcome> test = test(CORRELATED);
        if (r.isEmpty()) {
            return Optional.empty();
        } else if (test.isPresent() && test.get().pValue() >= level()) {
            return first(field, "none"::equals);
        }
        boolean straight = Math.abs(r.getAsDouble()) >= bound();
        return first(field, option -> NONLINEAR.matcher(option).matches() != straight && !option.equals("none"));
    }

    private Optional<String> normality(Field field) {
        Optional<TestOutcome> test = test(NORMALITY);
        if (test.isPresent()) {
            return pick(field, test.get().pValue() >= level());
        }
        OptionalDouble skewness = facts.number(Set.of("skewness"));
        return skewness.isPresent() ? pick(field, Math.abs(skewness.getAsDouble()) <= bound()) : Optional.empty();
    }

    private Optional<TestOutcome> test(Pattern names) {
        return facts.tests().stream()
                .filter(test -> names.matcher(test.name()).find())
                .findFirst();
    }

    private double level() {
        return number(LEVEL, USUAL_LEVEL);
    }

    private double bound() {
        return number(BOUND, USUAL_BOUND);
    }

    private double number(Pattern pattern, double usual) {
        Matcher said = pattern.matcher(form.method());
        return said.find() ? Double.parseDouble(said.group(1)) : usual;
    }

    private static Optional<String> pick(Field field, boolean affirmed) {
        return first(field, option -> DENIED.matcher(option).find() != affirmed);
    }

    private static Optional<String> first(Field field, Predicate<String> wanted) {
        return field.options().stream().filter(wanted).findFirst();
    }
}
