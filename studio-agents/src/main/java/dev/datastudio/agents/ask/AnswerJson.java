package dev.datastudio.agents.ask;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.datastudio.agents.planner.WordLink;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.query.QueryResult;
import dev.datastudio.api.query.ResultColumn;
import dev.datastudio.core.analysis.AnalysisPlan;
import dev.datastudio.core.analysis.PlanJson;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The JSON form of answers, which other programs rely on. Numbers are JSON numbers, dates and times ISO-8601 strings;
 * what is missing, or is no number such as an infinity, is null.
 */
public final class AnswerJson {
    private static final JsonFactory FACTORY = new JsonFactory();

    private AnswerJson() {}

    /** An answer on one line. */
    public static String write(Answer answer) {
        return json(false, out -> writeAnswer(out, answer, null));
    }

    /**
     * An answer on one line for another machine: in place of the path here each artifact has its {@code url}, and each
     * step its {@code figure}, a Plotly figure as JSON, or null.
     */
    public static String publish(Answer answer, AnswerFiles files) {
        return json(false, out -> writeAnswer(out, answer, Objects.requireNonNull(files, "files")));
    }

    /** An answer over several lines, for people. */
    public static String writePretty(Answer answer) {
        return json(true, out -> writeAnswer(out, answer, null));
    }

    /** The rows of a query on one line: {@code {"columns":[],"rows":[[]],"totalRows":0,"millis":0}}. */
    public static String write(QueryResult result) {
        return json(false, out -> {
            out.writeStartObject();
            writeTable(out, result.columns(), result.rows(), result.totalRows());
            out.writeNumberField("millis", result.took().toMillis());
            out.writeEndObject();
        });
    }

    /** The error form of an answer, on one line. */
    public static String write(String id, StudioException error, long millis) {
        Answer answer = Answer.builder(id, AnswerStatus.ERROR)
                .message(String.valueOf(error.getMessage()))
                .millis(millis)
                .build();
        return write(answer);
    }

    private static void writeAnswer(JsonGenerator out, Answer answer, @Nullable AnswerFiles files) throws IOException {
        out.writeStartObject();
        out.writeNumberField("schemaVersion", Answer.SCHEMA_VERSION);
        out.writeStringField("id", answer.id());
        out.writeStringField("status", answer.status().jsonName());
        out.writeBooleanField("cached", answer.cached());
        out.writeStringField("planner", answer.planner());
        out.writeStringField("reading", answer.reading());
        writeLinks(out, answer.links());
        writeTexts(out, "changes", answer.changes());
        out.writeStringField("message", answer.message());
        out.writeArrayFieldStart("steps");
        for (AnswerStep step : answer.steps()) {
            writeStep(out, step, files);
        }
        out.writeEndArray();
        writeTexts(out, "unknownWords", answer.unknownWords());
        writeTexts(out, "suggestions", answer.suggestions());
        writeAlternatives(out, answer.alternatives());
        writeTexts(out, "warnings", answer.warnings());
        writePlan(out, answer);
        out.writeNumberField("millis", answer.millis());
        out.writeEndObject();
    }

