package dev.datastudio.app.question;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.app.web.Needs;
import dev.datastudio.app.web.Scopes;
import dev.datastudio.core.Studio;
import dev.datastudio.core.upload.Upload;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Announces files. */
@RestController
@Tag(name = "questions")
class UploadController {
    private final Studio studio;
    private final FileLinks links;

    UploadController(Studio studio, FileLinks links) {
        this.studio = studio;
        this.links = links;
    }

    /**
     * A file that will be sent.
     *
     * @param fileName what it is called; the data set gets the name
     * @param contentType what is sent, such as {@code text/csv}; nothing for whatever is sent
     * @param userId whoever sends it, if it is said: the caller's own id
     */
    @Schema(name = "UploadRequest")
    record UploadRequest(
            @JsonProperty("file_name") Optional<String> fileName,
            @JsonProperty("content_type") Optional<String> contentType,
            @JsonProperty("user_id") Optional<String> userId) {}

    /**
     * Where to send a file.
     *
     * @param fileId names the file in questions
     * @param presignedUrl takes its bytes by PUT, once
     * @param s3Key where it lies when it was imported
     */
    @Schema(name = "UploadTicket")
    record UploadTicket(
            @JsonProperty("file_id") String fileId,
            @JsonProperty("presigned_url") String presignedUrl,
            @JsonProperty("s3_key") String s3Key) {}

    @PostMapping(
            path = {"/upload", "/api/v1/upload"},
            consumes = MediaType.APPLICATION_JSON_VALUE)
    @Needs(Scopes.DATASET_EDIT)
    @Operation(operationId = "announceUpload", summary = "Announces a file, and says where to PUT its bytes")
    UploadTicket announce(Caller caller, @RequestBody UploadRequest request) {
        String user = request.userId().orElse(caller.user());
        if (!user.equals(caller.user())) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "The user_id " + StudioException.quote(user) + " is not yours",
                    "Leave user_id out, or send your own id");
        }
        Upload upload = studio.uploads().begin(caller, request.fileName().orElse(""));
        String mediaType = mediaType(request.contentType().orElse(""));
        return new UploadTicket(
                upload.id(),
                links.write(caller, upload.incoming(), mediaType).toString(),
                FileLinks.withoutTenant(caller, upload.original().value()));
    }

    private static String mediaType(String contentType) {
        String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!type.matches("|[a-z0-9.+-]{1,60}/[a-z0-9.+-]{1,60}")) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "The content_type " + StudioException.quote(contentType) + " is none",
                    "Send one such as text/csv");
        }
        return type;
    }
}
