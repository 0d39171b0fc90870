package dev.datastudio.core.quality.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.quality.QualityCheck;
import dev.datastudio.core.quality.QualityIssue;
import dev.datastudio.core.quality.QualityRule;
import dev.datastudio.core.quality.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rules and issues as JSON text; a rule's kind is written by name, never by class. */
final class RuleJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private RuleJson() {}

    static String write(QualityRule rule) {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("id", rule.id());
        node.put("dataset", rule.dataset());
        node.put("severity", rule.severity().name());
        node.put("tolerance", rule.tolerance());
        writeCheck(node.putObject("check"), rule.check());
        return node.toString();
    }

    private static void writeCheck(ObjectNode node, QualityCheck check) {
        if (check instanceof QualityCheck.NotNull notNull) {
            node.put("kind", "not_null").put("column", notNull.column());
        } else if (check instanceof QualityCheck.Unique unique) {
            unique.columns().forEach(node.put("kind", "unique").putArray("columns")::add);
        } else if (check instanceof QualityCheck.Range range) {
            node.put("kind", "range").put("column", range.column());
            putFinite(node, "min", range.min());
            putFinite(node, "max", range.max());
        } else if (check instanceof QualityCheck.AllowedValues allowed) {
            node.put("kind", "allowed_values").put("column", allowed.column());
            allowed.values().forEach(node.putArray("values")::add);
        } else if (check instanceof QualityCheck.Pattern pattern) {
            node.put("kind", "pattern").put("column", pattern.column()).put("regex", pattern.regex());
        } else if (check instanceof QualityCheck.Reference reference) {
            node.put("kind", "reference").put("column", reference.column());
            node.put("dataset", reference.dataset()).put("otherColumn", reference.otherColumn());
        } else if (check instanceof QualityCheck.Freshness freshness) {
            node.put("kind", "freshness").put("column", freshness.column());
            node.put("maxAge", freshness.maxAge().toString());
        } else if (check instanceof QualityCheck.RowCount rowCount) {
            node.put("kind", "row_count").put("maxLoss", rowCount.maxLoss()).put("maxGrowth", rowCount.maxGrowth());
        } else {
            throw new AssertionError(check);
        }
    }

    private static void putFinite(ObjectNode node, String name, double value) {
        if (Double.isFinite(value)) {
            node.put(name, value);
        }
    }

    static QualityRule readRule(String json) {
        JsonNode node = parse(json);
        return new QualityRule(
                node.path("id").asText(),
                node.path("dataset").asText(),
                readCheck(node.path("check")),
                Severity.valueOf(node.path("severity").asText()),
                node.path("tolerance").asDouble());
    }

    private static QualityCheck readCheck(JsonNode node) {
        String kind = node.path("kind").asText();
        String column = node.path("column").asText();
        return switch (kind) {
            case "not_null" -> new QualityCheck.NotNull(column);
            case "unique" -> new QualityCheck.Unique(texts(node.path("columns")));
            case "range" ->
                new QualityCheck.Range(
                        column,
                        node.path("min").asDouble(Double.NEGATIVE_INFINITY),
                        node.path("max").asDouble(Double.POSITIVE_INFINITY));
            case "allowed_values" -> new QualityCheck.AllowedValues(column, texts(node.path("values")));
            case "pattern" ->
                new QualityCheck.Pattern(column, node.path("regex").asText());
            case "reference" ->
                new QualityCheck.Reference(
                        column,
                        node.path("dataset").asText(),
                        node.path("otherColumn").asText());
            case "freshness" ->
                new QualityCheck.Freshness(
                        column, Duration.parse(node.path("maxAge").asText()));
            case "row_count" ->
                new QualityCheck.RowCount(
                        node.path("maxLoss").asDouble(), node.path("maxGrowth").asDouble());
            default -> throw damaged("the check '" + kind + "' is not known", null);
        };
    }

    static String write(QualityIssue issue) {
        ObjectNode node = MAPPER.createObjectNode();
        node.put("id", issue.id());
        node.put("dataset", issue.dataset());
        node.put("state", issue.state().name());
        node.put("severity", issue.severity().name());
        node.put("message", issue.message());
        node.put("violations", issue.violations());
        node.put("share", issue.share());
        issue.examples().forEach(node.putArray("examples")::add);
        node.put("sql", issue.sql());
        node.put("version", issue.version());
        node.put("firstSeen", issue.firstSeen().toString());
        node.put("lastSeen", issue.lastSeen().toString());
        return node.toString();
    }

    static QualityIssue readIssue(String json) {
        JsonNode node = parse(json);
        return new QualityIssue(
                node.path("id").asText(),
                node.path("dataset").asText(),
                QualityIssue.State.valueOf(node.path("state").asText()),
                Severity.valueOf(node.path("severity").asText()),
                node.path("message").asText(),
                node.path("violations").asLong(),
                node.path("share").asDouble(),
                texts(node.path("examples")),
                node.path("sql").asText(),
                node.path("version").asText(),
                Instant.parse(node.path("firstSeen").asText()),
                Instant.parse(node.path("lastSeen").asText()));
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(element -> texts.add(element.asText()));
        return texts;
    }

    private static JsonNode parse(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw damaged("it is no JSON", e);
        }
    }

    private static StudioException damaged(String why, @Nullable Throwable cause) {
        return new StudioException(
                ErrorCode.STORAGE_FAILED,
                "A stored rule or issue can't be read: " + why,
                "Restore the workspace from a backup, or delete the rule and make it again",
                cause);
    }
}
