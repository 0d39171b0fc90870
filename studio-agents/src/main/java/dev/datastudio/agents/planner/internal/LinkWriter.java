package dev.datastudio.agents.planner.internal;

import dev.datastudio.agents.planner.WordLink;
import dev.datastudio.core.analysis.Cleaning;
import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Detail;
import dev.datastudio.core.analysis.Expression;
import dev.datastudio.core.analysis.Expression.ColumnRef;
import dev.datastudio.core.analysis.Order;
import dev.datastudio.core.analysis.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Says what each word of a question was taken for. */
final class LinkWriter {
    private final List<Step> steps;
    private final Set<ColumnRef> read = new HashSet<>();
    private final String table;

    LinkWriter(List<Step> steps, String table) {
        this.steps = steps;
        this.table = table;
        steps.forEach(this::addColumns);
    }

    /** The words that say something, in order. */
    List<WordLink> of(List<Item> items) {
        Set<WordLink> links = new LinkedHashSet<>();
        items.forEach(i -> link(i).ifPresent(links::add));
        return List.copyOf(links);
    }

    private void addColumns(Step step) {
        step.dimensions().forEach(d -> read.addAll(d.of().columns()));
        step.measures().forEach(m -> read.addAll(m.columns()));
        read.addAll(PlanColumns.of(step.filter()));
        read.addAll(PlanColumns.of(step.having()));
        for (Order order : step.order()) {
            if (order.key() instanceof Order.Key.OfValue value) {
                read.addAll(value.value().columns());
            }
        }
        for (Cleaning cleaning : step.cleaning()) {
            if (cleaning instanceof Cleaning.WithoutMissing missing) {
                read.addAll(missing.columns());
            } else if (cleaning instanceof Cleaning.WithoutOutliers outliers) {
                read.add(outliers.column());
            }
        }
        if (step.detail() instanceof Detail.Combination combination) {
            addColumns(combination.other());
        }
    }

    private Optional<WordLink> link(Item item) {
        return switch (item.kind()) {
            case COLUMN -> Optional.of(column(item));
            case VALUE -> Optional.of(value(item));
            case TABLE -> Optional.of(new WordLink(item.text(), WordLink.Kind.TABLE, table, "name"));
            case NUMBER, DATE, QUOTED ->
                Optional.of(new WordLink(item.text(), WordLink.Kind.CONSTANT, item.text(), ""));
            case WORD -> word(item);
            case PUNCTUATION, UNKNOWN -> Optional.empty();
        };
    }

    private WordLink column(Item item) {
        ColumnMatch match = item.columns().stream()
                .filter(m -> read.contains(m.column().ref()))
                .findFirst()
                .orElse(item.columns().get(0));
        return new WordLink(item.text(), WordLink.Kind.COLUMN, match.column().name(), how(match));
    }

    private static String how(ColumnMatch match) {
        return switch (match.how()) {
            case NAME -> "name";
            case TAUGHT -> "taught";
            case MEANING -> "meaning";
            case PART -> match.score() >= 0.9 ? "name" : "part of the name";
            case STEM -> "word form";
            case ABBREVIATION -> "abbreviation";
            case SPELLING -> "spelling";
        };
    }

    private WordLink value(Item item) {
        Set<Object> constants = constants();
        ValueMatch match = item.values().stream()
                .filter(v -> read.contains(v.column().ref()))
                .filter(v -> constants.contains(v.stored()))
                .findFirst()
                .orElse(item.values().get(0));
        return new WordLink(
                item.text(), WordLink.Kind.VALUE, match.column().name() + " '" + match.stored() + "'", "stored value");
    }

    private Set<Object> constants() {
        Set<Object> all = new HashSet<>();
        for (Step step : steps) {
            addConstants(step.filter(), all);
            if (step.detail() instanceof Detail.Comparison compared) {
                compared.groups().forEach(g -> all.add(g.value()));
            }
        }
        return all;
    }

    private static void addConstants(Condition condition, Set<Object> all) {
        if (condition instanceof Condition.Comparison c && c.right() instanceof Expression.Constant constant) {
            all.add(constant.value());
        } else if (condition instanceof Condition.OneOf o) {
            o.values().forEach(v -> all.add(v.value()));
        }
        condition.children().forEach(c -> addConstants(c, all));
    }

    private static Optional<WordLink> word(Item item) {
        if (item.is(Tag.WEAK)) {
            return Optional.of(new WordLink(item.text(), WordLink.Kind.LEFT_OUT, "", ""));
        }
        boolean does = item.tag().mustBeUsed()
                || item.is(Tag.CHART)
                || item.is(Tag.GROUP)
                || item.is(Tag.SORT)
                || item.is(Tag.ASCENDING)
                || item.is(Tag.DESCENDING)
                || item.is(Tag.ROWS)
                || item.is(Tag.VERSUS);
        return does
                ? Optional.of(new WordLink(item.text(), WordLink.Kind.OPERATION, operation(item), ""))
                : Optional.empty();
    }

    private static String operation(Item item) {
        String argument = item.argument().replace('_', ' ');
        return switch (item.tag()) {
            case AGGREGATE, OPERATION -> argument;
            case CHART -> argument + " chart";
            case GRAIN, GRAIN_ADJECTIVE -> "time by " + argument;
            case DATE_PART -> argument + " of the date";
            case GROUP -> "groups";
            case COUNT -> "count";
            case ROWS -> "rows";
            default -> {
                List<String> words = new ArrayList<>(
                        List.of(item.tag().name().toLowerCase(Locale.ROOT).replace('_', ' ')));
                words.add(argument.replace(',', ' '));
                yield String.join(" ", words).strip();
            }
        };
    }
}
