package dev.datastudio.agents.planner.internal;

import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Detail.TestKind;
import dev.datastudio.core.analysis.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Understands requests for statistics: one or several sentences that ask for tests, coefficients, outliers, gaps and
 * numbers of new columns, and say by which rule. Each sentence goes through readers that take the phrases they know;
 * what nobody took must be stepped over safely ({@link ProseReader}), be a condition, or be a question that the other
 * part of the planner understands by itself; anything else is refused with its words.
 */
final class RequestPlanner {
    private static final Set<String> STOPS = Set.of(".", ";", "?", "!");

    private static final Set<String> LIMITING = Set.of(
            "use",
            "using",
            "consider",
            "considering",
            "take",
            "take the",
            "keep",
            "restrict",
            "limit",
            "filter",
            "include",
            "exclude",
            "excluding",
            "select",
            "focus",
            "only",
            "ignore",
            "drop",
            "remove",
            "omit",
            "leave",
            "look at");
    private static final Pattern OR = Sentence.phrase("or");

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
     * @param recognised whether something was asked for that these readers know
     * @param tagged the words of the request with their meanings
     */
    record Reading(
            List<Step> steps,
            Decisions decisions,
            String problem,
            List<String> words,
            boolean recognised,
            List<Item> tagged) {
        boolean isComplete() {
            return problem.isEmpty() && words.isEmpty() && !steps.isEmpty();
        }
    }

