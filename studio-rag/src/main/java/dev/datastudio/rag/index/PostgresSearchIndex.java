package dev.datastudio.rag.index;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.search.IndexName;
import dev.datastudio.api.search.Passage;
import dev.datastudio.api.search.PassageKey;
import dev.datastudio.api.search.SearchHit;
import dev.datastudio.api.search.SearchIndex;
import dev.datastudio.api.search.SearchRequest;
import dev.datastudio.api.search.VectorSpace;
import dev.datastudio.api.search.VersionStatus;
import dev.datastudio.core.workspace.SqlWork;
import dev.datastudio.core.workspace.internal.PostgresErrors;
import dev.datastudio.core.workspace.internal.PostgresSchema;
import dev.datastudio.rag.index.internal.PgVector;
import dev.datastudio.rag.index.internal.PostgresStatement;
import dev.datastudio.rag.index.internal.PostgresTransactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/**
 * A search index in a PostgreSQL database (13 or later, UTF-8): by words, and by meaning where the server has the
 * extension pgvector (0.8 or later). The tables lie in a schema of their own.
 *
 * <p><b>Words</b> are those of {@link Languages}, as in {@link LuceneSearchIndex}, kept as {@code tsvector} with a GIN
 * index, so the same question finds the same passages in both, whatever text search configurations the server has. The
 * score is BM25, with its two parameters as in Lucene. It is computed over all passages that hold any word of the
 * question, so the time of a search grows with their number, tens of µs each, unlike Lucene's. Of a passage the words
 * that fit into 700,000 bytes can be found; more than 255 times the same word count as 255.
 *
 * <p><b>Meaning</b> is exact in indexes that never held more than {@value #COMPARED_AT_MOST} passages, and where vectors
 * have more than 2,000 numbers. The {@link #publish} that brings more builds an HNSW graph, while others who put vectors in
 * wait; there is one for each tenant and collection. With a graph, passages with equal scores at the end of what is found
 * may be any of them, and a vector of zeros, whose cosine with every other one is taken for 0, may not be found.
 *
 * <p>{@link #publish} is one transaction, so a search sees all of it or nothing. Others wait for whoever writes to the
 * same document, 60 s at most. Cancelling a search makes the server stop. Thread-safe.
 */
public final class PostgresSearchIndex implements SearchIndex {
    /** What the schema with the tables is called. */
    public static final String DEFAULT_SCHEMA = "studio_search";

    /** With more passages than this, an index gets a graph. */
    public static final int COMPARED_AT_MOST = 10_000;

    private static final int VERSION = 1;
    private static final String SCRIPTS = "classpath:dev/datastudio/rag/index/postgresql";
    private static final Pattern SCHEMA = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

    private final PostgresTransactions transactions;
    private final PostgresIndexes indexes;
    private final Optional<PgVector> extension;
    private final long comparedAtMost;
    private volatile boolean closed;

    private PostgresSearchIndex(
            PostgresTransactions transactions,
            PostgresIndexes indexes,
            Optional<PgVector> extension,
            long comparedAtMost) {
        this.transactions = transactions;
        this.indexes = indexes;
        this.extension = extension;
        this.comparedAtMost = comparedAtMost;
    }

    /**
     * Opens the index by words and by meaning, with the defaults.
     *
     * @throws StudioException as {@link Builder#open}
     */
    public static PostgresSearchIndex open(DataSource source) {
        return builder(source).open();
    }

    /**
     * Begins to open an index.
     *
     * @param source gives connections; stays open when the index is closed. Best a pool, such as HikariCP's, because each
     *     call takes one
     */
    public static Builder builder(DataSource source) {
        return new Builder(source);
    }

    @Override
    public Set<Retriever> retrievers() {
        return extension.isPresent() ? Set.of(Retriever.WORDS, Retriever.MEANING) : Set.of(Retriever.WORDS);
    }

    @Override
    public boolean publishesAtomically() {
        return true;
    }

    @Override
    public void prepare(IndexName index, VectorSpace space) {
        Objects.requireNonNull(space, "space");
        if (extension.isEmpty()) {
            return;
        }
        Optional<VectorSpace> held = space(index);
        if (held.isPresent()) {
            PostgresIndexes.requireSame(index, held.get(), space);
            return;
        }
        write(connection -> {
            indexes.prepare(connection, index, space, extension.get());
            return true;
        });
    }

    @Override
    public Optional<VectorSpace> space(IndexName index) {
        return read(connection -> indexes.find(connection, index).flatMap(PostgresIndexes.Row::space));
    }

