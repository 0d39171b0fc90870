package dev.datastudio.agents.ask.internal;

import dev.datastudio.agents.ask.Answer;
import dev.datastudio.agents.ask.AnswerJson;
import dev.datastudio.agents.ask.AskOptions;
import dev.datastudio.agents.ask.ModelPlanning;
import dev.datastudio.agents.ask.internal.KeptAnswer.Validity;
import dev.datastudio.agents.planner.BuiltInPlanner;
import dev.datastudio.agents.planner.PlanOutcome;
import dev.datastudio.agents.planner.PlanRequest;
import dev.datastudio.agents.planner.model.PlanPrompt;
import dev.datastudio.agents.telemetry.StudioEngines;
import dev.datastudio.agents.vocabulary.Teaching;
import dev.datastudio.agents.vocabulary.Vocabulary;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.dataset.DatasetId;
import dev.datastudio.api.embedding.Embedder;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.query.QueryEngine;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.activity.Activity;
import dev.datastudio.core.artifact.ArtifactPaths;
import dev.datastudio.core.cache.Cached;
import dev.datastudio.core.cache.TypedCache;
import dev.datastudio.core.source.SourceId;
import dev.datastudio.core.usage.Measure;
import dev.datastudio.core.usage.Reservation;
import dev.datastudio.graph.Graph;
import dev.datastudio.graph.run.Engine;
import dev.datastudio.graph.run.RunOptions;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How a question becomes an answer: the cache, then the graph of {@link AskGraph}.
 *
 * <p>Whether a plan looks at today's date is known only when there is one. So an answer is looked for under its key
 * without a day first; a plan that is relative to today stores its answer under the key with the day.
 *
 * <p>It answers for whoever asks: what is kept here is kept by caller, and nothing is looked up for anybody else.
 * Thread-safe.
 */
public final class AskFlow {
    /** Changes whenever the same plan would be answered differently; part of every key. */
    private static final String VERSIONS = BuiltInPlanner.VERSION + " ask-2 ";

    private final Studio studio;
    private final Comprehension comprehension;
    private final String versions;
    private final StoredValues values;
    private final Teaching teaching;
    private final KnownRelations relations;
    private final SourceReader sources;
    private final TypedCache<AskKey, KeptAnswer> answers;
    private final Graph<AskGraph.Input, AskGraph.Output> graph;
    private final Engine engine;
    private final ArtifactPlaces places;
    private final SearchedTables ranking;

    public AskFlow(Studio studio) {
        this.studio = studio;
        this.comprehension =
                new Comprehension(studio.embedder().map(BuiltInPlanner::new).orElseGet(BuiltInPlanner::new));
        this.versions = VERSIONS + studio.embedder().map(Embedder::model).orElse("") + " ";
        this.values = new StoredValues(studio);
        this.teaching = Teaching.of(studio);
        this.relations = new KnownRelations(studio);
        this.sources = new SourceReader(studio);
        this.places = new ArtifactPlaces(studio.artifacts());
        this.ranking = new SearchedTables(studio);
        this.answers = TypedCache.over(studio.cache(), AskKey::persistent, new KeptAnswer.Codec())
                .keepIf(kept -> kept.isAnswered() && kept.day() == Validity.THIS_DAY)
                .build();
        this.graph = AskGraph.of(this::understand, new StepWorker(studio), new AnswerWriter());
        studio.datasets()
                .onDelete(dataset -> answers.removeTagged(dataset.owner().tenant(), dataset.contentHash()));
        this.engine = studio.closing(StudioEngines.of(studio).engine().build());
    }

    /** Answers a question, from the cache where that can be, and tells of it. */
    public Answer ask(Caller caller, List<Dataset> given, String question, AskOptions options) {
        Activity activity = Activity.of(caller, "question.ask")
                .about(given.stream().map(dataset -> dataset.id().toString()).toList())
                .with("question", question);
        return studio.activities()
                .watching(
                        activity,
                        () -> find(caller, given, question, options),
                        (asked, answer) -> asked.with(Map.of(
                                "answer", answer.id(),
                                "status", answer.status().jsonName(),
                                "cached", answer.cached())));
    }

