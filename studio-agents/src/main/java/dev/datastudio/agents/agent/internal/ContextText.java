package dev.datastudio.agents.agent.internal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.datastudio.agents.agent.AgentContext;
import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.ProgressListener;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.source.Source;
import dev.datastudio.core.source.SourceSchema;
import dev.datastudio.core.source.SourceTable;
import dev.datastudio.core.source.Sources;
import dev.datastudio.core.text.internal.OutsideText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes what a question is about, for a model: each source with the id by which tools take it, and its schema as far as
 * there is room. All of it is data: names stand in one line each as JSON texts where they are no plain words, and nothing
 * in it can end the marks around it. Schemas of databases are kept for five minutes. Thread-safe.
 */
final class ContextText {
    private static final String MARK = "task_context";

    /** About 4,000 tokens for what the studio knows, as names are cut into more tokens than prose. */
    private static final int MAX_SCHEMA = 12_000;

    /** The same for each text that a client gives. */
    private static final int MAX_GIVEN = 6_000;

    private static final int MAX_NAME = 120;
    private static final int MAX_COLUMNS = 60;
    private static final int MAX_TABLES = 200;
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]{0,119}");
    private static final long MAX_KEPT = 50;
    private static final Duration KEPT = Duration.ofMinutes(5);

    private final Studio studio;
    private final Cache<String, SourceSchema> schemas =
            Caffeine.newBuilder().maximumSize(MAX_KEPT).expireAfterWrite(KEPT).build();

    ContextText(Studio studio) {
        this.studio = studio;
    }

    /** Empty when the question is about nothing in particular. */
    String of(AgentContext context, Caller caller, Cancellation cancellation) {
        List<String> parts = new ArrayList<>();
        if (!context.sources().isEmpty()) {
            parts.add("The question is about:\n" + sources(context.sources(), caller, cancellation));
        }
        given("What the user's program tells of the schema:", context.schema(), parts);
        given("What it tells of measures and quality:", context.metrics(), parts);
        given("Rows that it shows:", context.dataSample(), parts);
        return parts.isEmpty() ? "" : OutsideText.marked(MARK, "", String.join("\n", parts));
    }

    private static void given(String title, String text, List<String> parts) {
        if (!text.isBlank()) {
            String start = OutsideText.cut(text, MAX_GIVEN).strip();
            parts.add(title + "\n" + start + (text.length() > MAX_GIVEN ? "\n[cut here]" : ""));
        }
    }

    /** Each source in a line, then its tables as long as there is room. */
    private String sources(List<String> ids, Caller caller, Cancellation cancellation) {
        AgentSources sources = AgentSources.find(studio, caller, ids);
        int room = MAX_SCHEMA / sources.count();
        List<String> parts = new ArrayList<>();
        sources.datasets().forEach(each -> parts.add(dataset(each, room)));
        sources.databases().forEach(each -> parts.add(database(each, caller, room, cancellation)));
        return String.join("\n", parts);
    }

    private static String dataset(Dataset dataset, int room) {
        String head = "- source_id " + dataset.id() + ": data set " + name(dataset.name()) + ", table "
                + name(dataset.table()) + ", " + String.format(Locale.ROOT, "%,d", dataset.rowCount()) + " rows";
        return head
                + columns(dataset.columns().stream().map(ContextText::column).toList(), room - head.length());
    }

    private static String column(Column column) {
        String unit = column.unit().isEmpty() ? "" : " in " + name(column.unit());
        return name(column.name()) + " " + column.type().name().toLowerCase(Locale.ROOT) + unit;
    }

    /** As many columns as there is room for, in their order. */
    private static String columns(List<String> columns, int room) {
        StringBuilder text = new StringBuilder(": ");
        for (int i = 0; i < columns.size(); i++) {
            if (i == MAX_COLUMNS || text.length() + columns.get(i).length() > room) {
                return i == 0
                        ? ", " + columns.size() + " columns"
                        : text.append("; and ")
                                .append(columns.size() - i)
                                .append(" more columns")
                                .toString();
            }
            text.append(i == 0 ? "" : "; ").append(columns.get(i));
        }
        return text.toString();
    }

    private String database(Source source, Caller caller, int room, Cancellation cancellation) {
        Sources own = studio.sources().as(caller);
        String key = caller.tenant() + "/" + source.id() + "/" + source.revision();
        SourceSchema schema = schemas.get(key, any -> own.schema(source.id(), ProgressListener.NONE, cancellation));
        StringBuilder text = new StringBuilder("- source_id ")
                .append(source.id())
                .append(": database ")
                .append(name(source.name()))
                .append(", ")
                .append(source.kind().name().toLowerCase(Locale.ROOT))
                .append(", ")
                .append(schema.tables().size())
                .append(" tables:");
        List<SourceTable> tables = schema.tables();
        int told = 0;
        while (told < tables.size()) {
            String line = table(tables.get(told), room);
            if (text.length() + line.length() > room && told > 0) {
                break;
            }
            text.append("\n  ").append(line);
            told++;
        }
        List<String> rest = tables.subList(told, tables.size()).stream()
                .limit(MAX_TABLES)
                .map(table -> name(table.name().toString()))
                .toList();
        if (!rest.isEmpty()) {
            text.append("\n  without their columns: ").append(String.join(", ", rest));
            int more = tables.size() - told - rest.size();
            text.append(more > 0 ? ", and " + more + " more" : "");
        }
        return text.toString();
    }

    private static String table(SourceTable table, int room) {
        List<String> columns = table.columns().stream()
                .map(column -> name(column.name()) + " " + OutsideText.line(column.nativeType(), MAX_NAME))
                .toList();
        String keys = table.foreignKeys().stream()
                .map(key -> key.columns().stream().map(ContextText::name).collect(Collectors.joining(", ")) + " → "
                        + name(key.target().toString()))
                .collect(Collectors.joining("; "));
        String head = name(table.name().toString());
        return head + columns(columns, room / 2) + (keys.isEmpty() ? "" : "; refers: " + keys);
    }

    /** Bare where it is but letters, digits and _, otherwise as a JSON text in one line. */
    private static String name(String name) {
        return PLAIN.matcher(name).matches() ? name : OutsideText.json(name, MAX_NAME);
    }
}
