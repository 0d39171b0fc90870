package dev.datastudio.core.query;

import dev.datastudio.api.cache.CacheKey;
import dev.datastudio.api.cache.ResultCache;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.query.Query;
import dev.datastudio.api.query.QueryEngine;
import dev.datastudio.api.query.QueryResult;
import dev.datastudio.api.query.ResultColumn;
import dev.datastudio.api.query.RowConsumer;
import dev.datastudio.api.query.SupportsExplain;
import dev.datastudio.core.cache.TypedCache;
import dev.datastudio.core.cache.ValueCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Rows that were computed before, by the tenant, the contents of the tables, the statement with its values and limits,
 * and the engine's version (the second level of the cache). Whatever is asked twice at once is computed once.
 *
 * <p>Thread-safe.
 */
public final class RowCache {
    private static final String NAMESPACE = "rows-1";
    private static final int MAX_KEPT_ROWS = 10_000;
    private static final long MAX_LIVE = 1_000;

    private final TypedCache<Key, QueryResult> results;

    /**
     * A cache of all tenants, whose rows never meet.
     *
     * @param store where rows are kept over a restart
     */
    public RowCache(ResultCache store) {
        this.results = TypedCache.over(store, RowCache::persistent, new Codec())
                .keepIf(result -> result.rows().size() <= MAX_KEPT_ROWS)
                .maxLive(MAX_LIVE)
                .build();
    }

    /** An engine that looks here first, for somebody of a tenant who may see the tables. */
    public EngineLease over(EngineLease lease, String tenant, List<Dataset> tables) {
        List<String> contents = tables.stream()
                .map(dataset -> dataset.table() + "=" + dataset.contentHash() + "/" + dataset.id())
                .toList();
        Set<String> tags = tables.stream().map(Dataset::contentHash).collect(Collectors.toCollection(TreeSet::new));
        QueryEngine engine = lease.engine() instanceof SupportsExplain explaining
                ? new CachedExplainingEngine(explaining, tenant, contents, tags)
                : new CachedEngine(lease.engine(), tenant, contents, tags);
        return new CachedLease(lease, engine);
    }

    /** Drops what was computed from a data set. */
    public void forget(Dataset dataset) {
        results.removeTagged(dataset.owner().tenant(), dataset.contentHash());
    }

    private static CacheKey persistent(Key key) {
        return CacheKey.builder(key.tenant(), NAMESPACE)
                .add("engine", key.engine())
                .add("tables", key.contents())
                .add("sql", key.query().sql())
                .add("parameters", parameters(key.query()))
                .add("maxRows", key.query().limits().maxRows())
                .build();
    }

    private static List<String> parameters(Query query) {
        return query.parameters().stream()
                .map(value -> value == null ? "null" : value.getClass().getSimpleName() + ":" + value)
                .toList();
    }

    private record Key(String tenant, String engine, List<String> contents, Query query) {}

    private record CachedLease(EngineLease lease, QueryEngine engine) implements EngineLease {
        @Override
        public void close() {
            lease.close();
        }
    }

    private class CachedEngine implements QueryEngine {
        private final QueryEngine engine;
        private final String tenant;
        private final List<String> contents;
        private final Set<String> tags;

        CachedEngine(QueryEngine engine, String tenant, List<String> contents, Set<String> tags) {
            this.engine = engine;
            this.tenant = tenant;
            this.contents = contents;
            this.tags = tags;
        }

        @Override
        public String name() {
            return engine.name();
        }

        @Override
        public String version() {
            return engine.version();
        }

        /** Rows that pass are not kept. */
        @Override
        public long stream(Query query, RowConsumer rows, Cancellation cancellation) {
            return engine.stream(query, rows, cancellation);
        }

        @Override
        public QueryResult execute(Query query, Cancellation cancellation) {
            Key key = new Key(tenant, engine.version(), contents, query);
            return results.get(key, tags, cancellation, shared -> engine.execute(query, shared))
                    .value();
        }

        @Override
        public List<ResultColumn> describe(Query query) {
            return engine.describe(query);
        }

        /** The pool that lent the engine closes it. */
        @Override
        public void close() {}
    }

    private final class CachedExplainingEngine extends CachedEngine implements SupportsExplain {
        private final SupportsExplain engine;

        CachedExplainingEngine(SupportsExplain engine, String tenant, List<String> contents, Set<String> tags) {
            super(engine, tenant, contents, tags);
            this.engine = engine;
        }

        @Override
        public String explain(Query query) {
            return engine.explain(query);
        }
    }

    private static final class Codec implements ValueCodec<QueryResult> {
        @Override
        public byte[] encode(QueryResult result) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            try {
                RowCodec.writeColumns(out, result.columns());
                RowCodec.writeRows(out, result.rows());
                out.writeLong(result.totalRows());
                out.writeLong(result.took().toNanos());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return bytes.toByteArray();
        }

        @Override
        public QueryResult decode(byte[] bytes) {
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
            try {
                return new QueryResult(
                        RowCodec.readColumns(in),
                        RowCodec.readRows(in),
                        in.readLong(),
                        Duration.ofNanos(in.readLong()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
