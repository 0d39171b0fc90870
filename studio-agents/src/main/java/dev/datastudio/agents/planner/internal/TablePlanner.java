package dev.datastudio.agents.planner.internal;

import dev.datastudio.agents.planner.FollowUp;
import dev.datastudio.agents.planner.PlanOutcome;
import dev.datastudio.agents.planner.ValueLookup;
import dev.datastudio.agents.vocabulary.Vocabulary;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.core.analysis.AnalysisPlan;
import dev.datastudio.core.analysis.PlanProblem;
import dev.datastudio.core.analysis.PlanValidator;
import dev.datastudio.core.analysis.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Understands questions about one table. Thread-safe.
 *
 * <p>A question goes through tagging (each word becomes a column, a stored value, a grammar word or stays unknown),
 * splitting into intents, filling of slots, and the choice of an operation. Two gates refuse what would be a guess: a
 * word that could not be linked, and a linked word that the plan made no use of. The idea that every content word must
 * map to one element of the database, else the question is refused, is from Popescu, Etzioni and Kautz, "Towards a
 * Theory of Natural Language Interfaces to Databases" (2003).
 */
public final class TablePlanner {
    private static final int MAX_READINGS = 4;
    private static final int MAX_NEAREST = 5;
    private static final int NEAREST_OFFERED = 3;
    /** How sure a look-up is that other rules refused. */
    private static final double LOOKED_UP = 0.8;

    /** Plans no other wording: a wording that is tried for its one reading needs none of its own. */
    static final Function<String, PlanOutcome> NO_OTHER =
            question -> new PlanOutcome.NotUnderstood(List.of(), List.of(), List.of());

    private final @Nullable SchemaIndex own;
    private final Scope index;
    private final PlanValidator validator;
    private final Function<String, PlanOutcome> again;
    private volatile @Nullable List<String> suggestions;

    /** A planner for a data set whose values are looked up once, now. */
    public TablePlanner(Dataset dataset, ValueLookup values, Vocabulary vocabulary, Meanings meanings) {
        this.own = new SchemaIndex(dataset, values, vocabulary, meanings);
        this.index = Scope.of(own);
        this.validator = PlanValidator.of(List.of(dataset));
        TablePlanner plain = new TablePlanner(index, validator, NO_OTHER);
        this.again = q -> plain.plan(Tokenizer.tokenize(q), false).outcome();
    }

    /**
     * A planner over several tables.
     *
     * @param again plans another wording of a question
     */
    TablePlanner(Scope tables, PlanValidator validator, Function<String, PlanOutcome> again) {
        this.own = null;
        this.index = tables;
        this.validator = validator;
        this.again = again;
    }

    /** What the words of a question can mean in this table; only of a planner for a single table. */
    SchemaIndex index() {
        return Objects.requireNonNull(own, "own");
    }

    TableEntry table() {
        return index().table();
    }

    /** Plans the tagged words of a question. */
    PlanOutcome plan(List<Item> items) {
        return outcome(items, false);
    }

    /**
     * What became of a question, with how it fits this table.
     *
     * @param namesTable whether the table's own name stands in the question
     * @param links how many words are columns or values
     */
    public record Result(PlanOutcome outcome, boolean namesTable, int links) {}

    /** One attempt: the steps, or what is wrong. */
    private record Attempt(List<Step> steps, List<Decisions> decisions, String problem, List<String> ignored) {
        boolean isComplete() {
            return problem.isEmpty() && ignored.isEmpty() && !steps.isEmpty();
        }
    }

    /** Plans a question of bounded length. */
    public Result plan(String question) {
        Result result = plan(Tokenizer.tokenize(question), true);
        boolean understood =
                result.outcome() instanceof PlanOutcome.Planned || result.outcome() instanceof PlanOutcome.Ambiguous;
        return understood && !RequestCues.asks(question) && !RequestCues.limits(question)
                ? result
                : statistics(question, result);
    }