    @Override
    public void stage(IndexName index, List<Passage> passages) {
        PassageKey.Version version = StagedBatch.requireOne(passages);
        if (extension.isPresent()) {
            StagedBatch.requireSpace(passages, () -> space(index));
        }
        Collection<Passage> last = lastOfEach(passages);
        write(connection -> {
            PostgresIndexes.Row row = indexes.heldOrMade(connection, index);
            requireSameMeaning(index, row, last);
            long id = new PostgresVersions(indexes, row, connection).staged(version);
            new PostgresPassages(indexes, row, id, extension).write(connection, last);
            return true;
        });
    }

    /** Where a key is there twice, the later one counts; in the order of keys. */
    private static Collection<Passage> lastOfEach(List<Passage> passages) {
        Map<Integer, Passage> last = new TreeMap<>();
        passages.forEach(passage -> last.put(passage.key().ordinal(), passage));
        return last.values();
    }

    /** In an index with vectors, passages without them would be lost to whoever searches by meaning. */
    private void requireSameMeaning(IndexName index, PostgresIndexes.Row row, Collection<Passage> passages) {
        if (row.space().isPresent() && extension.isEmpty()) {
            throw new StudioException(
                    ErrorCode.INDEX_MODEL_MISMATCH,
                    "The search index " + StudioException.quote(index) + " holds vectors of the model "
                            + StudioException.quote(row.space().get().model())
                            + ", but it is opened for words only",
                    "Open it with pgvector, or use another schema for an index without vectors");
        }
        if (extension.isPresent()) {
            StagedBatch.requireSpace(List.copyOf(passages), row::space); // it may have been dropped meanwhile
        }
    }

    @Override
    public void publish(IndexName index, List<PassageKey.Version> versions) {
        StagedBatch.requireDifferentDocuments(versions);
        requireOpen();
        boolean needsGraph = transactions.write(connection -> {
            Optional<PostgresIndexes.Row> row = indexes.held(connection, index);
            if (row.isPresent()) {
                new PostgresVersions(indexes, row.get(), connection).publish(versions);
            }
            return row.isPresent() && indexes.needsGraph(connection, row.get(), comparedAtMost);
        });
        if (needsGraph && extension.isPresent()) {
            write(connection -> {
                indexes.makeGraph(connection, index, extension.get(), comparedAtMost);
                return true;
            });
        }
    }

    @Override
    public void discard(IndexName index, PassageKey.Version version) {
        change(index, held -> held.discard(version));
    }

    @Override
    public void delete(IndexName index, Set<String> documents) {
        change(index, held -> held.delete(documents));
    }

    private void change(IndexName index, Change change) {
        write(connection -> {
            Optional<PostgresIndexes.Row> row = indexes.held(connection, index);
            if (row.isPresent()) {
                change.on(new PostgresVersions(indexes, row.get(), connection));
            }
            return true;
        });
    }

    @FunctionalInterface
    private interface Change {
        void on(PostgresVersions versions) throws SQLException;
    }

    @Override
    public void drop(IndexName index) {
        write(connection -> {
            indexes.drop(connection, index);
            return true;
        });
    }

    @Override
    public List<VersionStatus> versions(IndexName index) {
        return read(connection -> {
            Optional<PostgresIndexes.Row> row = indexes.find(connection, index);
            return row.isPresent() ? new PostgresVersions(indexes, row.get(), connection).list() : List.of();
        });
    }

    @Override
    public List<Passage> passages(IndexName index, PassageKey.Version version, int from, int limit) {
        if (from < 0 || limit < 1 || limit > SearchRequest.MAX_LIMIT) {
            throw new IllegalArgumentException("from must be at least 0 and limit 1 to " + SearchRequest.MAX_LIMIT
                    + ", were " + from + " and " + limit);
        }
        return read(connection -> {
            Optional<PostgresIndexes.Row> row = indexes.find(connection, index);
            return row.isPresent()
                    ? new PostgresVersions(indexes, row.get(), connection).passages(version, from, limit)
                    : List.of();
        });
    }

    @Override
    public List<SearchHit> search(IndexName index, SearchRequest request, Cancellation cancellation) {
        cancellation.throwIfCancelled();
        boolean byMeaning = request.target() instanceof SearchRequest.Meaning;
        if (byMeaning && extension.isEmpty()) {
            throw new IllegalArgumentException(
                    "This index is searched by words only; open it with pgvector, or use CombinedSearchIndex for both");
        }
        requireOpen();
        return transactions.read(cancellation, connection -> {
            Optional<PostgresIndexes.Row> row = indexes.find(connection, index);
            return row.isPresent() ? search(row.get(), request, connection, cancellation) : List.of();
        });
    }

