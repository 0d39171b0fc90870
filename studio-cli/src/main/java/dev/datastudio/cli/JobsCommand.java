package dev.datastudio.cli;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.job.Job;
import dev.datastudio.api.job.JobId;
import dev.datastudio.api.job.JobQuery;
import dev.datastudio.api.job.JobState;
import dev.datastudio.core.Studio;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code studio jobs [list|show ID|cancel ID]}: the work in the background of a workspace, whichever process does it. */
@Command(
        name = "jobs",
        description = "Shows and cancels the background jobs of the workspace.",
        mixinStandardHelpOptions = true)
final class JobsCommand implements Callable<Integer> {
    private static final int MAX_LISTED = 1_000;

    @Parameters(index = "0", arity = "0..1", paramLabel = "ACTION", description = "list (the default), show or cancel")
    private String action = "list";

    @Parameters(index = "1", arity = "0..1", paramLabel = "ID", description = "the job to show or cancel")
    private String id = "";

    @Option(names = "--open", description = "list only jobs that are not done")
    private boolean open;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "20", description = "list so many at most, 1 to 1000")
    private int limit;

    @Option(names = "--json", description = "print the jobs as JSON")
    private boolean json;

    @Mixin
    private WorkspaceOption workspace = new WorkspaceOption();

    private final Terminal terminal;

    JobsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        boolean one = action.equals("show") || action.equals("cancel");
        if (!one && !action.equals("list")) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "There is nothing that jobs can " + StudioException.quote(action),
                    "Say list, show or cancel");
        }
        if (one == id.isEmpty()) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    one ? "No job is named to " + action : "A list of jobs takes no id",
                    one ? "Name one by its id; './studio jobs' lists them" : "Say 'show " + id + "' to see one");
        }
        try (Studio studio = workspace.open()) {
            if (!one) {
                list(studio);
            } else if (action.equals("show")) {
                show(studio.jobs().get(studio.caller(), jobId()));
            } else {
                cancel(studio);
            }
            return StudioCommand.OK;
        }
    }

    private JobId jobId() {
        try {
            return new JobId(id);
        } catch (IllegalArgumentException e) {
            throw new StudioException(
                    ErrorCode.JOB_NOT_FOUND,
                    "Job " + StudioException.quote(id) + " is not there",
                    "List the jobs and use the id of one of them",
                    e);
        }
    }

    private void list(Studio studio) {
        if (limit < 1 || limit > MAX_LISTED) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT, "--limit is " + limit, "Give a number from 1 to " + MAX_LISTED);
        }
        JobQuery newest = JobQuery.NEWEST.limit(limit);
        JobQuery query = open ? newest.in(EnumSet.of(JobState.QUEUED, JobState.RUNNING)) : newest;
        List<Job> jobs = studio.jobs().list(studio.caller(), query);
        if (json) {
            terminal.out().println(JobText.json(jobs));
        } else if (jobs.isEmpty()) {
            terminal.out().println(open ? "No job is waiting or running." : "There are no jobs.");
        } else {
            jobs.forEach(job -> terminal.out().println(JobText.line(job)));
        }
    }

    private void show(Job job) {
        terminal.out().println(json ? JobText.json(job) : JobText.whole(job));
    }

    private void cancel(Studio studio) {
        Job job = studio.jobs().cancel(studio.caller(), jobId());
        show(job);
        if (job.state().isFinal() && job.state() != JobState.CANCELLED) {
            terminal.err().println("The job had ended before.");
        } else if (!job.state().isFinal()) {
            terminal.err().println("The job is asked to stop; the process that runs it hears of it within a second.");
        }
    }
}
