package dev.datastudio.agents.planner.internal;

import dev.datastudio.core.analysis.Measure;
import dev.datastudio.core.analysis.Order.Direction;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Reads the words of a segment: what only follow-ups say ("as percentages", "the other way round", "20 bins") by itself,
 * all else as in any question.
 */
final class FragmentReader {
    private static final Set<String> SHARES = Set.of(
            "percent",
            "percents",
            "percentage",
            "percentages",
            "share",
            "shares",
            "proportion",
            "proportions",
            "fraction",
            "fractions",
            "%");
    private static final Set<String> SHARE_JOINTS = Set.of("as", "in", "a", "the", "of", "total", "into", "relative");
    private static final Map<String, Measure.Transform> TRANSFORMS = Map.of(
            "cumulative", Measure.Transform.RUNNING_TOTAL,
            "cumulatively", Measure.Transform.RUNNING_TOTAL,
            "cumulated", Measure.Transform.RUNNING_TOTAL,
            "running total", Measure.Transform.RUNNING_TOTAL,
            "running sum", Measure.Transform.RUNNING_TOTAL,
            "moving average", Measure.Transform.MOVING_AVERAGE,
            "rolling average", Measure.Transform.MOVING_AVERAGE,
            "smoothed", Measure.Transform.MOVING_AVERAGE,
            "absolute", Measure.Transform.NONE,
            "absolute numbers", Measure.Transform.NONE);
    private static final List<List<String>> REVERSALS = List.of(
            List.of("the", "other", "way", "round"),
            List.of("the", "other", "way", "around"),
            List.of("other", "way", "round"),
            List.of("other", "way", "around"),
            List.of("in", "reverse", "order"),
            List.of("in", "reverse"),
            List.of("reverse", "the", "order"),
            List.of("reverse", "order"),
            List.of("reverse"),
            List.of("reversed"),
            List.of("upside", "down"),
            List.of("invert"),
            List.of("inverted"),
            List.of("flip"),
            List.of("turn", "around"));
    private static final List<List<String>> AXES = List.of(
            List.of("swap", "the", "axes"),
            List.of("swap", "axes"),
            List.of("flip", "the", "axes"),
            List.of("flip", "axes"),
            List.of("switch", "the", "axes"),
            List.of("exchange", "the", "axes"));
    private static final Set<String> BINS = Set.of("bin", "bins", "bucket", "buckets");
    private static final Map<String, Fragment.Part> PARTS = Map.ofEntries(
            Map.entry("filter", Fragment.Part.FILTER),
            Map.entry("filters", Fragment.Part.FILTER),
            Map.entry("condition", Fragment.Part.FILTER),
            Map.entry("conditions", Fragment.Part.FILTER),
            Map.entry("restriction", Fragment.Part.FILTER),
            Map.entry("restrictions", Fragment.Part.FILTER),
            Map.entry("limit", Fragment.Part.LIMIT),
            Map.entry("sorting", Fragment.Part.SORT),
            Map.entry("sort", Fragment.Part.SORT),
            Map.entry("ordering", Fragment.Part.SORT),
            Map.entry("grouping", Fragment.Part.GROUPS),
            Map.entry("breakdown", Fragment.Part.GROUPS),
            Map.entry("split", Fragment.Part.GROUPS),
            Map.entry("groups", Fragment.Part.GROUPS),
            Map.entry("chart", Fragment.Part.CHART),
            Map.entry("graph", Fragment.Part.CHART),
            Map.entry("picture", Fragment.Part.CHART),
            Map.entry("plot", Fragment.Part.CHART));
    private static final Set<String> ASIDE = Set.of(
            "visualization",
            "visualisation",
            "visual",
            "view",
            "query",
            "answer",
            "question",
            "but",
            "again",
            "use",
            "switch",
            "turn",
            "make",
            "go",
            "down",
            "up",
            "further",
            "see",
            "look",
            "level",
            "detail",
            "back",
            "dont",
            "diagram",
            "figure",
            "want",
            "ones",
            "mean,",
            "first,");
    /** Groups that stand beside those before; "by" and "per" take their place. */
    private static final Set<String> REPLACING = Set.of("by", "per", "wise", "according to", "depending on");

