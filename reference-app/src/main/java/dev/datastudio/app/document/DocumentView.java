package dev.datastudio.app.document;

import dev.datastudio.api.job.Job;
import dev.datastudio.api.progress.Progress;
import dev.datastudio.rag.document.Document;
import dev.datastudio.rag.document.DocumentVersion;
import dev.datastudio.rag.document.Ingestion;
import dev.datastudio.rag.document.Stage;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A document as it stands.
 *
 * @param id names it
 * @param name of its file
 * @param mediaType what it is by its content; null until it is known
 * @param bytes the length of its file
 * @param status how its reading goes
 * @param stage what is being done, or was last
 * @param pages pages, slides or sheets; null when the format has none, or it is not known yet
 * @param chunks into how many passages it was cut
 * @param language BCP 47; null when it is not known
 * @param shared whether everybody of the organisation finds it
 * @param mine whether you added it, and so may delete it
 * @param warnings what was lost or repaired in reading
 * @param createdAt when it was first added
 * @param error why it can't be read; null unless its reading failed
 * @param stages all stages, in their order
 * @param progress of the stage that is being done, 0 to 1; null when it is not known
 * @param job the id of the job that reads it; null when none does
 */
@Schema(name = "Document")
public record DocumentView(
        String id,
        String name,
        Optional<String> mediaType,
        long bytes,

        @Schema(allowableValues = {"waiting", "running", "done", "failed", "cancelled"})
        String status,

        @Schema(allowableValues = {"parse", "chunk", "embed", "store"})
        String stage,

        Optional<Integer> pages,
        long chunks,
        Optional<String> language,
        boolean shared,
        boolean mine,
        List<String> warnings,
        Instant createdAt,
        Optional<Failure> error,
        List<StageView> stages,
        Optional<Double> progress,
        Optional<String> job) {
    /**
     * Why a document can't be read.
     *
     * @param code for programs, such as {@code ENCRYPTED}
     * @param what what happened
     * @param mend what to do about it
     * @param passing whether trying again may help
     */
    @Schema(name = "DocumentFailure")
    public record Failure(String code, String what, String mend, boolean passing) {
        static Failure of(Ingestion.Failure failure) {
            return new Failure(failure.reason(), failure.message(), failure.mend(), failure.isPassing());
        }
    }

    /**
     * A stage of reading.
     *
     * @param stage its name
     * @param state how it goes
     * @param millis how long it took; null where it is not known
     */
    @Schema(name = "DocumentStage")
    public record StageView(
            @Schema(allowableValues = {"parse", "chunk", "embed", "store"})
            String stage,

            @Schema(allowableValues = {"waiting", "running", "done", "failed", "cancelled"})
            String state,

            Optional<Long> millis) {}

    static DocumentView of(Document document, String user) {
        return of(document, user, Optional.empty());
    }

    /** @param job that reads it, if one does */
    static DocumentView of(Document document, String user, Optional<Job> job) {
        Optional<DocumentVersion> version = document.current();
        Ingestion ingestion = document.ingestion();
        return new DocumentView(
                document.id(),
                document.name(),
                version.map(DocumentVersion::mediaType),
                ingestion.bytes(),
                lower(ingestion.state()),
                lower(ingestion.stage()),
                version.map(DocumentVersion::pages).filter(pages -> pages > 0),
                version.map(DocumentVersion::passages).orElse(0L),
                version.map(DocumentVersion::language).filter(language -> !language.equals("und")),
                document.visibility() == dev.datastudio.rag.document.Visibility.TENANT,
                document.user().equals(user),
                version.map(DocumentVersion::warnings).orElse(List.of()),
                document.addedAt(),
                ingestion.failure().map(Failure::of),
                stages(ingestion),
                job.flatMap(Job::progress).map(Progress::fraction).filter(done -> done >= 0),
                job.map(each -> each.id().value()));
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static List<StageView> stages(Ingestion ingestion) {
        return Arrays.stream(Stage.values())
                .map(stage -> new StageView(lower(stage), state(stage, ingestion), Optional.empty()))
                .toList();
    }

    private static String state(Stage stage, Ingestion ingestion) {
        int order = stage.compareTo(ingestion.stage());
        boolean isDone = ingestion.state() == Ingestion.State.DONE || order < 0;
        return isDone ? "done" : order > 0 ? "waiting" : lower(ingestion.state());
    }
}
