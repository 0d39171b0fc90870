package dev.datastudio.agents.planner.model;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.datastudio.agents.planner.PlanRequest;
import dev.datastudio.agents.prompt.internal.PromptFile;
import dev.datastudio.agents.prompt.internal.TokenEstimate;
import dev.datastudio.agents.vocabulary.Meaning;
import dev.datastudio.agents.vocabulary.TaughtWord;
import dev.datastudio.agents.vocabulary.VerifiedQuestion;
import dev.datastudio.api.relation.Key;
import dev.datastudio.api.relation.Relation;
import dev.datastudio.core.analysis.AnalysisPlan;
import dev.datastudio.core.analysis.PlanJson;
import java.time.format.TextStyle;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes what a model is told of a question, within a budget of tokens: the tables that the question seems to be about
 * with columns and values, then without values, and what finds no room by name alone. Immutable.
 */
final class PromptWriter {
    private static final PromptFile PLAN = PromptFile.load("planner/model/plan");

    /** Names the wording of {@code plan.md} and of the texts here; changes whenever one of them does. */
    static final String VERSION = PLAN.version();

    /** Tokens of {@code plan.md} and the tools by OpenAI's tokenizer, rounded up. */
    static final int INSTRUCTIONS = 1_700;

    private static final int MOST_EXAMPLES = 2;

    /** What it counts to be found first by a search, as much as two words shared with a table's name; less further down. */
    private static final double FOUND = 4;

    private static final int MOST_WORDS = 30;

    private final int maxTokens;
    private final ShownValues shown;

    PromptWriter(int maxTokens, ShownValues shown) {
        this.maxTokens = maxTokens;
        this.shown = shown;
    }

    PlanPrompt write(PlanRequest request, List<AnalysisPlan> before) {
        QuestionWords words = new QuestionWords(request.question());
        List<TableText> tables = request.datasets().stream()
                .map(d -> new TableText(d, request.values(), shown, words))
                .toList();
        List<Relation> relations =
                request.relations().stream().filter(Relation::isUsable).toList();
        String rest = taught(request) + examples(request, words) + earlier(before) + asked(request);
        int room = maxTokens - INSTRUCTIONS - TokenEstimate.of(rest);
        Map<TableText, String> lines = lines(request, tables, relations, room);
        List<String> leftOut = tables.stream()
                .filter(t -> !lines.containsKey(t))
                .map(TableText::name)
                .toList();
        String schema = tables.stream()
                .map(t -> "- " + lines.getOrDefault(t, TableText.name(t.name())) + "\n")
                .collect(Collectors.joining());
        String user = "Tables:\n" + schema + relations(relations, names(lines.keySet())) + rest;
        return new PlanPrompt(VERSION, PLAN.text(), user, PlanTools.SPECIFICATIONS, leftOut);
    }

    /** Only where not all find room, it is worth asking which they are. */
    private static Map<TableText, String> lines(
            PlanRequest request, List<TableText> tables, List<Relation> relations, int room) {
        Map<TableText, String> lines = fit(ranked(tables, relations, List.of()), relations, room);
        if (lines.size() == tables.size() || request.question().isBlank()) {
            return lines;
        }
        List<String> likely = request.ranking().likely(request.question());
        return likely.isEmpty() ? lines : fit(ranked(tables, relations, likely), relations, room);
    }

    /**
     * Tables by how much of the question is about them; what hangs on one of those counts half as much as it.
     *
     * @param likely names of tables that a search found, the best first
     */
    private static List<TableText> ranked(List<TableText> tables, List<Relation> relations, List<String> likely) {
        Map<String, Double> own = new HashMap<>();
        tables.forEach(t -> own.put(t.name(), t.relevance() + FOUND / (1 + place(t.name(), likely))));
        Map<String, Double> scores = new HashMap<>(own);
        for (Relation relation : relations) {
            String from = relation.from().table().table();
            String to = relation.to().table().table();
            scores.merge(from, own.getOrDefault(to, 0.0) / 2, Math::max);
            scores.merge(to, own.getOrDefault(from, 0.0) / 2, Math::max);
        }
        return tables.stream()
                .sorted(Comparator.comparingDouble((TableText t) -> -scores.getOrDefault(t.name(), 0.0)))
                .toList();
    }

