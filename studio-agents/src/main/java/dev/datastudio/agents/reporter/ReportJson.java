package dev.datastudio.agents.reporter;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.datastudio.agents.ask.AnswerArtifact;
import dev.datastudio.agents.ask.AnswerJson;
import dev.datastudio.api.query.QueryResult;
import dev.datastudio.core.chart.PlotlyJson;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;

/** The JSON form of reports, which other programs rely on; values as in {@link AnswerJson}. */
public final class ReportJson {
    private static final JsonFactory FACTORY = new JsonFactory();

    private ReportJson() {}

    /** A report on one line, with its trace; the chart as a Plotly figure, null without one. */
    public static String write(Report report) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = FACTORY.createGenerator(text)) {
            write(out, report);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void write(JsonGenerator out, Report report) throws IOException {
        out.writeStartObject();
        out.writeNumberField("schemaVersion", Report.SCHEMA_VERSION);
        out.writeStringField("id", report.id());
        out.writeStringField("status", report.status().jsonName());
        out.writeStringField("form", report.form().jsonName());
        out.writeStringField("text", report.text());
        out.writeStringField("sql", report.sql());
        out.writeStringField("description", report.description());
        out.writeStringField("source", report.source());
        QueryResult rows = new QueryResult(report.columns(), report.rows(), report.totalRows(), Duration.ZERO);
        out.writeFieldName("table");
        out.writeRawValue(AnswerJson.write(rows));
        out.writeFieldName("chart");
        out.writeRawValue(report.picture().map(PlotlyJson::of).orElse("null"));
        writeArtifacts(out, report.artifacts());
        writeTables(out, report.tables());
        writeTexts(out, "figures", report.figures());
        writeTexts(out, "notes", report.notes());
        out.writeStringField("summary", report.summary());
        writeTrace(out, report.trace());
        out.writeNumberField("tokens", report.tokens());
        out.writeNumberField("millis", report.millis());
        out.writeEndObject();
    }

    private static void writeArtifacts(JsonGenerator out, List<AnswerArtifact> artifacts) throws IOException {
        out.writeArrayFieldStart("artifacts");
        for (AnswerArtifact artifact : artifacts) {
            out.writeStartObject();
            out.writeStringField("type", artifact.type());
            out.writeStringField("label", artifact.label());
            out.writeStringField("key", artifact.key());
            out.writeStringField("path", artifact.path());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void writeTables(JsonGenerator out, List<UsedTable> tables) throws IOException {
        out.writeArrayFieldStart("tables");
        for (UsedTable table : tables) {
            out.writeStartObject();
            out.writeStringField("source", table.table().source());
            out.writeStringField("table", table.table().table());
            out.writeStringField("why", table.why());
            out.writeBooleanField("isRead", table.isRead());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static void writeTexts(JsonGenerator out, String name, List<String> texts) throws IOException {
        out.writeArrayFieldStart(name);
        for (String text : texts) {
            out.writeString(text);
        }
        out.writeEndArray();
    }

    private static void writeTrace(JsonGenerator out, List<TraceStep> trace) throws IOException {
        out.writeArrayFieldStart("trace");
        for (TraceStep step : trace) {
            out.writeStartObject();
            out.writeStringField("graph", step.graph());
            out.writeStringField("node", step.node());
            out.writeStringField("decision", step.decision());
            out.writeStringField("decider", step.decider().jsonName());
            out.writeStringField("by", step.by());
            out.writeStringField("at", step.at().toString());
            out.writeNumberField("millis", step.took().toMillis());
            out.writeNumberField("inputTokens", step.inputTokens());
            out.writeNumberField("outputTokens", step.outputTokens());
            out.writeEndObject();
        }
        out.writeEndArray();
    }
}