    /**
     * Answers a question about a database: its own engine runs the statements, and the answer is not kept, because
     * nobody tells when its rows change.
     */
    public Answer ask(Caller caller, SourceId source, String question, AskOptions options) {
        Activity activity = Activity.of(caller, "question.ask")
                .about(List.of(source.toString()))
                .with("question", question);
        return studio.activities()
                .watching(
                        activity,
                        () -> withinQuota(caller, cost -> {
                            Answer answer = askDatabase(caller, source, question, options);
                            cost.settle(1);
                            return answer;
                        }),
                        (asked, answer) -> asked.with("answer", answer.id())
                                .with("status", answer.status().jsonName())
                                .with("cached", false));
    }

    private Answer askDatabase(Caller caller, SourceId source, String question, AskOptions options) {
        long start = System.nanoTime();
        try (QueryEngine engine = studio.sources().as(caller).engine(source)) {
            SourceTables tables = sources.read(caller, source, engine, options.cancellation());
            AskTask task = AskTask.over(
                    caller, tables, engine, question, options, LocalDate.now(studio.clock()), vocabulary(caller));
            return run(task, options.cancellation(), List.of(), start).answer();
        }
    }

    private Answer find(Caller caller, List<Dataset> given, String question, AskOptions options) {
        long start = System.nanoTime();
        List<String> renamed = new ArrayList<>();
        List<Dataset> datasets = distinctTables(given, renamed);
        LocalDate today = LocalDate.now(studio.clock());
        AskTask task = new AskTask(caller, "", datasets, question, options, today, vocabulary(caller));
        AskKey key = AskKey.of(
                task,
                studio.locale(),
                studio.clock().getZone().getId(),
                versions + modelVersion(options) + task.vocabulary().version() + relations.decided(caller, datasets));
        Optional<Answer> before = answers.find(key).map(Cached::value).map(KeptAnswer::answer);
        if (before.isPresent()) {
            Optional<Answer> whole = places.find(before.get());
            if (whole.isPresent()) {
                return whole.get().fromCache(millisSince(start));
            }
        }
        AskTask computed = task.withId(UUID.randomUUID().toString());
        return withinQuota(caller, cost -> compute(computed, key, renamed, before.isPresent(), start, cost));
    }

    /**
     * Only an answer that had to be computed costs a question; the work settles that once it is there. The same question
     * that is being computed already is free.
     */
    private Answer withinQuota(Caller caller, Function<Reservation, Answer> work) {
        try (Reservation cost = studio.reserve(caller, Measure.QUESTIONS, 1)) {
            return work.apply(cost);
        }
    }

    private Answer compute(
            AskTask task, AskKey key, List<String> renamed, boolean again, long start, Reservation cost) {
        AtomicBoolean ran = new AtomicBoolean();
        AskKey today = key.on(task.today());
        Set<String> tags = task.datasets().stream().map(Dataset::contentHash).collect(Collectors.toSet());
        Cached<KeptAnswer> kept = answers.get(today, tags, task.options().cancellation(), shared -> {
            if (!again) {
                Optional<KeptAnswer> meanwhile = answers.find(key).map(Cached::value);
                if (meanwhile.isPresent()) {
                    return meanwhile.get();
                }
            }
            ran.set(true);
            KeptAnswer fresh = run(task, shared, renamed, start);
            cost.settle(1);
            if (fresh.isAnswered() && fresh.day() == Validity.ALWAYS) {
                answers.put(key, fresh, tags);
            }
            return fresh;
        });
        Answer answer = kept.value().answer();
        if (ran.get() || kept.origin() == Cached.Origin.COMPUTED) {
            return answer;
        }
        Optional<Answer> whole = places.find(answer);
        if (whole.isPresent()) {
            return whole.get().fromCache(millisSince(start));
        }
        Answer fresh = run(task, task.options().cancellation(), renamed, start).answer();
        cost.settle(1);
        return fresh;
    }

