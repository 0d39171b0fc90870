package dev.datastudio.agents.planner.internal;

import static dev.datastudio.agents.planner.internal.Sentence.phrase;

import dev.datastudio.agents.planner.internal.ReadSentence.Cue;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A request may say something in its own words first and then spell it out: "Are the votes of the party normally
 * distributed? Test whether the 'per_dem' column follows …". The sentence that names the column letter for letter and
 * is understood in full stands for the one before it, if that asks for the same kind of thing and nothing in it chooses
 * rows.
 */
final class Elaborations {
    private static final Map<Cue, Pattern> CUES = new EnumMap<>(Map.of(
            Cue.SHAPE, phrase("normal(?:ly|ity)?|skew(?:ed|ness)?|gaussian"),
            Cue.CORRELATION, phrase("correlat\\w*|relations?hips?"),
            Cue.OUTLIERS, phrase("outliers?|zscore|iqr"),
            Cue.MEAN, phrase("mean|average"),
            Cue.TEST,
                    phrase(
                            "(?:t|chi squared?|statistical|hypothesis) tests?|anova|mann whitney|kruskal|wilcoxon|differ(?:s|ent|ences?)?|compare|associat\\w+|independen\\w+"),
            Cue.MISSING, phrase("missing|nulls?|nan"),
            Cue.MEDIAN, phrase("medians?"),
            Cue.DEVIATION, phrase("(?:standard )?deviations?|std")));
    private static final Set<String> RESTRICTING = Set.of(
            "only",
            "except",
            "excluding",
            "without",
            "not",
            "no",
            "first",
            "last",
            "before",
            "after",
            "top",
            "bottom",
            "highest",
            "lowest",
            "most",
            "least",
            "more",
            "less",
            "greater",
            "each",
            "every",
            "per",
            "by",
            "weekend",
            "weekday",
            "between");

    private Elaborations() {}

    /** What kinds of things a sentence speaks of. */
    static Set<Cue> cues(Sentence sentence) {
        Set<Cue> cues = EnumSet.noneOf(Cue.class);
        CUES.forEach((cue, pattern) -> {
            if (sentence.has(pattern)) {
                cues.add(cue);
            }
        });
        return cues;
    }

    /** The words that nobody understood and that no later sentence spells out; tasks that one does are taken back. */
    static List<String> unread(List<ReadSentence> sentences, Request request) {
        retested(sentences, request);
        List<String> unread = new ArrayList<>();
        for (int i = 0; i < sentences.size(); i++) {
            ReadSentence sentence = sentences.get(i);
            if (sentence.words().isEmpty()) {
                continue;
            }
            List<ReadSentence> later = sentences.subList(i + 1, sentences.size());
            boolean spelt = later.stream().anyMatch(l -> spellsOut(l, sentence));
            if (spelt && sentence.unread().stream().allMatch(u -> mayBeExplained(u, later))) {
                sentence.tasks().forEach(request.tasks()::remove);
                request.decisions().open().removeAll(sentence.open());
                request.decisions()
                        .note(
                                "'" + String.join("', '", sentence.words())
                                        + "' was taken as explained by the columns that are named later.",
                                0.2);
            } else {
                unread.addAll(sentence.words());
            }
        }
        return unread;
    }

    /** "Do men and women pay differently? Test the fare between the groups of 'sex'": one test, by the column that is named. */
    private static void retested(List<ReadSentence> sentences, Request request) {
        for (int i = 0; i < sentences.size(); i++) {
            for (ReadSentence later : sentences.subList(i + 1, sentences.size())) {
                List<RequestTask> again = sentences.get(i).tasks().stream()
                        .filter(t -> later.written() && later.tasks().stream().anyMatch(l -> isSameOtherwise(t, l)))
                        .toList();
                if (!again.isEmpty() && !sentences.get(i).written()) {
                    request.tasks().removeAll(again);
                    request.decisions().note("The groups were taken from the column that is named later.", 0.1);
                }
            }
        }
    }

    private static boolean isSameOtherwise(RequestTask task, RequestTask later) {
        return task instanceof RequestTask.Test a
                && later instanceof RequestTask.Test b
                && a.columns().equals(b.columns())
                && !a.columns().isEmpty()
                && a.groups().size() == 1
                && b.groups().size() == 1
                && !a.groups().equals(b.groups());
    }

    private static boolean spellsOut(ReadSentence later, ReadSentence sentence) {
        boolean same = !sentence.cues().isEmpty() && later.cues().containsAll(sentence.cues());
        return same && later.written() && later.words().isEmpty();
    }

    /** A year may be a part of the name that is spelt out; other numbers and stored values choose rows. */
    private static boolean mayBeExplained(Item item, List<ReadSentence> later) {
        if (item.is(Item.Kind.NUMBER)) {
            return later.stream()
                    .flatMap(l -> l.tasks().stream())
                    .flatMap(t -> columns(t).stream())
                    .anyMatch(c -> c.parts().contains(item.text()));
        }
        boolean chooses = item.is(Item.Kind.VALUE) || item.is(Item.Kind.QUOTED) || item.is(Item.Kind.DATE);
        return !chooses
                && !RESTRICTING.contains(item.text().toLowerCase(Locale.ROOT))
                && !item.is(Tag.COMPARATOR)
                && !item.is(Tag.GROUP)
                && !item.is(Tag.NOT);
    }

    private static List<ColumnEntry> columns(RequestTask task) {
        if (task instanceof RequestTask.Describe d) {
            return d.columns();
        } else if (task instanceof RequestTask.Outliers o) {
            return o.columns();
        } else if (task instanceof RequestTask.Normality n) {
            return n.columns();
        }
        return task instanceof RequestTask.Correlate c ? c.columns() : List.of();
    }
}
