package dev.datastudio.app.platform;

import dev.datastudio.agents.graph.SavedGraphs;
import dev.datastudio.agents.model.ModelConfig;
import dev.datastudio.agents.model.ModelConfigs;
import dev.datastudio.agents.model.Models;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.job.Job;
import dev.datastudio.api.job.JobQuery;
import dev.datastudio.api.job.JobState;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.app.dataset.FirstQuestions;
import dev.datastudio.app.job.JobView;
import dev.datastudio.app.sample.Samples;
import dev.datastudio.app.web.Needs;
import dev.datastudio.app.web.Scopes;
import dev.datastudio.core.CallerStudio;
import dev.datastudio.core.Studio;
import dev.datastudio.core.conversation.Conversation;
import dev.datastudio.core.project.Project;
import dev.datastudio.rag.document.DocumentCatalog;
import dev.datastudio.spring.StudioHealth;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Puts the first page together. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "platform")
@Needs(Scopes.SETTINGS_GET)
class DashboardController {
    private static final int SHOWN = 5;
    private static final int GRAPH_PAGE = 200;
    private static final int GRAPH_PAGES = 5;

    private final Studio studio;
    private final Samples samples;
    private final ObjectProvider<StudioHealth> health;

    DashboardController(Studio studio, Samples samples, ObjectProvider<StudioHealth> health) {
        this.studio = studio;
        this.samples = samples;
        this.health = health;
    }

    @GetMapping("/dashboard")
    @Operation(operationId = "getDashboard", summary = "What there is, what goes on, and what to do next")
    Dashboard dashboard(Caller caller) {
        Dashboard.Counts counts = counts(caller);
        Dashboard.ModelState model = model(caller);
        Optional<Dataset> sample = samples.dataset(caller);
        return new Dashboard(
                counts,
                jobs(caller, Set.of(JobState.QUEUED, JobState.RUNNING)).stream()
                        .map(JobView::of)
                        .toList(),
                jobs(caller, Set.of(JobState.FAILED)).stream()
                        .map(DashboardController::failure)
                        .toList(),
                components(),
                model,
                checklist(counts, model, sample.isPresent() ? 1 : 0),
                questions(caller, sample),
                new Dashboard.Samples(sample.isPresent()));
    }

    private List<Dashboard.Question> questions(Caller caller, Optional<Dataset> sample) {
        Optional<Dataset> own = studio.as(caller).datasets().list().stream()
                .filter(dataset -> !Samples.isSample(dataset))
                .findFirst();
        Stream<Dashboard.Question> aboutOwn =
                own.stream().flatMap(dataset -> questions(dataset, FirstQuestions.of(studio, dataset)));
        Stream<Dashboard.Question> aboutSample =
                sample.stream().flatMap(dataset -> questions(dataset, Samples.questions()));
        return Stream.concat(aboutOwn, aboutSample).toList();
    }

    private static Stream<Dashboard.Question> questions(Dataset dataset, List<String> questions) {
        return questions.stream()
                .map(question -> new Dashboard.Question(dataset.id().toString(), dataset.name(), question));
    }

    private Dashboard.Counts counts(Caller caller) {
        CallerStudio mine = studio.as(caller);
        return new Dashboard.Counts(
                mine.datasets().list().size(),
                DocumentCatalog.of(studio.metadata(), caller).list().size(),
                graphs(caller),
                mine.conversations().list(Conversation.Status.ACTIVE).size(),
                mine.sources().list().size(),
                mine.projects().list(Project.Status.ACTIVE).size());
    }

    private long graphs(Caller caller) {
        SavedGraphs graphs = SavedGraphs.of(studio).as(caller);
        long count = 0;
        String after = "";
        for (int i = 0; i < GRAPH_PAGES && (i == 0 || !after.isEmpty()); i++) {
            var page = graphs.list(GRAPH_PAGE, after);
            count += page.items().size();
            after = page.next();
        }
        return count;
    }

    private List<Job> jobs(Caller caller, Set<JobState> states) {
        return studio.jobs().list(caller, JobQuery.NEWEST.in(states).limit(SHOWN));
    }

    private static Dashboard.Failure failure(Job job) {
        String what = job.error()
                .map(error -> error.what() + ". " + error.mend() + ".")
                .orElse("The job failed.");
        return new Dashboard.Failure(
                what,
                job.endedAt().orElse(job.createdAt()),
                "/tasks?job=" + job.id().value());
    }

    private List<Dashboard.Component> components() {
        return Optional.ofNullable(health.getIfAvailable())
                .map(studioHealth -> studioHealth.check().stream()
                        .map(each -> new Dashboard.Component(
                                each.name(), each.state().name().toLowerCase(Locale.ROOT), each.detail()))
                        .toList())
                .orElse(List.of());
    }

    private Dashboard.ModelState model(Caller caller) {
        ModelConfigs configs = Models.of(studio).as(caller).configs();
        Optional<ModelConfig> active = configs.active();
        String state = active.isPresent() ? "ready" : "partial";
        return new Dashboard.ModelState(state, active.map(ModelConfig::name));
    }

    /** @param given how many data sets, and graphs over them, are there that nobody brought */
    private static List<Dashboard.Step> checklist(Dashboard.Counts counts, Dashboard.ModelState model, int given) {
        return List.of(
                new Dashboard.Step("dataset", "Bring your own data", counts.datasets() > given, "/datasets"),
                new Dashboard.Step("question", "Ask a question", counts.conversations() > 0, "/assistant"),
                new Dashboard.Step("document", "Add a document", counts.documents() > 0, "/documents"),
                new Dashboard.Step("graph", "Build a graph", counts.graphs() > given, "/graphs"),
                new Dashboard.Step(
                        "model", "Connect a language model", model.state().equals("ready"), "/settings/models"));
    }
}