    /** Reads a request. */
    Reading read(String text, Map<String, Integer> choices) {
        var decisions = new Decisions(index, choices);
        var request = new Request(decisions);
        request.namesTest = RequestCues.namesTest(text);
        List<Token> tokens = RequestText.tokens(text);
        Set<String> quoted = new HashSet<>();
        tokens.stream().filter(t -> t.kind() == Token.Kind.QUOTED).forEach(t -> quoted.add(t.raw()));
        var mentions = new Mentions(text, quoted);
        List<ReadSentence> read = new ArrayList<>();
        Map<RequestTask, String> titles = new HashMap<>();
        List<Item> tagged = Tagger.tag(tokens, index);
        for (List<Item> items : sentences(tagged)) {
            ReadSentence sentence = sentence(Appositions.resolve(items, decisions, quoted), request, mentions);
            read.add(sentence);
            sentence.tasks().forEach(t -> titles.putIfAbsent(t, new Clause(items).text()));
            if (!request.problem.isEmpty()) {
                return new Reading(List.of(), decisions, request.problem, List.of(), true, tagged);
            }
        }
        List<String> unread = Elaborations.unread(read, request);
        boolean asks = request.tasks().stream().anyMatch(RequestPlanner::asks);
        List<Step> steps = asks && unread.isEmpty() ? new RequestAssembler(request, titles).steps() : List.of();
        return new Reading(steps, decisions, request.problem, unread, asks, tagged);
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

    /** Lets every reader take what it knows. */
    private ReadSentence sentence(List<Item> items, Request request, Mentions mentions) {
        List<Item> shown = items.stream()
                .map(i -> request.isDerived(i) && !i.is(Item.Kind.COLUMN) ? derived(i, request) : i)
                .toList();
        var sentence = new Sentence(shown, i -> mentions.isCertain(i, shown));
        Set<ReadSentence.Cue> cues = Elaborations.cues(sentence);
        boolean written = shown.stream().anyMatch(mentions::isWritten);
        int before = request.tasks().size();
        int open = request.decisions().open().size();
        var prose = new ProseReader(sentence, request);
        var method = new MethodReader(sentence, request);
        prose.rounding();
        prose.working();
        var outliers = new OutlierReader(sentence, request);
        outliers.never();
        var remarks = new RemarkReader(sentence, request);
        var gaps = new GapReader(sentence, request);
        gaps.whole();
        remarks.definitions();
        remarks.restriction();
        new DeriveReader(sentence, request).read();
        Optional<TestKind> test = method.test();
        method.rest();
        remarks.ofTests();
        prose.hypotheses();
        prose.verdict();
        gaps.read();
        outliers.read();
        new RelationReader(sentence, request).read(test);
        new DescribeReader(sentence, request).read(outliers.ofOutliers());
        method.significance();
        prose.purpose();
        remarks.ofTests();
        remarks.rounding();
        prose.verbs();
        List<Item> unread = new ArrayList<>();
        List<String> words = left(sentence, request, before, unread, remarks.limits());
        List<RequestTask> added =
                request.tasks().subList(before, request.tasks().size());
        List<Decisions.Open> left = List.copyOf(request.decisions()
                .open()
                .subList(open, request.decisions().open().size()));
        return new ReadSentence(cues, added, unread, words, left, written);
    }

    private static Item derived(Item item, Request request) {
        ColumnEntry column = request.column(item, c -> true);
        return Item.columns(item.text(), List.of(new ColumnMatch(column, 1, ColumnMatch.How.NAME)));
    }

    /** The words that nobody understood; conditions count, and a plain question is planned as one. */
    private List<String> left(Sentence sentence, Request request, int before, List<Item> items, boolean limits) {
        boolean asked =
                request.tasks().subList(before, request.tasks().size()).stream().anyMatch(RequestPlanner::asks);
        List<String> groups = asked ? lostGroups(sentence, request, before) : List.of();
        Condition condition = condition(sentence, request);
        List<String> words = new ArrayList<>(new ProseReader(sentence, request).unread());
        sentence.columns().stream().filter(i -> !request.isUsed(i)).forEach(items::add);
        items.addAll(sentence.values());
        for (char kind : new char[] {'n', 'q', 'd'}) {
            items.addAll(sentence.all(sentence.text(), kind));
        }
        items.stream().map(Item::text).forEach(words::add);
        words.addAll(groups);
        if (limits && condition.equals(Condition.always())) {
            words.add("only");
        }
        boolean onlyAsks =
                request.tasks().subList(before, request.tasks().size()).stream().allMatch(RequestPlanner::asks);
        if (!words.isEmpty() && (!asked || onlyAsks) && !(before > 0 && limitsRows(sentence))) {
            List<Step> steps = plain.apply(worded(sentence.items()));
            boolean prepares = request.tasks().size() > before && !asked;
            steps = steps.isEmpty() && prepares && sentence.left().stream().anyMatch(RequestPlanner::isAsking)
                    ? plain.apply(worded(sentence.left()))
                    : steps;
            if (!steps.isEmpty()) {
                if (asked) {
                    request.backTo(before);
                }
                request.add(new RequestTask.Plain(steps));
                items.clear();
                return List.of();
            }
        }
        if (words.isEmpty() && !condition.equals(Condition.always())) {
            boolean parted = asked && !sentence.has(OR) && condition instanceof Condition.OneOf;
            if (parted && condition instanceof Condition.OneOf several) {
                request.tellApart(several, before);
            }
            request.restrict(condition, asked, before);
        }
        Set<String> unread = Set.copyOf(words);
        sentence.left().stream()
                .filter(i -> unread.contains(i.text().toLowerCase(Locale.ROOT)))
                .forEach(items::add);
        if (!words.isEmpty()) {
            items.addAll(grouping(sentence, request));
        }
        return words;
    }

    /** "Consider only …" after a request says which rows count; it asks for nothing. */
    private static boolean limitsRows(Sentence sentence) {
        return !sentence.items().isEmpty()
                && LIMITING.contains(sentence.items().get(0).text().toLowerCase(Locale.ROOT))
                && sentence.items().stream().noneMatch(i -> i.is(Tag.AGGREGATE) || i.is(Tag.COUNT));
    }

    /** Without adverbs that say nothing about the data, as in "strictly greater". */
    private static List<Item> worded(List<Item> items) {
        return items.stream()
                .filter(i -> !(i.is(Item.Kind.UNKNOWN)
                        && i.text().endsWith("ly")
                        && ProseReader.isProse(i.text().toLowerCase(Locale.ROOT))))
                .toList();
    }

    /** Whether a word says what is to be computed or shown. */
    private static boolean isAsking(Item item) {
        return item.is(Tag.AGGREGATE)
                || item.is(Tag.COUNT)
                || item.is(Tag.RATE)
                || item.is(Tag.OPERATION)
                || item.is(Tag.CHART)
                || item.is(Tag.SHOW)
                || item.is(Tag.QUESTION)
                || item.is(Tag.HIGHEST)
                || item.is(Tag.LOWEST)
                || item.is(Tag.TOP);
    }

    /** "Outliers of fare by class": words that want something for each value of a column, where no task groups. */
    private static List<String> lostGroups(Sentence sentence, Request request, int before) {
        boolean groups = request.tasks().subList(before, request.tasks().size()).stream()
                .noneMatch(t -> t instanceof RequestTask.Outliers
                        || t instanceof RequestTask.Normality
                        || t instanceof RequestTask.Line
                        || t instanceof RequestTask.Spread
                        || t instanceof RequestTask.Missing
                        || t instanceof RequestTask.Correlate);
        return groups
                ? List.of()
                : grouping(sentence, request).stream().map(Item::text).toList();
    }

    /** The words such as "by" that nobody took and that stand before a column that can group. */
    private static List<Item> grouping(Sentence sentence, Request request) {
        List<Item> items = sentence.items();
        List<Item> left = sentence.left();
        List<Item> words = new ArrayList<>();
        for (int i = 0; i + 1 < items.size(); i++) {
            int next = i + 1;
            while (next + 1 < items.size() && items.get(next).isFiller()) {
                next++;
            }
            boolean groups = items.get(i).is(Tag.GROUP)
                    && left.contains(items.get(i))
                    && items.get(next).is(Item.Kind.COLUMN)
                    && !request.column(items.get(next), c -> true).isQuantity();
            if (groups) {
                words.add(items.get(i));
            }
        }
        return words;
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
            if (sentence.items().get(i).equals(item)) {
                sentence.takeItem(i);
            }
        }
    }
}