    private final Scope index;
    private final Decisions decisions;

    FragmentReader(Scope index, Decisions decisions) {
        this.index = index;
        this.decisions = decisions;
    }

    /** What the words name. */
    Fragment read(List<Token> words, Cue cue) {
        List<Token> left = new ArrayList<>(words);
        var special = new Fragment();
        takePhrases(left, special);
        takeShares(left, special);
        takeBins(left, special);
        takeParts(left, special, cue);
        left.removeIf(t -> t.isWord() && ASIDE.contains(t.text()) && !isSchemaWord(t));
        List<Item> items = prepared(Tagger.tag(beforeYear(left), index), special);
        return filled(items, special);
    }

    private boolean isSchemaWord(Token token) {
        List<String> word = List.of(token.text());
        return !index.named(word).isEmpty()
                || !index.values(word).isEmpty()
                || !index.containing(word).isEmpty();
    }

    private static void takePhrases(List<Token> left, Fragment special) {
        for (List<String> phrase : AXES) {
            if (take(left, phrase)) {
                special.swapsAxes = true;
            }
        }
        for (List<String> phrase : REVERSALS) {
            if (take(left, phrase)) {
                special.reverses = true;
            }
        }
        TRANSFORMS.entrySet().stream()
                .sorted((a, b) -> b.getKey().length() - a.getKey().length())
                .forEach(e -> {
                    if (take(left, List.of(e.getKey().split(" ", -1)))) {
                        special.transform = e.getValue();
                    }
                });
    }

    private static boolean take(List<Token> left, List<String> phrase) {
        for (int i = 0; i + phrase.size() <= left.size(); i++) {
            List<Token> span = left.subList(i, i + phrase.size());
            if (span.stream().map(Token::text).toList().equals(phrase)) {
                span.clear();
                return true;
            }
        }
        return false;
    }

    /** "As percentages", "in percent", "as a share of the total"; "the share of women" names a part and is left. */
    private void takeShares(List<Token> left, Fragment special) {
        for (int i = 0; i < left.size(); i++) {
            if (!SHARES.contains(left.get(i).text()) || isSchemaWord(left.get(i))) {
                continue;
            }
            int from = i;
            int to = i + 1;
            while (from > 0 && SHARE_JOINTS.contains(left.get(from - 1).text())) {
                from--;
            }
            while (to < left.size() && SHARE_JOINTS.contains(left.get(to).text())) {
                to++;
            }
            left.subList(from, to).clear();
            special.transform = Measure.Transform.SHARE_OF_TOTAL;
            return;
        }
    }

    private static void takeBins(List<Token> left, Fragment special) {
        for (int i = 1; i < left.size(); i++) {
            if (!BINS.contains(left.get(i).text())) {
                continue;
            }
            Token before = left.get(i - 1);
            if (before.kind() == Token.Kind.NUMBER && before.value() instanceof BigDecimal n) {
                special.bins = n.intValue();
            } else if (Set.of("more", "finer", "smaller").contains(before.text())) {
                special.binSteps = 1;
            } else if (Set.of("fewer", "less", "coarser", "larger", "bigger", "wider")
                    .contains(before.text())) {
                special.binSteps = -1;
            } else {
                continue;
            }
            int from = i - 1;
            while (from > 0
                    && Set.of("with", "into", "in", "use", "using")
                            .contains(left.get(from - 1).text())) {
                from--;
            }
            left.subList(from, i + 1).clear();
            return;
        }
    }

    private void takeParts(List<Token> left, Fragment special, Cue cue) {
        if (cue == Cue.REMOVE) {
            for (int i = left.size() - 1; i >= 0; i--) {
                Fragment.Part part = PARTS.get(left.get(i).text());
                boolean isChart = part == Fragment.Part.CHART && i > 0 && left.size() > 2;
                if (part != null && !isChart && !isSchemaWord(left.get(i))) {
                    special.parts.add(part);
                    left.remove(i);
                }
            }
        }
        Set<String> all = Set.of("all", "everything", "everybody", "everyone", "every");
        special.everything = left.stream().anyMatch(t -> all.contains(t.text()));
        left.removeIf(t -> t.text().equals("everything") || t.text().equals("everyone"));
    }

