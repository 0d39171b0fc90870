package dev.datastudio.rag.index.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.workspace.internal.PostgresErrors;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * The extension pgvector of a database.
 *
 * @param schema where its type and operators are, quoted as the server quotes it
 */
public record PgVector(String schema) {
    /** The longest vector of which it builds a graph. */
    public static final int MAX_GRAPH_DIMENSION = 2_000;

    private static final int LEAST_MAJOR = 0;
    private static final int LEAST_MINOR = 8; // the first that goes on in its graph when a filter lets too few through
    /** Two that make it at once trip over each other. */
    private static final String ALONE = "SELECT pg_advisory_xact_lock(hashtext('studio_pgvector'))::text";

    /**
     * The extension, made in the database when the server has it.
     *
     * @return empty when the server doesn't have it, or when this user may not make it
     * @throws StudioException DEPENDENCY_MISSING when it is too old
     */
    public static Optional<PgVector> find(PostgresTransactions transactions) {
        Optional<PgVector> there = transactions.write(PgVector::installed);
        return there.isPresent() ? there : transactions.write(PgVector::made);
    }

    private static Optional<PgVector> made(Connection connection) throws SQLException {
        new PostgresStatement().add(ALONE).list(connection, row -> row.getString(1));
        boolean available = !new PostgresStatement()
                .add("SELECT 1 FROM pg_available_extensions WHERE name = 'vector'")
                .list(connection, row -> row.getInt(1))
                .isEmpty();
        if (!available) {
            return Optional.empty();
        }
        try {
            new PostgresStatement().add("SAVEPOINT before_extension").execute(connection);
            new PostgresStatement().add("CREATE EXTENSION IF NOT EXISTS vector").execute(connection);
        } catch (SQLException e) {
            if (!PostgresErrors.state(e).equals("42501")) {
                throw e;
            }
            new PostgresStatement()
                    .add("ROLLBACK TO SAVEPOINT before_extension")
                    .execute(connection);
        }
        return installed(connection);
    }

    private static Optional<PgVector> installed(Connection connection) throws SQLException {
        List<String[]> found = new PostgresStatement()
                .add("SELECT e.extversion, quote_ident(n.nspname) FROM pg_extension e"
                        + " JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'vector'")
                .list(connection, row -> new String[] {row.getString(1), row.getString(2)});
        if (found.isEmpty()) {
            return Optional.empty();
        }
        String version = found.get(0)[0];
        if (!isNewEnough(version)) {
            throw new StudioException(
                    ErrorCode.DEPENDENCY_MISSING,
                    "The database has version " + StudioException.quote(version)
                            + " of the extension pgvector, at least " + LEAST_MAJOR + "." + LEAST_MINOR + " is needed",
                    "Install a newer one on the server and run 'ALTER EXTENSION vector UPDATE'");
        }
        return Optional.of(new PgVector(found.get(0)[1]));
    }

    private static boolean isNewEnough(String version) {
        String[] parts = version.split("[^0-9]+", -1);
        int major = number(parts, 0);
        return major > LEAST_MAJOR || (major == LEAST_MAJOR && number(parts, 1) >= LEAST_MINOR);
    }

    private static int number(String[] parts, int place) {
        return place < parts.length && !parts[place].isEmpty() ? Integer.parseInt(parts[place]) : 0;
    }

    /** The type of vectors. */
    public String type() {
        return schema + ".vector";
    }

    /** One minus the cosine of what stands before and behind; a vector without a direction is at right angles to all. */
    public String distance() {
        return "OPERATOR(" + schema + ".<=>)";
    }

    /** By what a graph orders. */
    public String operators() {
        return schema + ".vector_cosine_ops";
    }

    /** A vector as it reads it. */
    public static String literal(float[] vector) {
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < vector.length; i++) {
            text.append(i == 0 ? "" : ",").append(vector[i]);
        }
        return text.append(']').toString();
    }
}
