package dev.datastudio.core.quality.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.quality.QualityIssue;
import dev.datastudio.core.quality.QualityReport;
import dev.datastudio.core.quality.RuleResult.Outcome;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What jobs that check quality are told, and what they give. Anybody may submit one, so that both are checked. */
public final class CheckJobJson {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DATASET = "dataset";
    private static final int MAX_ISSUES = 200;

    private CheckJobJson() {}

    /** The payload for a data set. */
    public static String payload(String dataset) {
        return JSON.createObjectNode().put(DATASET, dataset).toString();
    }

    /** The data set's name in a payload. */
    public static String dataset(String payload) {
        try {
            JsonNode name = JSON.readTree(payload).path(DATASET);
            if (name.isTextual() && !name.textValue().isBlank()) {
                return name.textValue();
            }
        } catch (JsonProcessingException e) {
            throw invalid(payload, e);
        }
        throw invalid(payload, null);
    }

    private static StudioException invalid(String payload, @Nullable Exception cause) {
        String what = "The payload " + StudioException.quote(payload) + " names no data set";
        String mend = "Submit {\"dataset\":\"NAME\"}";
        return cause == null
                ? new StudioException(ErrorCode.INVALID_ARGUMENT, what, mend)
                : new StudioException(ErrorCode.INVALID_ARGUMENT, what, mend, cause);
    }

    /** A report in short: how the rules stand, and the first issues, without examples from the data. */
    public static String summary(QualityReport report, int version) {
        ObjectNode summary = JSON.createObjectNode();
        summary.put(DATASET, report.name()).put("id", report.dataset().toString());
        summary.put("version", version).put("checkedAt", report.checkedAt().toString());
        summary.put("passed", report.isPassed()).put("rules", report.results().size());
        for (Outcome outcome : Outcome.values()) {
            summary.put(
                    outcome.name().toLowerCase(Locale.ROOT) + "Rules",
                    report.results().stream()
                            .filter(result -> result.outcome() == outcome)
                            .count());
        }
        summary.put("issueCount", report.issues().size()).putArray("issues");
        report.issues().stream()
                .limit(MAX_ISSUES)
                .forEach(issue -> summary.withArray("issues").add(json(issue)));
        return summary.toString();
    }

    private static ObjectNode json(QualityIssue issue) {
        return JSON.createObjectNode()
                .put("id", issue.id())
                .put("state", issue.state().name().toLowerCase(Locale.ROOT))
                .put("severity", issue.severity().name().toLowerCase(Locale.ROOT))
                .put("message", issue.message())
                .put("violations", issue.violations())
                .put("share", issue.share());
    }
}
