package dev.datastudio.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.query.ResultColumn;
import dev.datastudio.core.Studio;
import dev.datastudio.core.profile.ColumnProfile;
import dev.datastudio.core.query.TextTable;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code studio profile FILE}: what each column of a file holds (A1, D11). */
@Command(
        name = "profile",
        description = "Tells the type, role, range, quartiles and frequent values of each column.",
        mixinStandardHelpOptions = true)
final class ProfileCommand implements Callable<Integer> {
    private static final int MAX_VALUE_WIDTH = 20;
    private static final List<ResultColumn> HEADER = List.of(
            new ResultColumn("column", ColumnType.TEXT),
            new ResultColumn("type", ColumnType.TEXT),
            new ResultColumn("role", ColumnType.TEXT),
            new ResultColumn("unit", ColumnType.TEXT),
            new ResultColumn("missing", ColumnType.INTEGER),
            new ResultColumn("distinct", ColumnType.INTEGER),
            new ResultColumn("min", ColumnType.TEXT),
            new ResultColumn("median", ColumnType.DECIMAL),
            new ResultColumn("mean", ColumnType.DECIMAL),
            new ResultColumn("max", ColumnType.TEXT),
            new ResultColumn("frequent values", ColumnType.TEXT));

    @Parameters(paramLabel = "FILE", description = "the file")
    private String file = "";

    @Option(names = "--json", description = "print the profile as JSON")
    private boolean json;

    @Mixin
    private WorkspaceOption workspace = new WorkspaceOption();

    private final Terminal terminal;

    ProfileCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        try (Studio studio = workspace.open()) {
            Dataset dataset = new DataFiles(studio, terminal).open(file);
            List<ColumnProfile> profiles = studio.profile(dataset);
            terminal.out().println(json ? json(dataset, profiles) : text(dataset, profiles));
            return StudioCommand.OK;
        }
    }

    private static String text(Dataset dataset, List<ColumnProfile> profiles) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (ColumnProfile profile : profiles) {
            Column column = dataset.column(profile.name());
            rows.add(Arrays.asList(
                    profile.name(),
                    lower(profile.type()),
                    lower(column.role()),
                    column.unit(),
                    profile.nulls(),
                    profile.distinct(),
                    cut(profile.min()),
                    profile.quartiles().isEmpty() ? null : profile.quartiles().get(1),
                    number(profile.mean()),
                    cut(profile.max()),
                    String.join(", ", profile.top())));
        }
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT, "%s: %,d rows, %d columns%n%n", dataset.name(), dataset.rowCount(), profiles.size()));
        text.append(TextTable.format(HEADER, rows, Integer.MAX_VALUE));
        dataset.warnings().forEach(warning -> text.append("\nnote: ").append(warning));
        return text.toString();
    }

    /** Short enough for eleven columns side by side; the JSON form has the whole. */
    private static String cut(String value) {
        return value.length() <= MAX_VALUE_WIDTH ? value : value.substring(0, MAX_VALUE_WIDTH - 1) + "…";
    }

    private static @Nullable Double number(double value) {
        return Double.isFinite(value) ? value : null;
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String json(Dataset dataset, List<ColumnProfile> profiles) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = new JsonFactory().createGenerator(text)) {
            out.writeStartObject();
            out.writeStringField("name", dataset.name());
            out.writeStringField("table", dataset.table());
            out.writeStringField("contentHash", dataset.contentHash());
            out.writeNumberField("rows", dataset.rowCount());
            out.writeArrayFieldStart("columns");
            for (ColumnProfile profile : profiles) {
                writeColumn(out, dataset.column(profile.name()), profile);
            }
            out.writeEndArray();
            out.writeArrayFieldStart("warnings");
            for (String warning : dataset.warnings()) {
                out.writeString(warning);
            }
            out.writeEndArray();
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void writeColumn(JsonGenerator out, Column column, ColumnProfile profile) throws IOException {
        out.writeStartObject();
        out.writeStringField("name", column.name());
        out.writeStringField("type", lower(column.type()));
        out.writeStringField("role", lower(column.role()));
        out.writeStringField("unit", column.unit());
        out.writeNumberField("count", profile.count());
        out.writeNumberField("missing", profile.nulls());
        out.writeNumberField("distinct", profile.distinct());
        out.writeStringField("min", profile.min());
        out.writeStringField("max", profile.max());
        writeNumber(out, "mean", profile.mean());
        writeNumber(out, "standardDeviation", profile.deviation());
        out.writeArrayFieldStart("quartiles");
        for (double quartile : profile.quartiles()) {
            out.writeNumber(quartile);
        }
        out.writeEndArray();
        out.writeArrayFieldStart("top");
        for (String value : profile.top()) {
            out.writeString(value);
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private static void writeNumber(JsonGenerator out, String name, double value) throws IOException {
        out.writeFieldName(name);
        if (Double.isFinite(value)) {
            out.writeNumber(value);
        } else {
            out.writeNull();
        }
    }
}