    /** The question as a request for statistics; as it was planned otherwise when it is none. */
    private Result statistics(String question, Result otherwise) {
        var planner = new RequestPlanner(index, this::sentence);
        RequestPlanner.Reading reading = planner.read(question, Map.of());
        boolean planned = reading.isComplete()
                && reading.decisions().open().isEmpty()
                && validator.problems(new AnalysisPlan(reading.steps())).isEmpty();
        if (planned) {
            var plan = new AnalysisPlan(reading.steps());
            List<String> notes = reading.decisions().notes();
            return new Result(
                    new PlanOutcome.Planned(
                            plan,
                            ReadingWriter.of(plan),
                            notes,
                            reading.decisions().confidence(),
                            new LinkWriter(reading.steps(), index.dataset().table()).of(reading.tagged())),
                    otherwise.namesTable(),
                    otherwise.links());
        }
        if (!isBetterRefused(reading, question, otherwise.outcome())) {
            return otherwise;
        }
        PlanOutcome refused = reading.problem().isEmpty()
                ? notUnderstood(reading.words(), true)
                : cannot(reading.problem(), reading.words(), true);
        return new Result(refused, otherwise.namesTable(), otherwise.links());
    }

    /** Whether a refusal of the request says more than what became of the question otherwise. */
    private static boolean isBetterRefused(RequestPlanner.Reading reading, String question, PlanOutcome otherwise) {
        if (reading.recognised() && RequestCues.limits(question)) {
            return true;
        }
        List<String> words = otherwise instanceof PlanOutcome.NotUnderstood n
                ? n.unknownWords()
                : otherwise instanceof PlanOutcome.CannotAnswer c ? c.unknownWords() : List.of();
        boolean fewer = !words.isEmpty()
                && reading.words().size() < words.size()
                && !reading.words().isEmpty();
        return reading.recognised()
                && (otherwise instanceof PlanOutcome.NotUnderstood || otherwise instanceof PlanOutcome.CannotAnswer)
                && (RequestCues.asks(question)
                        || fewer
                        || (isSeveralSentences(question) && !reading.words().isEmpty()));
    }

    private static boolean isSeveralSentences(String question) {
        return Tokenizer.tokenize(question).stream()
                        .filter(t -> t.text().equals(".") || t.text().equals("?"))
                        .count()
                > 1;
    }

    /** The steps of a single sentence; none when it is not understood. */
    private List<Step> sentence(List<Item> items) {
        boolean known = items.stream().noneMatch(i -> i.is(Item.Kind.UNKNOWN) || i.is(Tag.UNSUPPORTED));
        if (!known) {
            return List.of();
        }
        Attempt attempt = attempt(List.of(withPersons(items)), Map.of());
        boolean plans = attempt.isComplete()
                && attempt.decisions().stream().allMatch(d -> d.open().isEmpty())
                && validator.problems(new AnalysisPlan(attempt.steps())).isEmpty();
        return plans ? attempt.steps() : List.of();
    }

    /** As {@link #plan(String)}, with ways to write a question that was not understood so that it is. */
    public PlanOutcome planOffering(String question) {
        PlanOutcome outcome = plan(question).outcome();
        Optional<PlanOutcome> lookedUp = RequestCues.asks(question) ? Optional.empty() : lookup(question, outcome);
        return lookedUp.orElseGet(
                () -> DidYouMean.offered(question, outcome, w -> index.nearest(w, NEAREST_OFFERED), again));
    }

    /** The question as one that looks something up beside a value; empty when it is none, or has a better plan. */
    private Optional<PlanOutcome> lookup(String question, PlanOutcome outcome) {
        List<Token> tokens = Tokenizer.tokenize(question);
        var reader = new LookupReader(index());
        Optional<LookupReader.Found> found = Optional.empty();
        if (!(outcome instanceof PlanOutcome.Planned planned)) {
            found = reader.read(tokens);
        } else if (reader.comparesRows(planned.plan())) {
            found = reader.readPair(tokens);
        } else if (LookupReader.isOfRows(planned.plan())) {
            found = reader.readNeighbour(tokens);
        } else if (LookupReader.countsByWhatIsCounted(planned.plan(), tokens)
                || reader.missesWho(planned.plan(), tokens)) {
            found = reader.readRows(tokens);
        }
        return found.filter(f -> validator.problems(AnalysisPlan.of(f.step())).isEmpty())
                .map(f -> new PlanOutcome.Planned(
                        AnalysisPlan.of(
                                f.step().toBuilder().intent(question.strip()).build()),
                        ReadingWriter.of(AnalysisPlan.of(f.step())),
                        f.notes(),
                        LOOKED_UP,
                        new LinkWriter(List.of(f.step()), index.dataset().table()).of(f.items())));
    }