    private KeptAnswer run(AskTask task, Cancellation cancellation, List<String> renamed, long start) {
        RunOptions options = RunOptions.builder()
                .caller(task.caller())
                .cancellation(cancellation)
                .keptEvents(0)
                .build();
        AskGraph.Output output = engine.run(graph, new AskGraph.Input(task), options);
        Answer answer = output.answer().finished(renamed, millisSince(start));
        if (task.options().pictures() == AskOptions.Pictures.DRAW) {
            ArtifactPaths paths = ArtifactPaths.of(task.datasets().get(0));
            studio.artifacts()
                    .put(paths.manifest(), AnswerJson.writePretty(answer).getBytes(StandardCharsets.UTF_8));
        }
        return new KeptAnswer(answer, output.validity());
    }

    /** Plans a question, and nothing more. */
    public PlanOutcome plan(Caller caller, List<Dataset> given, String question, AskOptions options) {
        return understand(task(caller, given, question, options), options.cancellation())
                .outcome();
    }

    /** Questions to begin with. */
    public List<String> suggestions(Dataset dataset) {
        return comprehension.suggestions(dataset);
    }

    /** What a model would be sent of a question. */
    public PlanPrompt prompt(Caller caller, List<Dataset> given, String question, AskOptions options) {
        if (options.model() == null) {
            throw new IllegalArgumentException("options must have a model");
        }
        PlanRequest request = request(task(caller, given, question, options), options.cancellation());
        return options.model().planner().prompt(request, options.context());
    }

    private AskTask task(Caller caller, List<Dataset> given, String question, AskOptions options) {
        List<Dataset> datasets = distinctTables(given, new ArrayList<>());
        return new AskTask(caller, "", datasets, question, options, LocalDate.now(studio.clock()), vocabulary(caller));
    }

    private Vocabulary vocabulary(Caller caller) {
        return teaching.as(caller).vocabulary();
    }

    private Understanding understand(AskTask task, Cancellation cancellation) {
        ModelPlanning model = task.options().model();
        return comprehension.understand(
                request(task, cancellation),
                task.options().context(),
                model == null ? null : model.as(task.caller()),
                cancellation);
    }

    private PlanRequest request(AskTask task, Cancellation cancellation) {
        List<Dataset> datasets = task.datasets();
        SourceTables source = task.source();
        return new PlanRequest(
                task.question(),
                datasets,
                source == null ? values.of(task.caller(), datasets) : source.values(),
                task.today(),
                source == null ? relations.of(task.caller(), datasets, cancellation) : source.relations(),
                task.vocabulary(),
                ranking.of(task.caller(), source, cancellation));
    }

    private static List<Dataset> distinctTables(List<Dataset> datasets, List<String> renamed) {
        Set<String> taken = new HashSet<>();
        Set<DatasetId> seen = new HashSet<>();
        List<Dataset> distinct = new ArrayList<>(datasets.size());
        for (Dataset dataset : datasets) {
            if (!seen.add(dataset.id())) {
                continue; // given twice; a second copy of the same rows could only confuse
            }
            String table = dataset.table();
            for (int number = 2; !taken.add(table.toLowerCase(Locale.ROOT)); number++) {
                table = dataset.table() + "_" + number;
            }
            if (!table.equals(dataset.table())) {
                renamed.add("A second table '" + dataset.table() + "' is called '" + table + "' here.");
            }
            distinct.add(table.equals(dataset.table()) ? dataset : dataset.withTable(table));
        }
        return distinct;
    }

    private static String modelVersion(AskOptions options) {
        return options.model() == null ? "" : options.model().version() + " ";
    }

    private static long millisSince(long start) {
        return (System.nanoTime() - start) / 1_000_000;
    }
}
