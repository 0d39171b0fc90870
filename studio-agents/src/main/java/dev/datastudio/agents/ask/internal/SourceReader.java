package dev.datastudio.agents.ask.internal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.datastudio.agents.planner.ValueIndex;
import dev.datastudio.api.dataset.Column;
import dev.datastudio.api.dataset.ColumnRole;
import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.dataset.DatasetId;
import dev.datastudio.api.dataset.Origin;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.ProgressListener;
import dev.datastudio.api.query.Query;
import dev.datastudio.api.query.QueryEngine;
import dev.datastudio.api.query.QueryLimits;
import dev.datastudio.api.query.QueryResult;
import dev.datastudio.api.relation.Evidence;
import dev.datastudio.api.relation.Key;
import dev.datastudio.api.relation.Relation;
import dev.datastudio.api.relation.TableRef;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.source.ForeignKey;
import dev.datastudio.core.source.Source;
import dev.datastudio.core.source.SourceColumn;
import dev.datastudio.core.source.SourceId;
import dev.datastudio.core.source.SourceSchema;
import dev.datastudio.core.source.SourceTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Looks at the tables of a database as far as the planner needs it: the catalogue, and of each table the first
 * {@value #SAMPLED_ROWS} rows that the database gives. What was read is kept for five minutes. Thread-safe.
 */
final class SourceReader {
    /** So many rows of a table are looked at. */
    static final int SAMPLED_ROWS = 20_000;

    /** So many tables of a database can be asked about. */
    static final int MOST_TABLES = 100;

    /** So many columns of a table are known to the planner. */
    private static final int MOST_COLUMNS = 300;

    private static final int COLUMNS_PER_QUERY = 40;
    private static final long MAX_LIVE = 50;
    private static final QueryLimits LIMITS = new QueryLimits(ValueIndex.MAX_VALUES + 1L, Duration.ofSeconds(30));

    /** Schemas whose tables need no name before them. */
    private static final Set<String> PLAIN = Set.of("", "main", "public");

    private final Studio studio;
    private final Cache<String, SourceTables> known = Caffeine.newBuilder()
            .maximumSize(MAX_LIVE)
            .expireAfterWrite(Duration.ofMinutes(5))
            .build();

    SourceReader(Studio studio) {
        this.studio = studio;
    }

    /**
     * What is known of a database of a caller.
     *
     * @throws StudioException {@link ErrorCode#SOURCE_NOT_FOUND}, {@link ErrorCode#UNKNOWN_TABLE} when it has no table
     *     that can be asked about, or as {@link QueryEngine#execute}
     */
    SourceTables read(Caller caller, SourceId id, QueryEngine engine, Cancellation cancellation) {
        Source source = studio.sources().as(caller).get(id);
        String key = caller.tenant() + "/" + caller.user() + "/" + id + "/" + source.revision();
        return known.get(key, k -> read(caller, source, engine, cancellation));
    }

    private SourceTables read(Caller caller, Source source, QueryEngine engine, Cancellation cancellation) {
        SourceSchema schema = studio.sources().as(caller).schema(source.id(), ProgressListener.NONE, cancellation);
        List<SourceTable> plain = schema.tables().stream()
                .filter(t -> isPlain(t, engine))
                .limit(MOST_TABLES)
                .toList();
        if (plain.isEmpty()) {
            throw new StudioException(
                    ErrorCode.UNKNOWN_TABLE,
                    "Database " + StudioException.quote(source.name()) + " has no table in its default schema",
                    "Import a table of another schema, and ask about the data set");
        }
        ValueIndex.Builder values = ValueIndex.builder();
        List<Dataset> tables = new ArrayList<>();
        for (SourceTable table : plain) {
            cancellation.throwIfCancelled();
            Sample sample = new Sample(table, engine, cancellation);
            Dataset dataset = sample.dataset(source, caller);
            tables.add(dataset);
            sample.values(dataset).forEach((column, distinct) -> values.add(dataset, column, distinct));
        }
        return new SourceTables(source.id(), tables, values.build(), relations(caller, source, plain));
    }

    /** Tables of other schemas have a name of two parts, which plans don't write. */
    private static boolean isPlain(SourceTable table, QueryEngine engine) {
        return engine.name().equals("mysql")
                || PLAIN.contains(table.name().schema().toLowerCase(Locale.ROOT));
    }

    /** What is kept of the tables' relations, and the declared keys among them. */
    private List<Relation> relations(Caller caller, Source source, List<SourceTable> tables) {
        Map<String, String> plainNames = new HashMap<>();
        Set<TableRef> refs = new HashSet<>();
        for (SourceTable table : tables) {
            plainNames.put(table.name().toString(), table.name().name());
            refs.add(new TableRef(source.id().toString(), table.name().toString()));
        }
        Map<List<Key>, Relation> relations = new LinkedHashMap<>();
        for (Relation kept : studio.relations().as(caller).list(refs)) {
            String from = plainNames.get(kept.from().table().table());
            String to = plainNames.get(kept.to().table().table());
            if (from != null && to != null) {
                put(
                        relations,
                        new Relation(
                                key(from, kept.from().columns()),
                                key(to, kept.to().columns()),
                                kept.score(),
                                kept.evidence(),
                                kept.status()));
            }
        }
        for (SourceTable table : tables) {
            for (ForeignKey declared : table.foreignKeys()) {
                put(relations, declared(table, declared));
            }
        }
        return List.copyOf(relations.values());
    }

    /** What people decided about a relation stands before its declaration. */
    private static void put(Map<List<Key>, Relation> relations, Relation relation) {
        relations.putIfAbsent(List.of(relation.from(), relation.to()), relation);
    }

    private static Relation declared(SourceTable table, ForeignKey declared) {
        Key from = key(table.name().name(), declared.columns());
        Key to = key(declared.target().name(), declared.targetColumns());
        Evidence evidence = new Evidence(
                Evidence.Kind.DECLARED, 1, "The database declares a foreign key from " + from + " to " + to);
        return new Relation(from, to, 1, List.of(evidence), Relation.Status.PROPOSED);
    }

    private static Key key(String table, List<String> columns) {
        return new Key(TableRef.dataset(table), columns);
    }

    /** The first rows of one table. */
    private static final class Sample {
        private final SourceTable table;
        private final QueryEngine engine;
        private final Cancellation cancellation;
        private final List<SourceColumn> columns;

        Sample(SourceTable table, QueryEngine engine, Cancellation cancellation) {
            this.table = table;
            this.engine = engine;
            this.cancellation = cancellation;
            this.columns = table.columns().stream().limit(MOST_COLUMNS).toList();
        }

        /** The table with counts of its sampled rows; a key is known to be unique without counting. */
        Dataset dataset(Source source, Caller owner) {
            List<Column> counted = new ArrayList<>();
            long rows = 0;
            for (int from = 0; from < columns.size(); from += COLUMNS_PER_QUERY) {
                List<SourceColumn> some = columns.subList(from, Math.min(columns.size(), from + COLUMNS_PER_QUERY));
                List<?> counts = counts(some);
                long sampled = number(counts.get(0));
                rows = sampled < SAMPLED_ROWS ? sampled : Math.max(sampled, table.rowEstimate());
                for (int i = 0; i < some.size(); i++) {
                    counted.add(column(
                            some.get(i), sampled, rows, number(counts.get(1 + 2 * i)), number(counts.get(2 + 2 * i))));
                }
            }
            return new Dataset(
                    DatasetId.random(),
                    owner,
                    table.name().name(),
                    1,
                    Origin.UNKNOWN,
                    table.name().name(),
                    source.id() + "/" + source.revision() + "/" + table.name(),
                    rows,
                    counted,
                    List.of(),
                    source.changedAt(),
                    owner.tenant() + "/" + owner.user() + "/uploads/source-" + source.id());
        }

        private Column column(SourceColumn column, long sampled, long rows, long present, long distinct) {
            boolean isKey = table.primaryKey().equals(List.of(column.name()));
            boolean isWholeSample = distinct == sampled;
            long different = isKey || isWholeSample ? rows : distinct;
            return new Column(
                    column.name(),
                    column.type(),
                    role(column),
                    "",
                    column.type() == ColumnType.OTHER ? -1 : different,
                    isKey ? 0 : sampled - present);
        }

        private ColumnRole role(SourceColumn column) {
            boolean isKey = table.primaryKey().contains(column.name())
                    || table.foreignKeys().stream().anyMatch(k -> k.columns().contains(column.name()));
            if (isKey || column.name().toLowerCase(Locale.ROOT).matches("(.*[_ ])?id")) {
                return ColumnRole.ID;
            } else if (column.type().isTemporal()) {
                return ColumnRole.TIME;
            }
            return column.type().isNumeric() ? ColumnRole.MEASURE : ColumnRole.DIMENSION;
        }

        private List<?> counts(List<SourceColumn> some) {
            List<String> parts = new ArrayList<>(List.of("count(*)"));
            List<String> read = new ArrayList<>();
            for (SourceColumn column : some) {
                String name = quoted(column.name());
                boolean comparable = column.type() != ColumnType.OTHER;
                parts.add("count(" + name + ")");
                parts.add(comparable ? "count(DISTINCT " + name + ")" : "0");
                read.add(name);
            }
            return execute("SELECT " + String.join(", ", parts) + " FROM " + sampled(read))
                    .rows()
                    .get(0);
        }

        /** The different texts of columns that have few enough of them, by column. */
        Map<Column, List<String>> values(Dataset dataset) {
            Map<Column, List<String>> values = new LinkedHashMap<>();
            for (Column column : dataset.columns()) {
                if (column.type() == ColumnType.TEXT && column.distinctCount() <= ValueIndex.MAX_VALUES) {
                    String name = quoted(column.name());
                    QueryResult distinct = execute("SELECT DISTINCT " + name + " FROM " + sampled(List.of(name))
                            + " WHERE " + name + " IS NOT NULL ORDER BY 1");
                    values.put(
                            column,
                            distinct.rows().stream()
                                    .map(row -> String.valueOf(row.get(0)))
                                    .toList());
                }
            }
            return values;
        }

        private String sampled(List<String> read) {
            return "(SELECT " + String.join(", ", read) + " FROM "
                    + quoted(table.name().name()) + " LIMIT " + SAMPLED_ROWS + ") AS sampled";
        }

        private QueryResult execute(String sql) {
            return engine.execute(new Query(sql, List.of(), LIMITS), cancellation);
        }

        private String quoted(String name) {
            String mark = engine.name().equals("mysql") ? "`" : "\"";
            return mark + name.replace(mark, mark + mark) + mark;
        }

        private static long number(Object value) {
            return value instanceof Number number ? number.longValue() : 0;
        }
    }
}