    /** What became of a text of bounded length that was said after a plan over this table. */
    public FollowUp followUp(AnalysisPlan previous, String text) {
        Predicate<String> isPlannable =
                question -> plan(Tokenizer.tokenize(question), false).outcome() instanceof PlanOutcome.Planned;
        return new FollowUpPlanner(index, validator, isPlannable).plan(previous, text);
    }

    private Result plan(List<Token> tokens, boolean suggests) {
        List<Item> items = withOnly(withPersons(NameWords.read(Tagger.tag(tokens, index), index)));
        boolean namesTable = items.stream().anyMatch(i -> i.is(Item.Kind.TABLE));
        int links = (int) items.stream()
                .filter(i -> i.is(Item.Kind.COLUMN) || i.is(Item.Kind.VALUE))
                .count();
        return new Result(outcome(items, suggests), namesTable, links);
    }

    private PlanOutcome outcome(List<Item> items, boolean suggests) {
        List<String> unknown = items.stream()
                .filter(i -> i.is(Item.Kind.UNKNOWN) && !followsMatch(items, i) && !SortReader.mayBeLabel(items, i))
                .map(Item::text)
                .distinct()
                .toList();
        List<Item> unsupported =
                items.stream().filter(i -> i.is(Tag.UNSUPPORTED)).toList();
        if (!unsupported.isEmpty()) {
            return cannot(
                    "The built-in planner can't answer questions about "
                            + unsupported.get(0).argument() + " ('"
                            + unsupported.get(0).text() + "').",
                    union(unsupported.stream().map(Item::text).toList(), unknown),
                    suggests);
        }
        if (!unknown.isEmpty()) {
            return notUnderstood(unknown, suggests);
        }
        return linked(items, suggests);
    }

    /** What "contains" and the like look for need not be known. */
    private static boolean followsMatch(List<Item> items, Item item) {
        int at = items.indexOf(item);
        return TextMatchReader.mayBeText(items, at);
    }

    private PlanOutcome linked(List<Item> items, boolean suggests) {
        List<List<Item>> clauses = Splitter.split(items).stream()
                .filter(c -> c.stream().anyMatch(i -> !i.is(Item.Kind.PUNCTUATION)))
                .toList();
        Attempt first = attempt(clauses, Map.of());
        if (!first.ignored().isEmpty()) {
            return first.problem().isEmpty()
                    ? notUnderstood(first.ignored(), suggests)
                    : cannot(first.problem(), first.ignored(), suggests);
        }
        if (!first.isComplete()) {
            boolean nothingSaid =
                    items.stream().allMatch(i -> i.isFiller() || i.is(Item.Kind.PUNCTUATION) || i.is(Tag.QUESTION));
            return nothingSaid || first.problem().isEmpty()
                    ? notUnderstood(List.of(), suggests)
                    : cannot(first.problem(), List.of(), suggests);
        }
        List<PlanProblem> problems = validator.problems(new AnalysisPlan(first.steps()));
        if (!problems.isEmpty()) {
            return cannot(problems.get(0).what() + ".", List.of(), suggests);
        }
        List<PlanOutcome.Candidate> readings = readings(items, clauses, first);
        return readings.size() > 1 ? new PlanOutcome.Ambiguous(readings) : planned(first, items);
    }