    private static double place(String table, List<String> likely) {
        int place = likely.indexOf(table);
        return place < 0 ? Double.POSITIVE_INFINITY : place;
    }

    /**
     * The lines of the tables that find room, the most relevant at the greatest length. The first one always is told,
     * and of all others at least the name.
     */
    private static Map<TableText, String> fit(List<TableText> ranked, List<Relation> relations, int room) {
        Map<TableText, String> lines = new LinkedHashMap<>();
        int left = room
                - ranked.stream()
                        .mapToInt(t -> TokenEstimate.of("- " + TableText.name(t.name()) + "\n"))
                        .sum();
        for (TableText table : ranked) {
            Set<String> before = names(lines.keySet());
            Set<String> after = new HashSet<>(before);
            after.add(table.name());
            int more = TokenEstimate.of(table.columns())
                    + TokenEstimate.of(relations(relations, after))
                    - TokenEstimate.of(relations(relations, before));
            if (more <= left || lines.isEmpty()) {
                lines.put(table, table.columns());
                left -= more;
            }
        }
        for (Map.Entry<TableText, String> line : lines.entrySet()) {
            String full = line.getKey().full();
            int more = TokenEstimate.of(full) - TokenEstimate.of(line.getValue());
            if (more <= left) {
                line.setValue(full);
                left -= more;
            }
        }
        return lines;
    }

    private static Set<String> names(Collection<TableText> tables) {
        return tables.stream().map(TableText::name).collect(Collectors.toSet());
    }

    private static String relations(List<Relation> relations, Set<String> tables) {
        String lines = relations.stream()
                .filter(r -> tables.contains(r.from().table().table())
                        && tables.contains(r.to().table().table()))
                .map(r -> "- " + key(r.from()) + " = " + key(r.to()) + "\n")
                .distinct()
                .collect(Collectors.joining());
        return lines.isEmpty() ? "" : "Relations:\n" + lines;
    }

    private static String key(Key key) {
        return key.columns().stream()
                .map(c -> TableText.name(key.table().table()) + "." + TableText.name(c))
                .collect(Collectors.joining(", "));
    }

    private static String taught(PlanRequest request) {
        String lines = request.vocabulary().words().stream()
                .filter(w -> request.datasets().stream().anyMatch(w::appliesTo))
                .limit(MOST_WORDS)
                .map(w -> "- " + quoted(w.words()) + " is " + meaning(w) + "\n")
                .collect(Collectors.joining());
        return lines.isEmpty() ? "" : "Taught:\n" + lines;
    }

    private static String meaning(TaughtWord word) {
        if (word.meaning() instanceof Meaning.OfColumn c) {
            return "the column " + TableText.name(c.column());
        } else if (word.meaning() instanceof Meaning.OfValues v) {
            String values = v.values().stream().map(PromptWriter::quoted).collect(Collectors.joining(", "));
            return TableText.name(v.column()) + " one of " + values;
        } else if (word.meaning() instanceof Meaning.OfMeasure m) {
            return "the measure " + quoted(m.formula());
        }
        throw new AssertionError(word);
    }

    /** The questions with a checked plan that are most alike, if they share words with this one. */
    private static String examples(PlanRequest request, QuestionWords words) {
        String lines = request.vocabulary().questions().stream()
                .filter(q -> words.sharedWith(q.question()) >= 2)
                .sorted(Comparator.comparingLong((VerifiedQuestion q) -> -words.sharedWith(q.question())))
                .limit(MOST_EXAMPLES)
                .map(q -> "- " + quoted(q.question()) + ": " + PlanJson.write(q.plan()) + "\n")
                .collect(Collectors.joining());
        return lines.isEmpty() ? "" : "Checked by a person:\n" + lines;
    }

    private static String earlier(List<AnalysisPlan> before) {
        return before.isEmpty()
                ? ""
                : "The plan of the last answer, which the question may want to be changed:\n"
                        + PlanJson.write(before.get(before.size() - 1)) + "\n";
    }

    private static String asked(PlanRequest request) {
        String day = request.today().getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
        return "Today is " + day + ", " + request.today() + ".\nQuestion: " + quoted(request.question());
    }

    private static String quoted(String text) {
        return TextNode.valueOf(text).toString();
    }
}
