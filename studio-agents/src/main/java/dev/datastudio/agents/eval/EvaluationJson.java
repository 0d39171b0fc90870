package dev.datastudio.agents.eval;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.datastudio.agents.eval.EvaluationReport.Aspect;
import dev.datastudio.agents.eval.EvaluationReport.Part;
import dev.datastudio.agents.eval.EvaluationReport.Slice;
import dev.datastudio.agents.eval.EvaluationReport.Tally;
import dev.datastudio.agents.eval.EvaluationReport.Times;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The JSON forms of scores and of judged questions, each on one line. Times are milliseconds. */
public final class EvaluationJson {
    private static final JsonFactory FACTORY = new JsonFactory();

    private EvaluationJson() {}

    /** The scores. */
    public static String write(EvaluationReport report) {
        return json(out -> {
            out.writeStringField("set", report.set().jsonName());
            writeTally(out, report.total());
            out.writeArrayFieldStart("parts");
            for (Part part : report.parts()) {
                writePart(out, part);
            }
            out.writeEndArray();
            writeTimes(out, "planning", report.planning());
            writeTimes(out, "planningCpu", report.planningCpu());
            writeTimes(out, "asking", report.asking());
            writeMillis(out, "millis", report.took());
        });
    }

    /** A judged question. */
    public static String write(EvaluatedQuestion question) {
        return json(out -> {
            out.writeStringField("id", question.id());
            out.writeStringField("part", question.part());
            out.writeStringField("database", question.database());
            out.writeStringField("question", question.question());
            out.writeStringField("outcome", question.outcome().jsonName());
            out.writeStringField("reason", question.reason());
            writeTexts(out, "unknownWords", question.unknownWords());
            writeRows(out, "expected", question.expected());
            writeRows(out, "got", question.got());
            out.writeStringField("reading", question.reading());
            writeTexts(out, "sql", question.sql());
            out.writeStringField("plan", question.plan());
        });
    }

    private static void writePart(JsonGenerator out, Part part) throws IOException {
        out.writeStartObject();
        out.writeStringField("name", part.name());
        writeTally(out, part.tally());
        out.writeArrayFieldStart("slices");
        for (Slice slice : part.slices()) {
            out.writeStartObject();
            out.writeStringField("property", slice.property());
            out.writeStringField("value", slice.value());
            writeTally(out, slice.tally());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeArrayFieldStart("aspects");
        for (Aspect aspect : part.aspects()) {
            out.writeStartObject();
            out.writeStringField("name", aspect.name());
            out.writeNumberField("right", aspect.right());
            out.writeNumberField("answered", aspect.answered());
            out.writeNumberField("all", aspect.all());
            writeShare(out, "shareOfAnswered", aspect.shareOfAnswered());
            writeShare(out, "shareOfAll", aspect.shareOfAll());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private static void writeTally(JsonGenerator out, Tally tally) throws IOException {
        out.writeNumberField("questions", tally.questions());
        out.writeNumberField("right", tally.right());
        out.writeNumberField("refused", tally.refused());
        out.writeNumberField("wrong", tally.wrong());
        out.writeNumberField("failed", tally.failed());
        out.writeNumberField("skipped", tally.skipped());
        writeShare(out, "rightShare", tally.rightShare());
        writeShare(out, "wrongShare", tally.wrongShare());
        writeShare(out, "precision", tally.precision());
    }

    private static void writeShare(JsonGenerator out, String name, double share) throws IOException {
        out.writeNumberField(name, Math.round(share * 10_000) / 10_000.0);
    }

    private static void writeTimes(JsonGenerator out, String name, Times times) throws IOException {
        out.writeObjectFieldStart(name);
        writeMillis(out, "median", times.median());
        writeMillis(out, "p95", times.p95());
        writeMillis(out, "max", times.max());
        out.writeEndObject();
    }

    private static void writeMillis(JsonGenerator out, String name, Duration time) throws IOException {
        out.writeNumberField(name, Math.round(time.toNanos() / 1e4) / 100.0);
    }

    private static void writeTexts(JsonGenerator out, String name, List<String> texts) throws IOException {
        out.writeArrayFieldStart(name);
        for (String text : texts) {
            out.writeString(text);
        }
        out.writeEndArray();
    }

    private static void writeRows(JsonGenerator out, String name, List<List<@Nullable Object>> rows)
            throws IOException {
        out.writeArrayFieldStart(name);
        for (List<@Nullable Object> row : rows) {
            out.writeStartArray();
            for (Object value : row) {
                writeValue(out, value);
            }
            out.writeEndArray();
        }
        out.writeEndArray();
    }

    private static void writeValue(JsonGenerator out, @Nullable Object value) throws IOException {
        if (value == null) {
            out.writeNull();
        } else if (value instanceof Boolean truth) {
            out.writeBoolean(truth);
        } else if (value instanceof Long number) {
            out.writeNumber(number);
        } else if (value instanceof BigDecimal number) {
            out.writeNumber(number);
        } else if (value instanceof Double number && Double.isFinite(number)) {
            out.writeNumber(number);
        } else {
            out.writeString(value.toString());
        }
    }

    private static String json(Body body) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = FACTORY.createGenerator(text)) {
            out.writeStartObject();
            body.write(out);
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private interface Body {
        void write(JsonGenerator out) throws IOException;
    }
}