    private Attempt attempt(List<List<Item>> clauses, Map<String, Integer> choices) {
        List<Step> steps = new ArrayList<>();
        List<Decisions> all = new ArrayList<>();
        Set<String> ignored = new LinkedHashSet<>();
        String problem = "";
        for (List<Item> items : clauses) {
            var clause = new Clause(items);
            var decisions = new Decisions(index, choices);
            Slots slots = SlotReader.read(clause, decisions);
            List<Step> made = new StepAssembler(slots, decisions, clause.text()).assemble();
            clause.ignored().forEach(i -> ignored.add(i.text()));
            if (!made.isEmpty()) {
                ignored.addAll(PlanColumns.missing(slots, made));
                ignored.addAll(PlanColumns.missingConditions(slots, made));
            }
            made = withFormulas(new Joiner(slots, decisions, clause).joined(made), slots, decisions);
            made = clauses.size() == 1 ? new NamesOnly(slots, clause).of(made) : made;
            problem = problem.isEmpty() && made.isEmpty() ? problemOf(slots) : problem;
            made.stream()
                    .filter(s -> steps.stream().noneMatch(o -> sameButWords(o, s)))
                    .forEach(steps::add);
            all.add(decisions);
        }
        return new Attempt(Repeats.without(steps), all, problem, List.copyOf(ignored));
    }

    private List<Step> withFormulas(List<Step> made, Slots slots, Decisions decisions) {
        TaughtMeasures.explain(made, index.taughtMeasures(), decisions);
        var taught = new TaughtMeasures(index.taughtMeasures(), TaughtMeasures.named(slots));
        List<Step> steps = taught.expanded(made);
        if (!taught.problem().isEmpty()) {
            slots.problem = taught.problem();
            return List.of();
        }
        return steps;
    }

    /** "The average price of each type. List the type and average price" asks once. */
    private static boolean sameButWords(Step a, Step b) {
        return a.operation() == b.operation()
                && a.dimensions().equals(b.dimensions())
                && a.measures().equals(b.measures())
                && a.filter().equals(b.filter())
                && a.having().equals(b.having())
                && a.order().equals(b.order())
                && Objects.equals(a.limit(), b.limit())
                && Objects.equals(a.detail(), b.detail());
    }

    private static String problemOf(Slots slots) {
        return slots.problem.isEmpty() ? "It is not said what is to be computed." : slots.problem;
    }

    /** One candidate for each reading of the first open words; one at most when nothing is open. */
    private List<PlanOutcome.Candidate> readings(List<Item> items, List<List<Item>> clauses, Attempt first) {
        List<Decisions.Open> open =
                first.decisions().stream().flatMap(d -> d.open().stream()).toList();
        Map<List<Step>, PlanOutcome.Candidate> readings = new LinkedHashMap<>();
        if (open.isEmpty()) {
            return List.of();
        }
        Map<String, Integer> choices = new HashMap<>();
        open.forEach(o -> choices.put(o.words(), 0));
        for (int i = 0; i < Math.min(open.get(0).names().size(), MAX_READINGS); i++) {
            choices.put(open.get(0).words(), i);
            Attempt attempt = attempt(clauses, choices);
            if (attempt.isComplete()
                    && validator.problems(new AnalysisPlan(attempt.steps())).isEmpty()) {
                String meant = open.get(0).names().get(i);
                readings.putIfAbsent(
                        attempt.steps(), candidate(items, attempt, open.get(0).words(), meant));
            }
        }
        return List.copyOf(readings.values());
    }

    /** A reading with a question that has it alone; its own words are that question when no other was found. */
    private PlanOutcome.Candidate candidate(List<Item> items, Attempt attempt, String openWords, String meant) {
        var plan = new AnalysisPlan(attempt.steps());
        String reading = ReadingWriter.of(plan);
        for (String question : CandidateQuestions.of(items, openWords, meant)) {
            PlanOutcome outcome = again.apply(question);
            if (outcome instanceof PlanOutcome.Planned planned
                    && ReadingWriter.of(planned.plan()).equals(reading)) {
                return new PlanOutcome.Candidate(planned.plan(), reading, question);
            }
        }
        return new PlanOutcome.Candidate(plan, reading, reading);
    }