    private static void writeLinks(JsonGenerator out, List<WordLink> links) throws IOException {
        out.writeArrayFieldStart("links");
        for (WordLink link : links) {
            out.writeStartObject();
            out.writeStringField("words", link.words());
            out.writeStringField("kind", link.kind().jsonName());
            out.writeStringField("target", link.target());
            out.writeStringField("how", link.how());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void writeAlternatives(JsonGenerator out, List<Answer.Alternative> alternatives) throws IOException {
        out.writeArrayFieldStart("alternatives");
        for (Answer.Alternative alternative : alternatives) {
            out.writeStartObject();
            out.writeStringField("reading", alternative.reading());
            out.writeStringField("question", alternative.question());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void writePlan(JsonGenerator out, Answer answer) throws IOException {
        out.writeFieldName("plan");
        AnalysisPlan plan = answer.plan().orElse(null);
        if (plan == null) {
            out.writeNull();
        } else {
            out.writeRawValue(PlanJson.write(plan));
        }
    }

    private static void writeStep(JsonGenerator out, AnswerStep step, @Nullable AnswerFiles files) throws IOException {
        out.writeStartObject();
        out.writeStringField("intent", step.intent());
        out.writeStringField("op", step.op());
        out.writeStringField("reading", step.reading());
        out.writeStringField("sql", step.sql());
        writeTable(out, step.columns(), step.rows(), step.totalRows());
        out.writeFieldName("value");
        writeValue(out, step.value());
        writeTest(out, step.test());
        out.writeStringField("chart", step.chart());
        out.writeArrayFieldStart("artifacts");
        for (AnswerArtifact artifact : step.artifacts()) {
            out.writeStartObject();
            out.writeStringField("type", artifact.type());
            out.writeStringField("label", artifact.label());
            out.writeStringField("key", artifact.key());
            out.writeStringField("path", files == null ? artifact.path() : "");
            if (files != null) {
                out.writeStringField("url", files.url(artifact));
            }
            out.writeEndObject();
        }
        out.writeEndArray();
        if (files != null) {
            out.writeFieldName("figure");
            out.writeRawValue(files.figure(step).orElse("null"));
        }
        out.writeEndObject();
    }

    private static void writeTable(
            JsonGenerator out, List<ResultColumn> columns, List<List<@Nullable Object>> rows, long totalRows)
            throws IOException {
        writeTexts(out, "columns", columns.stream().map(ResultColumn::name).toList());
        out.writeArrayFieldStart("rows");
        for (List<@Nullable Object> row : rows) {
            out.writeStartArray();
            for (Object value : row) {
                writeValue(out, value);
            }
            out.writeEndArray();
        }
        out.writeEndArray();
        out.writeNumberField("totalRows", totalRows);
    }

    private static void writeTest(JsonGenerator out, @Nullable TestOutcome test) throws IOException {
        if (test == null) {
            out.writeNullField("test");
            return;
        }
        out.writeObjectFieldStart("test");
        out.writeStringField("name", test.name());
        writeDouble(out, "statistic", test.statistic());
        writeDouble(out, "pValue", test.pValue());
        writeDouble(out, "effectSize", test.effectSize());
        out.writeStringField("conclusion", test.conclusion());
        out.writeEndObject();
    }

    private static void writeDouble(JsonGenerator out, String name, double value) throws IOException {
        out.writeFieldName(name);
        writeValue(out, value);
    }

    private static void writeTexts(JsonGenerator out, String name, List<String> texts) throws IOException {
        out.writeArrayFieldStart(name);
        for (String text : texts) {
            out.writeString(text);
        }
        out.writeEndArray();
    }

    /** Writes one value of a row. */
    static void writeValue(JsonGenerator out, @Nullable Object value) throws IOException {
        if (value == null) {
            out.writeNull();
        } else if (value instanceof Boolean b) {
            out.writeBoolean(b);
        } else if (value instanceof Integer
                || value instanceof Long
                || value instanceof Short
                || value instanceof Byte) {
            out.writeNumber(((Number) value).longValue());
        } else if (value instanceof BigInteger n) {
            out.writeNumber(n);
        } else if (value instanceof BigDecimal n) {
            out.writeNumber(n);
        } else if (value instanceof Number n) {
            writeFinite(out, n.doubleValue());
        } else if (value instanceof LocalDateTime time) {
            out.writeString(DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time));
        } else {
            out.writeString(value.toString());
        }
    }

    private static void writeFinite(JsonGenerator out, double value) throws IOException {
        if (Double.isFinite(value)) {
            out.writeNumber(value);
        } else {
            out.writeNull();
        }
    }

    private static String json(boolean pretty, Body body) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = FACTORY.createGenerator(text)) {
            if (pretty) {
                out.useDefaultPrettyPrinter();
            }
            body.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private interface Body {
        void write(JsonGenerator out) throws IOException;
    }
}
