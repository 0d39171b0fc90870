package dev.datastudio.app.dataset;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.dataset.DatasetId;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.app.web.Needs;
import dev.datastudio.app.web.Scopes;
import dev.datastudio.core.Studio;
import dev.datastudio.core.statistics.TestKind;
import dev.datastudio.core.statistics.TestRequest;
import dev.datastudio.core.statistics.TestSpec;
import dev.datastudio.core.statistics.TestSpec.Alternative;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Hypothesis tests over data sets. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "tests")
class TestController {
    private final Studio studio;

    TestController(Studio studio) {
        this.studio = studio;
    }

    /**
     * What to test.
     *
     * @param test one of the test kinds; nothing takes the one that fits, and says why
     * @param columns one column, or what it is compared by or with as a second
     * @param groups which values of the second column are compared; nothing for all
     * @param alternative {@code two_sided}, {@code less} or {@code greater}
     * @param alpha the significance level, between 0 and 1; 0.05 unless told
     * @param reference what a mean, a median or a difference is compared with; 0 unless told
     */
    @Schema(name = "TestRequest")
    record TestQuestion(
            Optional<String> test,
            List<String> columns,
            Optional<List<String>> groups,
            Optional<String> alternative,
            Optional<Double> alpha,
            Optional<Double> reference) {

        TestRequest request() {
            if (columns == null || columns.isEmpty() || columns.size() > 2) {
                throw new StudioException(
                        ErrorCode.INVALID_ARGUMENT,
                        "A test is of one column or two, not of " + (columns == null ? 0 : columns.size()),
                        "Name the column to test, and what it is compared by or with");
            }
            TestSpec spec = TestSpec.builder(constant(TestKind.class, test.orElse("auto")))
                    .alternative(constant(Alternative.class, alternative.orElse("two_sided")))
                    .alpha(alpha.orElse(TestSpec.DEFAULT_ALPHA))
                    .reference(reference.orElse(0.0))
                    .build();
            return new TestRequest(
                    columns.get(0), columns.size() > 1 ? columns.get(1) : "", groups.orElse(List.of()), spec);
        }

        private static <E extends Enum<E>> E constant(Class<E> type, String name) {
            return Arrays.stream(type.getEnumConstants())
                    .filter(each -> each.name().equals(name.strip().toUpperCase(Locale.ROOT)))
                    .findFirst()
                    .orElseThrow(() -> new StudioException(
                            ErrorCode.INVALID_ARGUMENT,
                            StudioException.quote(name) + " is no " + type.getSimpleName(),
                            "Use one of " + Arrays.toString(type.getEnumConstants())));
        }
    }

    @PostMapping("/datasets/{id}/tests")
    @Needs(Scopes.DATASET_GET)
    @Operation(operationId = "testHypothesis", summary = "A hypothesis test over one or two columns of a data set")
    TestView test(Caller caller, @PathVariable UUID id, @RequestBody TestQuestion question) {
        Dataset dataset = studio.as(caller).datasets().get(new DatasetId(id));
        return TestView.of(studio.as(caller).test(dataset, question.request(), Cancellation.none()));
    }

    /**
     * A kind of test.
     *
     * @param id what requests call it
     * @param title what people call it
     * @param needs what it takes, in words
     */
    @Schema(name = "TestKind")
    record Kind(String id, String title, String needs) {}

    @GetMapping("/test-kinds")
    @Needs(Scopes.DATASET_GET)
    @Operation(operationId = "listTestKinds", summary = "The kinds of hypothesis tests")
    List<Kind> kinds() {
        return Arrays.stream(TestKind.values())
                .map(kind ->
                        new Kind(kind.jsonName(), kind.title(), kind.shape().words()))
                .toList();
    }
}