    private PlanOutcome planned(Attempt attempt, List<Item> items) {
        Set<String> notes = new LinkedHashSet<>();
        double confidence = 1;
        for (Decisions decisions : attempt.decisions()) {
            notes.addAll(decisions.notes());
            confidence = Math.min(confidence, decisions.confidence());
        }
        for (Item item : items) {
            if (isCorrected(item) && notes.add("'" + item.text() + "' was read as a slip of the pen.")) {
                confidence -= 0.15;
            }
            if (item.is(Tag.WEAK) && notes.add("'" + item.text() + "' was left out.")) {
                confidence -= 0.1;
            }
        }
        var plan = new AnalysisPlan(attempt.steps());
        Map<String, List<String>> otherDates = new LinkedHashMap<>();
        attempt.decisions().forEach(d -> otherDates.putAll(d.otherDates()));
        return new PlanOutcome.Planned(
                plan,
                ReadingWriter.of(plan, otherDates),
                List.copyOf(notes),
                Math.max(0, confidence),
                new LinkWriter(attempt.steps(), index.dataset().table()).of(items));
    }

    /** Whether an operation word is one only by its likeness to one. */
    private static boolean isCorrected(Item item) {
        return item.is(Item.Kind.WORD)
                && item.text().indexOf(' ') < 0
                && Lexicon.english()
                        .find(List.of(item.text().toLowerCase(Locale.ROOT)))
                        .isEmpty()
                && Lexicon.english()
                        .nearest(item.text().toLowerCase(Locale.ROOT))
                        .isPresent();
    }

    private static List<String> union(List<String> a, List<String> b) {
        Set<String> both = new LinkedHashSet<>(a);
        both.addAll(b);
        return List.copyOf(both);
    }

    private PlanOutcome cannot(String reason, List<String> words, boolean suggests) {
        return new PlanOutcome.CannotAnswer(reason, words, suggests ? suggestions() : List.of());
    }

    private PlanOutcome notUnderstood(List<String> words, boolean suggests) {
        if (!suggests) {
            return new PlanOutcome.NotUnderstood(words, List.of(), List.of());
        }
        Set<String> nearest = new LinkedHashSet<>();
        words.stream().limit(MAX_NEAREST).forEach(w -> nearest.addAll(index.nearest(w.toLowerCase(Locale.ROOT), 3)));
        return new PlanOutcome.NotUnderstood(
                words, nearest.stream().limit(MAX_NEAREST).toList(), suggestions());
    }

    /** Three questions about this table that have an answer; fewer when it has too few columns. */
    public List<String> suggestions() {
        List<String> known = suggestions;
        if (known == null) {
            known = Suggestions.of(
                    index,
                    q -> plan(Tokenizer.tokenize(q), false).outcome() instanceof PlanOutcome.Planned p
                            && p.confidence() > 0.85);
            suggestions = known;
        }
        return known;
    }

    /** "For women only", "for only the West": beside the value that it narrows to, "only" says nothing more. */
    private static List<Item> withOnly(List<Item> items) {
        List<Item> read = new ArrayList<>(items);
        for (int at = 1; at < items.size(); at++) {
            boolean narrows = items.get(at).text().equalsIgnoreCase("only")
                    && (items.get(at - 1).is(Item.Kind.VALUE)
                            || items.get(at - 1).is(Tag.PREPOSITION));
            if (narrows && items.get(at).is(Item.Kind.UNKNOWN)) {
                read.set(at, Item.word(items.get(at).text(), Tag.FILLER, ""));
            }
        }
        return read;
    }

    /** "Passengers" are the rows of a table about persons: one with an age; elsewhere the word is not known. */
    private List<Item> withPersons(List<Item> items) {
        boolean isAboutPersons = index.isNameless()
                || index.columns().stream().anyMatch(c -> c.parts().contains("age"));
        return items.stream()
                .map(i -> !i.is(Tag.PERSON)
                        ? i
                        : isAboutPersons
                                ? Item.word(i.text(), Tag.ROWS, "")
                                : Item.of(Item.Kind.UNKNOWN, i.text(), i.text()))
                .toList();
    }
}
