package dev.datastudio.agents.planner.internal;

import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Detail.TestKind;
import dev.datastudio.core.analysis.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Understands requests for statistics: one or several sentences that ask for tests, coefficients, outliers, gaps and
 * numbers of new columns, and say by which rule. Each sentence goes through readers that take the phrases they know;
 * what nobody took must be stepped over safely ({@link ProseReader}), be a condition, or be a question that the other
 * part of the planner understands by itself; anything else is refused with its words.
 */
final class RequestPlanner {
    private static final Set<String> STOPS = Set.of(".", ";", "?", "!");
    private static final Set<String> AFTER_NAME = Set.of("column", "columns", "values", "value", "variable", "field");

    private final Scope index;
    private final Function<List<Item>, List<Step>> plain;

    /** @param plain plans a sentence that needs no reader of this class; gives no step where it doesn't understand */
    RequestPlanner(Scope index, Function<List<Item>, List<Step>> plain) {
        this.index = index;
        this.plain = plain;
    }

    /**
     * What became of a request.
     *
     * @param steps none where it was not understood
     * @param problem why not; may be empty
     * @param words the words that nobody understood
     */
    record Reading(List<Step> steps, Decisions decisions, String problem, List<String> words) {
        boolean isComplete() {
            return problem.isEmpty() && words.isEmpty() && !steps.isEmpty();
        }
    }

    /** Reads a request. */
    Reading read(String text, Map<String, Integer> choices) {
        var decisions = new Decisions(index, choices);
        var request = new Request(decisions);
        List<Token> tokens = RequestText.tokens(text);
        Set<String> quoted = new HashSet<>();
        tokens.stream().filter(t -> t.kind() == Token.Kind.QUOTED).forEach(t -> quoted.add(t.raw()));
        List<String> unread = new ArrayList<>();
        for (List<Item> items : sentences(Tagger.tag(tokens, index))) {
            unread.addAll(sentence(items, request, quoted));
            if (!request.problem.isEmpty()) {
                return new Reading(List.of(), decisions, request.problem, List.of());
            }
        }
        boolean asks = request.tasks().stream().anyMatch(RequestPlanner::asks);
        List<Step> steps = asks && unread.isEmpty() ? new RequestAssembler(request).steps() : List.of();
        return new Reading(steps, decisions, request.problem, unread);
    }

    private static boolean asks(RequestTask task) {
        return !(task instanceof RequestTask.Prepare)
                && !(task instanceof RequestTask.RemoveMissing)
                && !(task instanceof RequestTask.RemoveOutliers);
    }

    private static List<List<Item>> sentences(List<Item> items) {
        List<List<Item>> sentences = new ArrayList<>();
        List<Item> sentence = new ArrayList<>();
        for (Item item : items) {
            if (item.is(Item.Kind.PUNCTUATION) && STOPS.contains(item.text())) {
                sentences.add(sentence);
                sentence = new ArrayList<>();
            } else {
                sentence.add(item);
            }
        }
        sentences.add(sentence);
        return sentences.stream().filter(s -> !s.isEmpty()).toList();
    }

    /** The words of a sentence that nobody understood. */
    private List<String> sentence(List<Item> items, Request request, Set<String> quoted) {
        List<Item> shown = items.stream()
                .map(i -> request.isDerived(i) && !i.is(Item.Kind.COLUMN) ? derived(i, request) : i)
                .toList();
        var sentence = new Sentence(shown, i -> isCertain(i, shown, quoted));
        int before = request.tasks().size();
        var prose = new ProseReader(sentence, request);
        prose.rounding();
        new DeriveReader(sentence, request).read();
        new GapReader(sentence, request).read();
        var outliers = new OutlierReader(sentence, request);
        outliers.read();
        prose.verdict();
        Optional<TestKind> test = new MethodReader(sentence, request).read();
        prose.hypotheses();
        new RelationReader(sentence, request).read(test);
        new DescribeReader(sentence, request).read(outliers.ofOutliers());
        boolean asked =
                request.tasks().subList(before, request.tasks().size()).stream().anyMatch(RequestPlanner::asks);
        return left(sentence, request, asked, before);
    }

    private static Item derived(Item item, Request request) {
        ColumnEntry column = request.column(item, c -> true);
        return Item.columns(item.text(), List.of(new ColumnMatch(column, 1, ColumnMatch.How.NAME)));
    }

    private List<String> left(Sentence sentence, Request request, boolean asked, int before) {
        var prose = new ProseReader(sentence, request);
        Condition condition = condition(sentence, request);
        List<String> unread = new ArrayList<>(prose.unread());
        sentence.columns().stream()
                .filter(i -> !request.knows(i) || !request.isUsed(i))
                .map(Item::text)
                .forEach(unread::add);
        sentence.values().stream().map(Item::text).forEach(unread::add);
        for (char kind : new char[] {'n', 'q', 'd'}) {
            sentence.all(sentence.text(), kind).stream().map(Item::text).forEach(unread::add);
        }
        if (!unread.isEmpty() && !asked) {
            List<Step> steps = plain.apply(sentence.items());
            if (!steps.isEmpty()) {
                request.add(new RequestTask.Plain(steps));
                return List.of();
            }
        }
        if (unread.isEmpty() && !condition.equals(Condition.always())) {
            request.restrict(condition, asked, before);
        }
        return unread;
    }

    /** The conditions among what is left, which are taken. */
    private static Condition condition(Sentence sentence, Request request) {
        boolean may = !sentence.values().isEmpty()
                || !Sentence.indices(sentence.text(), 'n').isEmpty();
        if (!may) {
            return Condition.always();
        }
        List<Item> left = sentence.left();
        var clause = new Clause(left);
        Condition rows = new FilterReader(clause, request.decisions()).read();
        if (!rows.equals(Condition.always())) {
            for (int i = 0; i < left.size(); i++) {
                if (clause.isUsed(i)) {
                    take(sentence, left.get(i));
                }
            }
        }
        return rows;
    }

    private static void take(Sentence sentence, Item item) {
        for (int i = 0; i < sentence.items().size(); i++) {
            if (sentence.items().get(i) == item) {
                sentence.takeItem(i);
            }
        }
    }

    /** Whether an item that could be a column or value is one rather than a plain word of a request. */
    private static boolean isCertain(Item item, List<Item> items, Set<String> quoted) {
        String words = item.text().toLowerCase(Locale.ROOT);
        boolean plainWords = List.of(words.split(" ", -1)).stream()
                .allMatch(w -> ProseReader.isProse(w)
                        || Lexicon.english().find(List.of(w)).isPresent());
        if (!plainWords || quoted.contains(item.text())) {
            return true;
        }
        if (item.is(Item.Kind.VALUE)) {
            return item.values().stream().anyMatch(v -> v.stored().equals(item.text()));
        }
        String name = item.columns().get(0).column().name();
        boolean asWritten = name.equals(item.text()) && !name.equals(words);
        int next = items.indexOf(item) + 1;
        boolean named = next < items.size()
                && AFTER_NAME.contains(items.get(next).text().toLowerCase(Locale.ROOT));
        return asWritten || (named && item.columns().get(0).score() >= 0.9);
    }
}