    /** "2015 instead": a year by itself is a time, as "in 2015" is. */
    private static List<Token> beforeYear(List<Token> tokens) {
        List<Token> said = new ArrayList<>(tokens);
        if (!said.isEmpty()) {
            Token first = said.get(0);
            boolean isYear = first.kind() == Token.Kind.NUMBER && first.text().matches("1[5-9]\\d\\d|2[01]\\d\\d");
            if (isYear) {
                said.add(0, Token.word("in", "in"));
            }
        }
        return said;
    }

    /** Items as a clause wants them: aggregates without a column and grains without "by" said in their own way. */
    private static List<Item> prepared(List<Item> items, Fragment special) {
        boolean hasColumn = items.stream().anyMatch(i -> i.is(Item.Kind.COLUMN));
        boolean hasGroup = items.stream().anyMatch(i -> i.is(Tag.GROUP));
        List<Item> kept = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            Item before = i == 0 ? Item.word("", Tag.FILLER, "") : items.get(i - 1);
            boolean isPeriod = before.is(Tag.LAST) || before.is(Tag.THIS) || before.is(Item.Kind.NUMBER);
            if (item.is(Tag.AGGREGATE) && !hasColumn) {
                special.aggregates.add(item.argument());
            } else if (item.is(Tag.PERSON)) {
                kept.add(Item.word(item.text(), Tag.ROWS, ""));
            } else if (item.is(Tag.GRAIN) && !hasGroup && !isPeriod) {
                kept.add(Item.word(item.text(), Tag.GRAIN_ADJECTIVE, item.argument()));
            } else if (item.is(Tag.GROUP)) {
                boolean replaces = REPLACING.contains(item.text().toLowerCase(Locale.ROOT));
                special.splits |= !replaces;
                special.regroups |= replaces;
                kept.add(item);
            } else {
                special.regroups |= item.is(Tag.GRAIN_ADJECTIVE)
                        && item.text().toLowerCase(Locale.ROOT).startsWith("by ");
                kept.add(item);
            }
        }
        return kept;
    }

    private Fragment filled(List<Item> items, Fragment fragment) {
        var clause = new Clause(items);
        fragment.slots = SlotReader.read(clause, decisions);
        if (fragment.slots.isOperation("share")) {
            fragment.transform = Measure.Transform.SHARE_OF_TOTAL;
        }
        if (fragment.everything) {
            fragment.slots.operations.remove("list");
        }
        takeLimit(clause, fragment.slots);
        clause.ignored().forEach(i -> (i.is(Item.Kind.UNKNOWN) ? fragment.unknown : fragment.ignored).add(i.text()));
        return fragment;
    }

    /** "The first three", "top 5", "show 10": a number that nothing else took says how many. */
    private static void takeLimit(Clause clause, Slots slots) {
        for (int i = 0; i < clause.size(); i++) {
            Item item = clause.get(i);
            boolean isFree = item.is(Item.Kind.NUMBER) && !clause.isUsed(i) && slots.limit == 0;
            if (isFree
                    && item.value() instanceof BigDecimal n
                    && n.signum() > 0
                    && n.scale() <= 0
                    && n.compareTo(BigDecimal.valueOf(100_000)) <= 0) {
                slots.limit = n.intValue();
                clause.use(i);
            }
        }
        for (int i = 0; i < clause.size(); i++) {
            boolean first = clause.get(i).text().equalsIgnoreCase("first");
            if ((clause.isAt(i, Tag.TOP) || clause.isAt(i, Tag.BOTTOM)) && slots.limit > 0) {
                clause.use(i);
                if (!first) {
                    slots.rank = clause.get(i).is(Tag.TOP) ? Direction.DESCENDING : Direction.ASCENDING;
                }
            }
        }
    }
}