    private List<SearchHit> search(
            PostgresIndexes.Row row, SearchRequest request, Connection connection, Cancellation cancellation)
            throws SQLException {
        if (request.target() instanceof SearchRequest.Words words) {
            return new PostgresWordSearch(indexes, row, connection, cancellation).search(request, words);
        }
        return new PostgresMeaningSearch(indexes, row, extension.orElseThrow(), connection, cancellation)
                .search(request, (SearchRequest.Meaning) request.target());
    }

    private <T> T read(SqlWork<T> work) {
        requireOpen();
        return transactions.read(Cancellation.none(), work);
    }

    private void write(SqlWork<Boolean> work) {
        requireOpen();
        transactions.write(work);
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("The search index is closed");
        }
    }

    /** Ends the use of this index; the data source stays open. Does nothing when called again. */
    @Override
    public void close() {
        closed = true;
    }

    /** Whether an index is searched by meaning. */
    public enum Vectors {
        /** It is; without pgvector it isn't opened. */
        REQUIRED,
        /** It is where pgvector is installed or can be; {@link #retrievers()} says whether. */
        IF_AVAILABLE,
        /** It is searched by words only, wherever it is. */
        NONE
    }

    /** Opens an index. Not thread-safe. */
    public static final class Builder {
        private final DataSource source;
        private String schema = DEFAULT_SCHEMA;
        private Vectors vectors = Vectors.REQUIRED;
        private long comparedAtMost = COMPARED_AT_MOST;

        private Builder(DataSource source) {
            this.source = Objects.requireNonNull(source, "source");
        }

        /**
         * Where the tables are; {@value #DEFAULT_SCHEMA} unless told. Made when it is not there.
         *
         * @param value a lower-case letter or '_', then such ones and digits; 63 characters at most
         */
        public Builder schema(String value) {
            schema = Objects.requireNonNull(value, "schema");
            return this;
        }

        /** Whether it is searched by meaning; {@link Vectors#REQUIRED} unless told. */
        public Builder vectors(Vectors value) {
            vectors = Objects.requireNonNull(value, "vectors");
            return this;
        }

        /** For tests of the graph. */
        Builder comparedAtMost(long value) {
            comparedAtMost = value;
            return this;
        }

        /**
         * Opens it, and makes or upgrades its tables.
         *
         * @throws StudioException DEPENDENCY_MISSING when vectors are required and the server has no pgvector, or this
         *     user may not install it in the database, or when it is too old; or without flyway-database-postgresql;
         *     WORKSPACE_TOO_NEW when a newer Studio made the tables; INVALID_ARGUMENT for another kind of database, for
         *     one that is not UTF-8, and for a schema of another form; STORAGE_… when the server fails
         */
        public PostgresSearchIndex open() {
            if (!SCHEMA.matcher(schema).matches() || schema.startsWith("pg_")) {
                throw new StudioException(
                        ErrorCode.INVALID_ARGUMENT,
                        "The schema " + StudioException.quote(schema) + " does not match " + SCHEMA
                                + ", or begins with 'pg_'",
                        "Give another one, such as '" + DEFAULT_SCHEMA + "'");
            }
            try {
                new PostgresSchema(source, schema, VERSION, SCRIPTS).upgrade();
            } catch (SQLException e) {
                throw PostgresErrors.translate(e);
            }
            PostgresTransactions transactions = new PostgresTransactions(source);
            requireUnicode(transactions);
            return new PostgresSearchIndex(
                    transactions, new PostgresIndexes('"' + schema + '"'), extension(transactions), comparedAtMost);
        }

        private static void requireUnicode(PostgresTransactions transactions) {
            String encoding = transactions.read(
                    Cancellation.none(),
                    connection -> new PostgresStatement()
                            .add("SHOW server_encoding")
                            .list(connection, row -> row.getString(1))
                            .get(0));
            if (!encoding.equals("UTF8")) {
                throw new StudioException(
                        ErrorCode.INVALID_ARGUMENT,
                        "The PostgreSQL database has the encoding " + StudioException.quote(encoding) + ", not UTF8",
                        "Create one with ENCODING 'UTF8'");
            }
        }

        private Optional<PgVector> extension(PostgresTransactions transactions) {
            if (vectors == Vectors.NONE) {
                return Optional.empty();
            }
            Optional<PgVector> found = PgVector.find(transactions);
            if (found.isEmpty() && vectors == Vectors.REQUIRED) {
                throw new StudioException(
                        ErrorCode.DEPENDENCY_MISSING,
                        "The PostgreSQL database has no extension pgvector, and it can't be installed by this user",
                        "Install pgvector on the server and run 'CREATE EXTENSION vector', or open the index for words"
                                + " only: vectors(Vectors.NONE)");
            }
            return found;
        }
    }
}
