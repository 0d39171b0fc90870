package dev.datastudio.agents.loader.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.query.ResultColumn;
import dev.datastudio.api.relation.TableRef;
import dev.datastudio.core.source.SourceColumn;
import dev.datastudio.core.source.SourceId;
import dev.datastudio.core.source.SourceTable;
import dev.datastudio.core.source.Sources;
import dev.datastudio.core.source.TableSample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks at tables: what the catalogue says, and a sample of rows. */
final class FactsReader {
    private static final int SAMPLED_ROWS = 500;

    private final Sources sources;
    private final SourceId source;
    private final LoadTask task;

    /** @param task is told of tables that can't be read */
    FactsReader(Sources sources, SourceId source, LoadTask task) {
        this.sources = sources;
        this.source = source;
        this.task = task;
    }

    TableFacts read(SourceTable table, Cancellation cancellation) {
        TableRef ref = new TableRef(source.toString(), table.name().toString());
        TableSample sample;
        try {
            sample = sources.sample(source, table.name(), SAMPLED_ROWS, cancellation);
        } catch (StudioException e) {
            if (e.code() == ErrorCode.CANCELLED || e.code() == ErrorCode.SOURCE_UNREACHABLE) {
                throw e;
            }
            task.warn("No row of " + StudioException.quote(table.name().toString()) + " could be read: " + e.what());
            return new TableFacts(
                    ref,
                    table,
                    TableFacts.about(table.rowEstimate()),
                    table.columns().stream().map(ColumnFacts::unsampled).toList());
        }
        boolean isWhole = sample.rows().size() < SAMPLED_ROWS;
        long rows = isWhole ? sample.rows().size() : estimate(table);
        return new TableFacts(ref, table, TableFacts.about(rows), columns(table, sample));
    }

    /** A catalogue that was not brought up to date may say fewer than were seen. */
    private static long estimate(SourceTable table) {
        return table.rowEstimate() < 0 ? -1 : Math.max(SAMPLED_ROWS, table.rowEstimate());
    }

    private static List<ColumnFacts> columns(SourceTable table, TableSample sample) {
        Map<String, Integer> places = new HashMap<>();
        for (ResultColumn column : sample.columns()) {
            places.put(column.name(), places.size());
        }
        List<ColumnFacts> facts = new ArrayList<>();
        for (SourceColumn column : table.columns()) {
            Integer place = places.get(column.name());
            facts.add(place == null ? ColumnFacts.unsampled(column) : ColumnFacts.of(column, values(sample, place)));
        }
        return facts;
    }

    private static List<@Nullable Object> values(TableSample sample, int place) {
        List<@Nullable Object> values = new ArrayList<>(sample.rows().size());
        for (List<@Nullable Object> row : sample.rows()) {
            values.add(row.get(place));
        }
        return values;
    }
}
