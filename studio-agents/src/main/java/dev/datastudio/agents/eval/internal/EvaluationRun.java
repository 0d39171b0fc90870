package dev.datastudio.agents.eval.internal;

import dev.datastudio.agents.eval.EvaluatedQuestion;
import dev.datastudio.agents.eval.EvaluationOptions;
import dev.datastudio.agents.eval.EvaluationReport;
import dev.datastudio.agents.eval.EvaluationSet;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Progress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * One run over a set: its databases side by side, their results in order. Only as many databases as there are threads
 * are open, and what is kept of a question is a few rows, so that memory does not grow with the set. Used once.
 */
public final class EvaluationRun {
    private final EvaluationSet set;
    private final List<ItemGroup> groups;
    private final EvaluationOptions options;
    private final Consumer<EvaluatedQuestion> listener;
    private final int total;
    private final AtomicInteger done = new AtomicInteger();

    public EvaluationRun(
            EvaluationSet set,
            List<ItemGroup> groups,
            EvaluationOptions options,
            Consumer<EvaluatedQuestion> listener) {
        this.set = set;
        this.groups = chosen(groups, options);
        this.options = options;
        this.listener = listener;
        this.total =
                this.groups.stream().mapToInt(group -> group.items().size()).sum();
    }

    private static List<ItemGroup> chosen(List<ItemGroup> groups, EvaluationOptions options) {
        String only = options.only().toLowerCase(Locale.ROOT);
        int left = options.limit();
        List<ItemGroup> chosen = new ArrayList<>();
        for (ItemGroup group : groups) {
            List<EvaluationItem> items = group.items().stream()
                    .filter(item -> (item.id() + "\n" + item.question() + "\n" + group.name())
                            .toLowerCase(Locale.ROOT)
                            .contains(only))
                    .limit(left)
                    .toList();
            left -= items.size();
            if (!items.isEmpty()) {
                chosen.add(group.with(items));
            }
        }
        return chosen;
    }

    /** Asks all questions. */
    public EvaluationReport run() {
        long start = System.nanoTime();
        Scores scores = new Scores(total);
        ExecutorService executor = Executors.newFixedThreadPool(options.threads());
        try {
            Deque<Future<List<Judged>>> running = new ArrayDeque<>();
            for (ItemGroup group : groups) {
                running.add(executor.submit(() -> new DatabaseRun(group, options, this::oneMore).run()));
            }
            while (!running.isEmpty()) {
                for (Judged judged : await(running.remove())) {
                    scores.add(judged);
                    listener.accept(judged.question());
                }
            }
        } finally {
            executor.shutdownNow();
        }
        return scores.report(set, Duration.ofNanos(System.nanoTime() - start));
    }

    private void oneMore() {
        options.progress().onProgress(new Progress("asking", done.incrementAndGet(), total, "questions"));
    }

    private static List<Judged> await(Future<List<Judged>> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StudioException(ErrorCode.CANCELLED, "The evaluation was interrupted", "Run it again", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
