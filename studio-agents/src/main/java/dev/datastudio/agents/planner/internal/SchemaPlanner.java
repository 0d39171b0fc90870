package dev.datastudio.agents.planner.internal;

import dev.datastudio.agents.planner.FollowUp;
import dev.datastudio.agents.planner.PlanOutcome;
import dev.datastudio.agents.planner.PlanOutcome.Ambiguous;
import dev.datastudio.agents.planner.PlanOutcome.Candidate;
import dev.datastudio.agents.planner.PlanOutcome.CannotAnswer;
import dev.datastudio.agents.planner.PlanOutcome.NotUnderstood;
import dev.datastudio.agents.planner.PlanOutcome.Planned;
import dev.datastudio.api.relation.Relation;
import dev.datastudio.core.analysis.AnalysisPlan;
import dev.datastudio.core.analysis.PlanValidator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Understands questions about several tables. Thread-safe.
 *
 * <p>The words are tagged with their meanings in all tables; then the smallest sets of tables that hold a meaning for
 * each word are tried, a single table as if it were alone, several joined over their relations.
 */
public final class SchemaPlanner {
    /** Sets of tables that fit about equally well are different readings. */
    private static final double ALIKE = 0.05;

    private final List<TablePlanner> tables;
    private final Scope scope;
    private final PlanValidator validator;

    /** A planner for tables, each with its own planner, and the relations between them. */
    public SchemaPlanner(List<TablePlanner> tables, List<Relation> relations) {
        this.tables = List.copyOf(tables);
        JoinGraph joins = JoinGraph.of(tables.stream().map(TablePlanner::table).toList(), relations);
        this.scope = Scope.of(tables.stream().map(TablePlanner::index).toList(), joins);
        this.validator =
                PlanValidator.of(tables.stream().map(t -> t.table().dataset()).toList());
    }

    /** Plans a question of bounded length. */
    public PlanOutcome plan(String question) {
        return DidYouMean.offered(question, plan(question, true), w -> scope.nearest(w, 3), q -> plan(q, false));
    }

    /** What became of a text that was said after a plan over some of these tables. */
    public FollowUp followUp(AnalysisPlan previous, String text) {
        Set<String> names = previous.steps().stream()
                .flatMap(s -> s.source().tables().stream())
                .collect(Collectors.toSet());
        Scope read = scope.within(
                scope.tables().stream().filter(t -> names.contains(t.name())).toList());
        return new FollowUpPlanner(read, validator, q -> plan(q, false) instanceof Planned).plan(previous, text);
    }

    /** What became of a question with some tables. */
    private record Tried(TableChooser.Choice choice, PlanOutcome outcome) {
        boolean isPlanned() {
            return outcome instanceof Planned || outcome instanceof Ambiguous;
        }
    }

    private PlanOutcome plan(String question, boolean suggests) {
        List<Item> items =
                JoinWords.read(NameWords.read(Tagger.tag(Tokenizer.tokenize(question), scope), scope), scope);
        List<Tried> tried = new ArrayList<>();
        double best = Double.NaN;
        for (TableChooser.Choice choice : TableChooser.rank(items, scope)) {
            if (!Double.isNaN(best) && choice.cost() > best + ALIKE) {
                break;
            }
            Tried one = new Tried(choice, outcome(choice.tables(), items, question, suggests));
            tried.add(one);
            best = one.isPlanned() && Double.isNaN(best) ? choice.cost() : best;
        }
        List<Tried> planned = tried.stream().filter(Tried::isPlanned).toList();
        if (!planned.isEmpty()) {
            return planned.size() == 1 ? planned.get(0).outcome() : either(planned, question);
        }
        return refusal(tried, items, question, suggests);
    }

    private PlanOutcome outcome(List<TableEntry> chosen, List<Item> items, String question, boolean suggests) {
        Scope within = scope.within(chosen);
        if (chosen.size() == 1) {
            PlanOutcome alone = planner(chosen.get(0)).plan(question).outcome();
            if (alone instanceof Planned || alone instanceof Ambiguous) {
                return alone;
            }
        }
        // A wording that is tried for another one's sake must not try wordings itself: that might never end.
        Function<String, PlanOutcome> again = suggests ? q -> plan(q, false) : TablePlanner.NO_OTHER;
        return new TablePlanner(within, validator, again).plan(Narrowing.of(items, within));
    }

