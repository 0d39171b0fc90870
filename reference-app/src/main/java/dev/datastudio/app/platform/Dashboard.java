package dev.datastudio.app.platform;

import dev.datastudio.app.job.JobView;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What there is, what goes on, and what to do next.
 *
 * @param counts how many things there are
 * @param runningJobs what waits or is being done
 * @param failures what failed last
 * @param components how the parts of the studio do
 * @param model whether a model answers
 * @param checklist first steps
 * @param questions to begin with, about the latest data set that was added, then about the sample
 * @param samples whether the sample is there
 */
public record Dashboard(
        Counts counts,
        List<JobView> runningJobs,
        List<Failure> failures,
        List<Component> components,
        ModelState model,
        List<Step> checklist,
        List<Question> questions,
        Samples samples) {
    /**
     * How many things there are for you.
     *
     * @param datasets data sets
     * @param documents documents
     * @param graphs graphs; at most 1,000 are counted
     * @param conversations conversations that go on
     * @param sources connected databases
     * @param projects projects that go on
     */
    @Schema(name = "DashboardCounts")
    public record Counts(long datasets, long documents, long graphs, long conversations, long sources, long projects) {}

    /**
     * Something that failed.
     *
     * @param what happened, with what mends it
     * @param when it did
     * @param link the page that shows it
     */
    @Schema(name = "DashboardFailure")
    public record Failure(String what, Instant when, String link) {}

    /**
     * How a part of the studio does.
     *
     * @param name of the part
     * @param state how it does
     * @param detail what it is, or what is wrong and how to mend it
     */
    @Schema(name = "DashboardComponent")
    public record Component(
            String name,
            @Schema(allowableValues = {"up", "down", "off"}) String state,
            String detail) {}

    /**
     * Whether a model answers.
     *
     * @param state {@code ready} with an active model, {@code partial} without one: the built-in planner answers
     * @param name of the active one; null when there is none
     */
    @Schema(name = "DashboardModel")
    public record ModelState(
            @Schema(allowableValues = {"ready", "partial"}) String state, Optional<String> name) {}

    /**
     * A first step.
     *
     * @param id names it
     * @param title what to do
     * @param done whether it was
     * @param link the page to do it on
     */
    @Schema(name = "DashboardStep")
    public record Step(String id, String title, boolean done, String link) {}

    /**
     * A question to click.
     *
     * @param datasetId the data set that it is about
     * @param datasetName what people call it
     * @param question in plain English
     */
    @Schema(name = "DashboardQuestion")
    public record Question(String datasetId, String datasetName, String question) {}

    /**
     * The sample.
     *
     * @param present whether it is there
     */
    @Schema(name = "DashboardSamples")
    public record Samples(boolean present) {}
}
