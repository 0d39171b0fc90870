package dev.datastudio.core.source.internal;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.secret.Secret;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.query.DuckDbQueryEngine;
import dev.datastudio.core.query.DuckDbSettings;
import dev.datastudio.core.query.DuckDbTable;
import dev.datastudio.core.source.HostDataSources;
import dev.datastudio.core.source.HostPolicy;
import dev.datastudio.core.source.Source;
import dev.datastudio.core.source.SourceId;
import dev.datastudio.core.source.SourceKind;
import dev.datastudio.core.source.SourceSchema;
import dev.datastudio.core.source.SourceSpec;
import dev.datastudio.core.source.SourceTable;
import dev.datastudio.core.source.TableName;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Connections to sources: a few kept open for queries, and others for single long reads. Thread-safe. */
public final class Connections implements AutoCloseable {
    private static final int MAX_CONNECTIONS = 4;
    private static final int MAX_POOLS = 32;
    private static final long WAIT_MILLIS = TimeUnit.SECONDS.toMillis(30);
    private static final long IDLE_MILLIS = TimeUnit.MINUTES.toMillis(1);
    private static final long LIFE_MILLIS = TimeUnit.MINUTES.toMillis(15);

    private final HostPolicy policy;
    private final HostDataSources hostSources;
    private final FileRoots roots;
    private final String ticket;
    private final Map<PoolKey, Pool> pools = new ConcurrentHashMap<>();
    private final AtomicLong uses = new AtomicLong();
    private volatile boolean closed;

    public Connections(HostPolicy policy, HostDataSources hostSources, FileRoots roots) {
        this.policy = policy;
        this.hostSources = hostSources;
        this.roots = roots;
        this.ticket = GuardedSocketFactory.register(policy);
    }

    /** A changed source has a pool of its own; the one before it is left to run dry, or closed here. */
    private record PoolKey(String tenant, SourceId id, long revision) {}

    /** A connection of its own, to be closed by whoever asked. */
    Connection open(Caller caller, SourceSpec spec, Secret password, Purpose purpose) {
        requireOpen();
        try {
            return connect(caller, spec, password, purpose);
        } catch (SQLException e) {
            throw SourceErrors.connecting(spec, e);
        }
    }

    private Connection connect(Caller caller, SourceSpec spec, Secret password, Purpose purpose) throws SQLException {
        if (spec.kind() == SourceKind.HOST) {
            return hostSource(caller, spec).getConnection();
        } else if (spec.kind().isFile()) {
            return new FileConnector(spec, roots).open(purpose);
        }
        return new ServerConnector(spec, password, policy, ticket).open(purpose);
    }

    private DataSource hostSource(Caller caller, SourceSpec spec) {
        Optional<DataSource> found = hostSources.find(caller, spec.database());
        return found.orElseThrow(() -> new StudioException(
                ErrorCode.SOURCE_NOT_FOUND,
                "The host program has no data source " + StudioException.quote(spec.database()),
                "Name one that it registered for you"));
    }

    /** Connections of a source that are used again and again; closed with this. */
    DataSource shared(Caller caller, SourceStore.Opened opened) {
        requireOpen();
        Source source = opened.source();
        if (source.kind() == SourceKind.HOST) {
            return hostSource(caller, source.spec());
        }
        PoolKey key = new PoolKey(caller.tenant(), source.id(), source.revision());
        pools.keySet().stream()
                .filter(k -> k.id().equals(key.id()) && k.revision() < key.revision())
                .toList()
                .forEach(this::close);
        Pool pool = pools.computeIfAbsent(key, absent -> new Pool());
        pool.lastUse = uses.incrementAndGet();
        closeSurplus(key);
        try {
            return pool.open(
                    new SourceDataSource(() -> connect(caller, source.spec(), opened.password(), Purpose.QUERY)));
        } catch (HikariPool.PoolInitializationException e) {
            close(key);
            throw failed(source.spec(), e);
        } finally {
            if (closed) {
                close(key); // closed in between
            }
        }
    }

    private static StudioException failed(SourceSpec spec, HikariPool.PoolInitializationException failure) {
        if (failure.getCause() instanceof SQLException cause) {
            return SourceErrors.connecting(spec, cause);
        } else if (failure.getCause() instanceof StudioException known) {
            return known;
        }
        throw failure;
    }

    private void closeSurplus(PoolKey keep) {
        while (pools.size() > MAX_POOLS) {
            Optional<Map.Entry<PoolKey, Pool>> oldest = pools.entrySet().stream()
                    .filter(e -> !e.getKey().equals(keep) && e.getValue().isIdle())
                    .min(Comparator.comparingLong(e -> e.getValue().lastUse));
            if (oldest.isEmpty()) {
                return; // all are in use; they go when they are idle
            }
            close(oldest.get().getKey());
        }
    }

    /** Ends the connections of a source that was changed or deleted. */
    public void forget(String tenant, SourceId id) {
        pools.keySet().stream()
                .filter(k -> k.tenant().equals(tenant) && k.id().equals(id))
                .toList()
                .forEach(this::close);
    }

    private void close(PoolKey key) {
        Pool pool = pools.remove(key);
        if (pool != null) {
            pool.close();
        }
    }

    /** The engine over the tables of a file; those of another schema than the first are called {@code schema.table}. */
    DuckDbQueryEngine duckDbEngine(SourceSpec spec, SourceSchema schema) {
        Path file = roots.require(spec.database());
        String first = spec.schema().isEmpty() ? "main" : spec.schema();
        List<DuckDbTable> tables = new ArrayList<>();
        for (SourceTable table : schema.tables()) {
            TableName name = table.name();
            String called = name.schema().equals(first) ? name.name() : name.toString();
            tables.add(new DuckDbTable(called, file, name.schema(), name.name()));
        }
        return DuckDbQueryEngine.open(tables, DuckDbSettings.DEFAULT.withZone(ZoneOffset.UTC));
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("The sources are closed; open the studio again to use them");
        }
    }

    @Override
    public void close() {
        closed = true;
        pools.keySet().forEach(this::close);
        GuardedSocketFactory.forget(ticket);
    }

    private static final class Pool {
        private volatile long lastUse;
        private @Nullable HikariDataSource connections;

        synchronized DataSource open(DataSource source) {
            HikariDataSource open = connections;
            if (open == null) {
                open = new HikariDataSource(config(source));
                connections = open;
            }
            return open;
        }

        private static HikariConfig config(DataSource source) {
            HikariConfig config = new HikariConfig();
            config.setDataSource(source);
            config.setReadOnly(true);
            config.setMaximumPoolSize(MAX_CONNECTIONS);
            config.setMinimumIdle(0);
            config.setConnectionTimeout(WAIT_MILLIS);
            config.setIdleTimeout(IDLE_MILLIS);
            config.setMaxLifetime(LIFE_MILLIS);
            return config;
        }

        synchronized boolean isIdle() {
            return connections == null || connections.getHikariPoolMXBean().getActiveConnections() == 0;
        }

        synchronized void close() {
            if (connections != null) {
                connections.close();
                connections = null;
            }
        }
    }
}
