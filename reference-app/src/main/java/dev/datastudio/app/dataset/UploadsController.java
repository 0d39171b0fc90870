package dev.datastudio.app.dataset;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.job.JobId;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.app.dataset.DatasetView.ColumnView;
import dev.datastudio.app.dataset.DatasetView.Report;
import dev.datastudio.app.job.JobView;
import dev.datastudio.app.web.Needs;
import dev.datastudio.app.web.Scopes;
import dev.datastudio.core.Studio;
import dev.datastudio.core.dataset.ImportOptions;
import dev.datastudio.core.dataset.ImportPreview;
import dev.datastudio.core.upload.Upload;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Files that are there but no data sets yet: looked at first, then imported or taken back; forgotten after a day. */
@RestController
@RequestMapping("/api/v1/uploads")
@Tag(name = "datasets")
@Needs(Scopes.DATASET_EDIT)
class UploadsController {
    private static final int PREVIEW_ROWS = 100;

    private final Studio studio;

    UploadsController(Studio studio) {
        this.studio = studio;
    }

    /**
     * A file that waits for its import.
     *
     * @param id names it, in questions too
     * @param name what it is called
     * @param origin where it comes from: {@code file} or {@code url}
     */
    @Schema(name = "Upload")
    record UploadView(String id, String name, String origin) {
        static UploadView of(Upload upload) {
            return new UploadView(upload.id(), upload.name(), upload.origin().kind());
        }
    }

    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(operationId = "uploadFile", summary = "Takes a file in, to be looked at and imported")
    UploadView receive(Caller caller, @RequestPart MultipartFile file, @RequestParam(defaultValue = "") String name)
            throws IOException {
        String called = name.isBlank() ? String.valueOf(file.getOriginalFilename()) : name;
        try (InputStream content = file.getInputStream()) {
            return UploadView.of(studio.uploads().receive(caller, called, content));
        }
    }

    /**
     * A file of the web.
     *
     * @param url where it is
     */
    @Schema(name = "UrlFetch")
    record UrlFetch(String url) {}

    @PostMapping("/url")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(operationId = "fetchUrl", summary = "Fetches a file of the web, as a job whose result is an upload")
    JobView fetch(Caller caller, @RequestBody UrlFetch request) {
        return job(caller, studio.importJobs().fetch(caller, DatasetController.uri(request.url())));
    }

    private JobView job(Caller caller, JobId id) {
        return JobView.of(studio.jobs().get(caller, id));
    }

    @GetMapping("/{id}")
    @Operation(operationId = "getUpload", summary = "A file that waits for its import")
    UploadView get(Caller caller, @PathVariable String id) {
        return UploadView.of(upload(caller, id));
    }

    private Upload upload(Caller caller, String id) {
        return studio.uploads()
                .find(caller, id)
                .filter(upload -> upload.dataset().isEmpty())
                .orElseThrow(() -> new StudioException(
                        ErrorCode.ENTRY_NOT_FOUND,
                        "There is no file " + StudioException.quote(id) + " that waits for its import",
                        "Send it again"));
    }

    /**
     * How a file is imported; what is missing is found out.
     *
     * @param name what the data set is called; nothing for the file's name
     * @param types the types of some columns, by their names; a value that is not of its column's type makes its row one
     *     that can't be read
     * @param maxRejectedRows how many rows that can't be read may be left out; 0 unless told
     */
    @Schema(name = "ImportWish")
    record ImportWish(Optional<String> name, Optional<Map<String, ColumnType>> types, Optional<Long> maxRejectedRows) {
        ImportOptions options() {
            return ImportOptions.builder()
                    .name(name.map(String::strip).orElse(""))
                    .types(types.orElse(Map.of()))
                    .maxRejectedRows(maxRejectedRows.orElse(0L))
                    .build();
        }
    }

    /**
     * What an import would give; nothing of it is kept.
     *
     * @param name of the file
     * @param columns in the order of the file
     * @param rows the first 100
     * @param totalRows how many rows the data set would have
     * @param report which rows would be left out
     * @param warnings what was noticed or decided, whole sentences
     */
    @Schema(name = "ImportPreview")
    record PreviewView(
            String name,
            List<ColumnView> columns,
            List<List<@Nullable Object>> rows,
            long totalRows,
            Report report,
            List<String> warnings) {
        static PreviewView of(Upload upload, ImportPreview preview) {
            return new PreviewView(
                    upload.name(),
                    preview.columns().stream().map(ColumnView::of).toList(),
                    preview.rows().stream().map(TableView::cells).toList(),
                    preview.report().storedRows(),
                    Report.of(preview.report()),
                    preview.warnings());
        }
    }

    @PostMapping("/{id}/preview")
    @Operation(operationId = "previewUpload", summary = "Reads a file as an import would, and keeps nothing")
    PreviewView preview(Caller caller, @PathVariable String id, @RequestBody ImportWish wish) {
        Upload upload = upload(caller, id);
        return PreviewView.of(upload, studio.uploads().preview(caller, id, wish.options(), PREVIEW_ROWS));
    }

    @PostMapping("/{id}/import")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(operationId = "importUpload", summary = "Makes a data set of a file, as a job")
    JobView importUpload(Caller caller, @PathVariable String id, @RequestBody ImportWish wish) {
        upload(caller, id);
        return job(caller, studio.importJobs().file(caller, id, wish.options()));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "discardUpload", summary = "Takes a file back that was not imported")
    void discard(Caller caller, @PathVariable String id) {
        upload(caller, id);
        studio.uploads().discard(caller, id);
    }
}
