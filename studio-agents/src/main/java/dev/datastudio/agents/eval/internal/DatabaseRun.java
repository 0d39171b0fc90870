package dev.datastudio.agents.eval.internal;

import dev.datastudio.agents.ask.Analyst;
import dev.datastudio.agents.ask.Answer;
import dev.datastudio.agents.ask.AnswerStatus;
import dev.datastudio.agents.ask.AnswerStep;
import dev.datastudio.agents.ask.AskOptions;
import dev.datastudio.agents.eval.EvaluatedQuestion;
import dev.datastudio.agents.eval.EvaluationOptions;
import dev.datastudio.agents.eval.EvaluationOutcome;
import dev.datastudio.agents.planner.PlanOutcome;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.Studio;
import dev.datastudio.core.analysis.PlanJson;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** Asks the questions about one database, in a studio that is made for them. Used once. */
final class DatabaseRun {
    /** More rows than any set expects. */
    private static final long MAX_ROWS = 10_000;

    /** Where the processor's time is not told, it is -1 at both ends. */
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final ItemGroup group;
    private final EvaluationOptions options;
    private final AskOptions asking;
    private final Runnable oneMore;

    DatabaseRun(ItemGroup group, EvaluationOptions options, Runnable oneMore) {
        this.group = group;
        this.options = options;
        this.asking = AskOptions.DEFAULT
                .withMaxRows(MAX_ROWS)
                .withPictures(AskOptions.Pictures.SKIP)
                .withCancellation(options.cancellation());
        this.oneMore = oneMore;
    }

    List<Judged> run() {
        options.cancellation().throwIfCancelled();
        try (Studio studio =
                Studio.builder().temporary().auditing(Studio.Auditing.OFF).build()) {
            List<Dataset> tables = imported(studio);
            List<Judged> judged = new ArrayList<>();
            for (EvaluationItem item : group.items()) {
                options.cancellation().throwIfCancelled();
                judged.add(judged(studio, needed(tables, item), item));
                oneMore.run();
            }
            return judged;
        } catch (StudioException e) {
            return failed(e);
        }
    }

    /** All questions of a database that can't be opened. */
    private List<Judged> failed(StudioException failure) {
        if (failure.code() == ErrorCode.CANCELLED) {
            throw failure;
        }
        Verdict verdict = Verdict.failed(String.valueOf(failure.getMessage()));
        return group.items().stream()
                .map(item -> judged(item, unanswered(AnswerStatus.ERROR, ""), verdict))
                .toList();
    }

    private List<Dataset> imported(Studio studio) {
        List<Dataset> tables = new ArrayList<>();
        for (Path file : group.files()) {
            tables.add(studio.datasets().importFile(file));
        }
        // What is kept of a database is made at its first question; that is no question's time.
        Analyst.of(studio).plan(tables, "");
        return tables;
    }

    private List<Dataset> needed(List<Dataset> tables, EvaluationItem item) {
        if (options.tables() == EvaluationOptions.Tables.DATABASE
                || item.needed().isEmpty()) {
            return tables;
        }
        List<String> names = item.needed().stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .toList();
        List<Dataset> needed = tables.stream()
                .filter(table -> names.contains(table.table().toLowerCase(Locale.ROOT)))
                .toList();
        return needed.isEmpty() ? tables : needed;
    }

    /** An error of one question is counted, and the next one asked. */
    private Judged judged(Studio studio, List<Dataset> tables, EvaluationItem item) {
        try {
            Asked asked = asked(Analyst.of(studio), tables, item);
            return judged(item, asked, item.check().judge(asked, sql -> studio.query(tables, sql)));
        } catch (RuntimeException e) {
            if (e instanceof StudioException failure && failure.code() == ErrorCode.CANCELLED) {
                throw failure;
            }
            return judged(item, unanswered(AnswerStatus.ERROR, ""), Verdict.failed(e.toString()));
        }
    }

    private Asked asked(Analyst analyst, List<Dataset> tables, EvaluationItem item) {
        AskOptions within = asking;
        for (String before : item.before()) {
            within = within.withPrevious(analyst.ask(tables, before, within));
        }
        long cpu = THREADS.getCurrentThreadCpuTime();
        long start = System.nanoTime();
        PlanOutcome outcome = analyst.plan(tables, item.question(), within);
        long planned = System.nanoTime();
        long planningCpu = THREADS.getCurrentThreadCpuTime() - cpu;
        Answer answer = analyst.ask(tables, item.question(), within);
        long answered = System.nanoTime();
        long took = answer.cached() ? 0 : answered - planned;
        return new Asked(outcome, answer, new Asked.Spent(planned - start, planningCpu, took));
    }

    private static Asked unanswered(AnswerStatus status, String message) {
        Answer answer = Answer.builder(UUID.randomUUID().toString(), status)
                .message(message)
                .build();
        return new Asked(new PlanOutcome.CannotAnswer(message, List.of(), List.of()), answer, Asked.Spent.NOTHING);
    }

    private Judged judged(EvaluationItem item, Asked asked, Verdict verdict) {
        Answer answer = asked.answer();
        EvaluatedQuestion question = new EvaluatedQuestion(
                item.id(),
                item.part(),
                group.name(),
                item.question(),
                verdict.outcome(),
                verdict.expected(),
                verdict.got(),
                answer.reading(),
                asked.plan().map(PlanJson::write).orElse(""),
                answer.steps().stream().map(AnswerStep::sql).toList(),
                reason(verdict, answer),
                answer.unknownWords());
        return new Judged(question, item.slices(), verdict.aspects(), asked.spent());
    }

    private static String reason(Verdict verdict, Answer answer) {
        if (!verdict.reason().isEmpty() || verdict.outcome() == EvaluationOutcome.RIGHT) {
            return verdict.reason();
        }
        return answer.status().jsonName() + ": " + answer.message();
    }
}
