package dev.datastudio.app.learning;

import dev.datastudio.api.tenant.Caller;
import dev.datastudio.app.web.Needs;
import dev.datastudio.app.web.Scopes;
import dev.datastudio.core.Studio;
import dev.datastudio.ml.registry.Models;
import dev.datastudio.ml.registry.OnnxOptions;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Models that come from elsewhere. */
@RestController
@RequestMapping("/api/v1/trained-models/import")
@Tag(name = "trained models")
class OnnxImportController {
    private final Studio studio;

    OnnxImportController(Studio studio) {
        this.studio = studio;
    }

    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    @Needs(Scopes.DATASET_EDIT)
    @Operation(
            operationId = "importOnnx",
            summary = "Imports an ONNX file of at most 64 MiB as a model; what is not said is taken from the file")
    ModelCardView add(
            Caller caller,
            @RequestPart MultipartFile file,
            @RequestParam(defaultValue = "") String name,
            @RequestParam(defaultValue = "") String description,
            @RequestParam(defaultValue = "") String target,
            @RequestParam(defaultValue = "") List<String> columns,
            @RequestParam(defaultValue = "") List<String> classes)
            throws IOException {
        OnnxOptions options = OnnxOptions.DEFAULT
                .named(name)
                .described(description)
                .predicting(target)
                .reading(columns)
                .telling(classes)
                .from(String.valueOf(file.getOriginalFilename()));
        try (InputStream content = file.getInputStream()) {
            return ModelCardView.of(Models.of(studio).as(caller).importOnnx(content, options));
        }
    }
}
