package dev.datastudio.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.datastudio.api.job.Job;
import dev.datastudio.api.job.JobState;
import dev.datastudio.api.progress.Progress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Jobs as text and as JSON. */
final class JobText {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private JobText() {}

    /** Id, state, type, when it was submitted, and how far it is or what went wrong. */
    static String line(Job job) {
        List<String> parts = new ArrayList<>(List.of(
                job.id().value(),
                String.format(Locale.ROOT, "%-9s", state(job)),
                job.request().type(),
                time(job.createdAt())));
        if (job.state() == JobState.RUNNING) {
            job.progress().ifPresent(progress -> parts.add(progress(progress)));
        }
        if (job.state() == JobState.FAILED) {
            job.error().ifPresent(error -> parts.add(error.what()));
        }
        return printable(String.join("  ", parts));
    }

    private static String state(Job job) {
        boolean stopping = job.cancelRequested() && !job.state().isFinal();
        return stopping ? "stopping" : job.state().wireName();
    }

    /** Everything about a job, a line each. */
    static String whole(Job job) {
        List<String> lines = new ArrayList<>();
        lines.add("id         " + job.id());
        lines.add("type       " + job.request().type());
        lines.add("queue      " + job.request().queue().wireName());
        lines.add("state      " + state(job));
        lines.add("submitted  " + time(job.createdAt()));
        job.startedAt().ifPresent(at -> lines.add("started    " + time(at)));
        job.endedAt().ifPresent(at -> lines.add("ended      " + time(at)));
        if (job.state() == JobState.QUEUED && job.dueAt().isAfter(job.createdAt())) {
            lines.add("due        " + time(job.dueAt()));
        }
        if (job.attempt() > 0) {
            lines.add("attempt    " + job.attempt());
        }
        job.worker().ifPresent(worker -> lines.add("worker     " + worker));
        job.progress().ifPresent(progress -> lines.add("progress   " + progress(progress)));
        lines.add("payload    " + job.request().payload());
        job.result().ifPresent(result -> lines.add("result     " + result));
        job.error().ifPresent(error -> {
            lines.add("error      " + error.code() + ": " + error.what());
            lines.add("mend       " + error.mend());
        });
        return String.join("\n", lines.stream().map(JobText::printable).toList());
    }

    private static String progress(Progress progress) {
        return progress.total() > 0
                ? String.format(
                        Locale.ROOT,
                        "%s %,d of %,d %s",
                        progress.stage(),
                        progress.done(),
                        progress.total(),
                        progress.unit())
                : String.format(Locale.ROOT, "%s %,d %s", progress.stage(), progress.done(), progress.unit());
    }

    private static String time(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** What handlers, models and documents wrote may not move the cursor of a terminal, or pretend to be another line. */
    static String printable(String text) {
        return text.replaceAll("[\\p{Cntrl}\\u2028\\u2029\\u202A-\\u202E\\u2066-\\u2069]+", " ");
    }

    static String json(Job job) {
        return write(node(job));
    }

    /** A list of jobs, whose payloads and results are left out. */
    static String json(List<Job> jobs) {
        ArrayNode array = MAPPER.createArrayNode();
        for (Job job : jobs) {
            array.add(node(job).without(List.of("payload", "result")));
        }
        return write(array);
    }

    private static String write(Object node) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree of JSON could not be written", e);
        }
    }

    private static ObjectNode node(Job job) {
        ObjectNode node = MAPPER.createObjectNode()
                .put("id", job.id().value())
                .put("type", job.request().type())
                .put("queue", job.request().queue().wireName())
                .put("state", job.state().wireName())
                .put("cancelRequested", job.cancelRequested())
                .put("attempt", job.attempt())
                .put("createdAt", job.createdAt().toString())
                .put("dueAt", job.dueAt().toString());
        job.startedAt().ifPresent(at -> node.put("startedAt", at.toString()));
        job.endedAt().ifPresent(at -> node.put("endedAt", at.toString()));
        job.worker().ifPresent(worker -> node.put("worker", worker));
        job.progress()
                .ifPresent(progress -> node.putObject("progress")
                        .put("stage", progress.stage())
                        .put("done", progress.done())
                        .put("total", progress.total())
                        .put("unit", progress.unit()));
        node.put("payload", job.request().payload());
        job.result().ifPresent(result -> node.put("result", result));
        job.error()
                .ifPresent(error -> node.putObject("error")
                        .put("code", error.code().name())
                        .put("what", error.what())
                        .put("mend", error.mend()));
        return node;
    }
}
