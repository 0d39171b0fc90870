package dev.datastudio.app.source;

import dev.datastudio.api.error.ErrorType;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.app.web.Needs;
import dev.datastudio.app.web.Scopes;
import dev.datastudio.core.Studio;
import dev.datastudio.core.preview.Preview;
import dev.datastudio.core.preview.PreviewJson;
import dev.datastudio.core.preview.PreviewRequest;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shows what is in data sets and databases. */
@RestController
@Tag(name = "sources")
class PreviewController {
    private final Studio studio;

    PreviewController(Studio studio) {
        this.studio = studio;
    }

    /**
     * What somebody sees of a source.
     *
     * @param ok whether there is something to see
     * @param dataType {@code table}, {@code text}, {@code json}, {@code image}, {@code pdf} or {@code error}
     * @param headers the names of a table's columns
     * @param rows of a table
     * @param totalRows how many rows the table has in all
     * @param content of text and JSON
     * @param binaryBase64 of an image or PDF
     * @param mimeType of an image or PDF
     * @param error why there is nothing to see
     */
    @Schema(name = "Preview")
    record PreviewDocument(
            boolean ok,
            @Schema(name = "data_type") String dataType,
            Optional<List<String>> headers,
            Optional<List<PreviewRow>> rows,
            @Schema(name = "total_rows") Optional<Long> totalRows,
            Optional<String> content,
            @Schema(name = "binary_base64") Optional<String> binaryBase64,
            @Schema(name = "mime_type") Optional<String> mimeType,
            Optional<String> error) {}

    /** A row of a preview; a missing value is null. */
    @Schema(name = "PreviewRow")
    record PreviewRow(List<@Nullable String> values) {}

    @GetMapping(path = "/api/v1/studio/sources/{id}/preview", produces = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Scopes.SOURCE_GET)
    @Operation(operationId = "previewSource", summary = "The first rows of a data set, a table or a statement")
    @ApiResponse(
            responseCode = "200",
            description = "What is in it",
            content = @Content(schema = @Schema(implementation = PreviewDocument.class)))
    String preview(
            Caller caller,
            @PathVariable String id,
            @RequestParam(defaultValue = "1000") int limit,
            @RequestParam(name = "source_version_id", defaultValue = "") String version,
            @RequestParam(defaultValue = "") String query,
            @RequestParam(defaultValue = "") String table) {
        if (!query.isBlank()) {
            studio.requireSqlExecutor();
        }
        PreviewRequest request = PreviewRequest.of(version.length() == 36 ? version : id)
                .ofVersion(version.matches("[1-9][0-9]{0,8}") ? Integer.parseInt(version) : 0)
                .ofTable(table)
                .ofQuery(query)
                .page(limit, 0);
        Preview shown = studio.as(caller).preview(request);
        if (shown instanceof Preview.Failed failed && failed.error().code().type() == ErrorType.NOT_FOUND) {
            throw failed.error();
        }
        return PreviewJson.write(shown);
    }
}