    private TablePlanner planner(TableEntry table) {
        return tables.stream().filter(t -> t.table().equals(table)).findFirst().orElseThrow();
    }

    /** The readings in each of the tables that fit alike. */
    private static PlanOutcome either(List<Tried> planned, String question) {
        Map<List<?>, Candidate> candidates = new LinkedHashMap<>();
        for (Tried one : planned) {
            if (one.outcome() instanceof Planned p) {
                String names = String.join(
                        " and ",
                        one.choice().tables().stream().map(TableEntry::name).toList());
                String named = question.strip().replaceFirst("[?!.]+$", "") + telling(one.choice(), planned);
                candidates.putIfAbsent(
                        p.plan().steps(), new Candidate(p.plan(), "In " + names + ": " + p.reading(), named));
            } else if (one.outcome() instanceof Ambiguous a) {
                a.candidates().forEach(c -> candidates.putIfAbsent(c.plan().steps(), c));
            }
        }
        return candidates.size() == 1 ? planned.get(0).outcome() : new Ambiguous(List.copyOf(candidates.values()));
    }

    /** Words after a question that leave it one of several readings: the tables that only this one joins. */
    private static String telling(TableChooser.Choice choice, List<Tried> planned) {
        List<String> names = choice.tables().stream().map(TableEntry::name).toList();
        List<String> own = choice.tables().stream()
                .filter(t -> planned.stream()
                        .allMatch(p -> p.choice().equals(choice)
                                || !p.choice().tables().contains(t)))
                .map(TableEntry::name)
                .toList();
        return own.size() == 1 && names.size() > 1
                ? " joined over " + own.get(0)
                : " in " + String.join(" and ", names);
    }

    /** Why no set of tables answers: what is wrong with the likeliest, or that the tables aren't related. */
    private PlanOutcome refusal(List<Tried> tried, List<Item> items, String question, boolean suggests) {
        List<String> unknown = items.stream()
                .filter(i -> i.is(Item.Kind.UNKNOWN))
                .map(Item::text)
                .distinct()
                .toList();
        Optional<PlanOutcome> clear = tried.stream()
                .map(Tried::outcome)
                .filter(o -> o instanceof CannotAnswer)
                .findFirst();
        if (unknown.isEmpty() && clear.isPresent()) {
            return withSuggestions((CannotAnswer) clear.get(), suggests);
        } else if (unknown.isEmpty() && tried.isEmpty() && items.stream().anyMatch(SchemaPlanner::isLinked)) {
            return new CannotAnswer(
                    "This needs columns of several of the tables "
                            + scope.tables().stream().map(TableEntry::name).toList()
                            + ", and no relation between them is known.",
                    List.of(),
                    suggests ? suggestions() : List.of());
        }
        if (!tried.isEmpty() && tried.get(0).choice().tables().size() == 1) {
            return planner(tried.get(0).choice().tables().get(0)).plan(question).outcome();
        }
        List<String> words = unknown.isEmpty() ? ignored(tried) : unknown;
        return new NotUnderstood(
                words,
                words.stream()
                        .flatMap(w -> scope.nearest(w, 3).stream())
                        .distinct()
                        .limit(5)
                        .toList(),
                suggests ? suggestions() : List.of());
    }

    private static List<String> ignored(List<Tried> tried) {
        return tried.stream()
                .map(Tried::outcome)
                .filter(o -> o instanceof NotUnderstood)
                .findFirst()
                .map(o -> ((NotUnderstood) o).unknownWords())
                .orElse(List.of());
    }

    private static boolean isLinked(Item item) {
        return item.is(Item.Kind.COLUMN) || item.is(Item.Kind.VALUE) || item.is(Item.Kind.TABLE);
    }

    private PlanOutcome withSuggestions(CannotAnswer refused, boolean suggests) {
        return new CannotAnswer(
                refused.reason(), refused.unknownWords(), suggests ? suggestions() : refused.suggestions());
    }

    /** Questions about the first table that have an answer. */
    public List<String> suggestions() {
        return tables.get(0).suggestions();
    }
}
