package dev.datastudio.agents.planner;

import dev.datastudio.agents.planner.PlanOutcome.CannotAnswer;
import dev.datastudio.agents.planner.PlanOutcome.Planned;
import dev.datastudio.agents.planner.internal.Meanings;
import dev.datastudio.agents.planner.internal.ReadingWriter;
import dev.datastudio.agents.planner.internal.SchemaPlanner;
import dev.datastudio.agents.planner.internal.SchemaPlanners;
import dev.datastudio.agents.planner.internal.SetPlanner;
import dev.datastudio.agents.planner.internal.TablePlanner;
import dev.datastudio.agents.planner.internal.TablePlanners;
import dev.datastudio.agents.vocabulary.VerifiedQuestion;
import dev.datastudio.agents.vocabulary.Vocabulary;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.embedding.Embedder;
import dev.datastudio.core.analysis.AnalysisPlan;
import dev.datastudio.core.analysis.PlanValidator;
import java.util.List;
import java.util.Optional;

/**
 * Understands questions in English without a model: every content word must be a column, a stored value or an
 * operation, or the question is refused with the words that are none. Thread-safe; make one and keep it, because it
 * keeps what it derived from the latest data sets.
 */
public final class BuiltInPlanner {
    /** Changes whenever a question may get another plan; part of cache keys. */
    public static final String VERSION = "built-in-4";

    /** The most characters of a question; a longer one is refused. */
    public static final int MAX_QUESTION_LENGTH = 2_000;

    private final TablePlanners planners;
    private final SchemaPlanners schemas = new SchemaPlanners();

    /** A planner that knows no table yet. */
    public BuiltInPlanner() {
        this(Meanings.none());
    }

    /**
     * A planner that also links words by their meaning: a word that fits nothing is taken for the column whose name is
     * nearest, if it is near enough and clearly nearer than the next one, and that is said.
     */
    public BuiltInPlanner(Embedder embedder) {
        this(Meanings.by(embedder));
    }

    private BuiltInPlanner(Meanings meanings) {
        this.planners = new TablePlanners(meanings);
    }

    /**
     * Plans a question. Does not block and reads no data beyond the request's values. Of several tables, the fewest that
     * fit every word are taken, joined over the request's relations; where several fit alike, the question is ambiguous.
     */
    public PlanOutcome plan(PlanRequest request) {
        List<TablePlanner> tables = tables(request);
        if (request.question().length() > MAX_QUESTION_LENGTH) {
            return new CannotAnswer(
                    "The question has " + request.question().length() + " characters; the most is "
                            + MAX_QUESTION_LENGTH + ".",
                    List.of(),
                    tables.get(0).suggestions());
        }
        Optional<PlanOutcome> verified = verified(request);
        if (verified.isPresent()) {
            return verified.get();
        }
        PlanValidator validator = PlanValidator.of(request.datasets());
        if (tables.size() == 1) {
            return new SetPlanner(tables.get(0)::planOffering, validator).plan(request.question());
        }
        SchemaPlanner schema = schemas.planner(tables, request.relations());
        return new SetPlanner(schema::plan, validator).plan(request.question());
    }

    /**
     * Up to three questions about a table that {@link #plan} has an answer to, made from what its columns are for. Reads no
     * data.
     */
    public List<String> suggestions(Dataset dataset) {
        return planners.planner(dataset, ValueLookup.none(), Vocabulary.EMPTY).suggestions();
    }

    private List<TablePlanner> tables(PlanRequest request) {
        return request.datasets().stream()
                .map(d -> planners.planner(d, request.values(), request.vocabulary()))
                .toList();
    }

    /** The plan that a person checked for just this question, if the data still has what it reads. */
    private static Optional<PlanOutcome> verified(PlanRequest request) {
        PlanValidator validator = PlanValidator.of(request.datasets());
        return request.vocabulary()
                .verified(request.question())
                .map(VerifiedQuestion::plan)
                .filter(plan -> validator.problems(plan).isEmpty())
                .map(plan -> new Planned(
                        plan,
                        ReadingWriter.of(plan),
                        List.of("The plan of this question was checked by a person."),
                        1,
                        List.of(new WordLink(
                                request.question(), WordLink.Kind.TAUGHT, "verified question", "taught"))));
    }

    /**
     * Reads a text that was said after an answer: a question of its own, or a change of that answer's plan. Does not
     * block and reads no data beyond the request's values.
     *
     * @param previous the plan of the answer before
     * @param request the text, over the same tables
     */
    public FollowUp followUp(AnalysisPlan previous, PlanRequest request) {
        if (request.question().length() > MAX_QUESTION_LENGTH) {
            return new FollowUp.NewQuestion();
        }
        boolean joins =
                previous.steps().stream().anyMatch(s -> s.source().tables().size() > 1);
        if (joins) {
            return schemas.planner(tables(request), request.relations()).followUp(previous, request.question());
        }
        String table = previous.steps().get(0).source().tables().get(0);
        return request.datasets().stream()
                .filter(d -> d.table().equalsIgnoreCase(table))
                .findFirst()
                .map(d -> planners.planner(d, request.values(), request.vocabulary())
                        .followUp(previous, request.question()))
                .orElseGet(FollowUp.NewQuestion::new);
    }

    /** A plan in words, as {@link Planned#reading()} has it. */
    public static String reading(AnalysisPlan plan) {
        return ReadingWriter.of(plan);
    }
}
