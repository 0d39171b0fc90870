package dev.datastudio.core.dataset.internal;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.dataset.DatasetId;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.workspace.StateDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows of the catalogue. Every statement names tenant and user. Thread-safe. */
public final class Catalogue {
    private static final String COLUMNS =
            "id, tenant, user_id, name, version, origin, table_name, content_hash, row_count, columns,"
                    + " warnings, imported_at, upload, rejected";
    private static final String OWN = " FROM dataset WHERE tenant = ? AND user_id = ?";
    private static final String NEWEST_FIRST = " ORDER BY imported_at DESC, rowid DESC";
    private static final String LAST_VERSION_FIRST = " ORDER BY version DESC";

    private final StateDatabase state;

    public Catalogue(StateDatabase state) {
        this.state = state;
    }

    /**
     * Where an imported file lay and how it looked, so that it need not be read again.
     *
     * @param path absolute
     * @param size bytes
     * @param stamp empty when it proves nothing
     */
    public record Source(String path, long size, String stamp) {
        /** Of what was no file. */
        public static final Source NONE = new Source("", 0, "");
    }

    /** Everything of a caller, the newest first. */
    public List<Dataset> list(Caller caller) {
        return select(caller, NEWEST_FIRST);
    }

    /** By id. */
    public Optional<Dataset> find(Caller caller, DatasetId id) {
        return first(select(caller, " AND id = ?", id.toString()));
    }

    /** The newest version of a name. */
    public Optional<Dataset> findByName(Caller caller, String name) {
        return first(select(caller, " AND name = ?" + LAST_VERSION_FIRST + " LIMIT 1", name));
    }

    /** The versions of a name, the newest first. */
    public List<Dataset> versions(Caller caller, String name) {
        return select(caller, " AND name = ?" + LAST_VERSION_FIRST, name);
    }

    /** What was left out of a version. */
    public Rejected rejected(Dataset dataset) {
        return state.read(connection -> {
            try (PreparedStatement statement = connection.prepareStatement("SELECT rejected" + OWN + " AND id = ?")) {
                bind(
                        statement,
                        dataset.owner().tenant(),
                        dataset.owner().user(),
                        dataset.id().toString());
                try (ResultSet rows = statement.executeQuery()) {
                    return rows.next() ? CatalogueJson.readRejected(rows.getString(1)) : Rejected.NONE;
                }
            }
        });
    }

    /** The newest version of a name, if it has a content. */
    public Optional<Dataset> findByContent(Caller caller, String name, String contentHash) {
        return findByName(caller, name).filter(d -> d.contentHash().equals(contentHash));
    }

    /** The newest version of a name, if it was imported from a file that looks as it did. */
    public Optional<Dataset> findBySource(Caller caller, String name, Source source) {
        if (source.stamp().isEmpty()) {
            return Optional.empty();
        }
        Optional<Dataset> seen = first(select(
                caller,
                " AND name = ? AND source_path = ? AND source_size = ? AND source_stamp = ?" + LAST_VERSION_FIRST
                        + " LIMIT 1",
                name,
                source.path(),
                source.size(),
                source.stamp()));
        return seen.isPresent() && findByName(caller, name).equals(seen) ? seen : Optional.empty();
    }

    /**
     * Adds a data set as the next version of its name, whatever version it says; unless the newest version has its
     * content already. Writers take turns, between processes too, so no two versions get one number.
     *
     * @return the one that is in the catalogue now
     */
    public Dataset add(Dataset dataset, Rejected rejected, Source source) {
        return state.write(connection -> {
            Optional<Dataset> newest = first(query(
                    connection, dataset.owner(), " AND name = ?" + LAST_VERSION_FIRST + " LIMIT 1", dataset.name()));
            if (newest.isPresent() && newest.get().contentHash().equals(dataset.contentHash())) {
                return newest.get();
            }
            insert(connection, dataset, rejected, source);
            return query(
                            connection,
                            dataset.owner(),
                            " AND id = ?",
                            dataset.id().toString())
                    .get(0);
        });
    }

    private static void insert(Connection connection, Dataset dataset, Rejected rejected, Source source)
            throws SQLException {
        String sql = "INSERT INTO dataset (" + COLUMNS + ", source_path, source_size, source_stamp)"
                + " SELECT ?, ?, ?, ?, coalesce(max(version), 0) + 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?" + OWN
                + " AND name = ?";
        Caller owner = dataset.owner();
        boolean file = !source.path().isEmpty();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(
                    statement,
                    dataset.id().toString(),
                    owner.tenant(),
                    owner.user(),
                    dataset.name(),
                    CatalogueJson.writeOrigin(dataset.origin()),
                    dataset.table(),
                    dataset.contentHash(),
                    dataset.rowCount(),
                    CatalogueJson.writeColumns(dataset.columns()),
                    CatalogueJson.writeTexts(dataset.warnings()),
                    dataset.importedAt().toEpochMilli(),
                    dataset.upload(),
                    CatalogueJson.writeRejected(rejected),
                    file ? source.path() : null,
                    file ? source.size() : null,
                    source.stamp().isEmpty() ? null : source.stamp(),
                    owner.tenant(),
                    owner.user(),
                    dataset.name());
            statement.executeUpdate();
        }
    }

    /**
     * Lets a version whose files were lost or damaged have new ones of the same content.
     *
     * @return false when the version is not there any more
     */
    public boolean replaceFiles(Dataset dataset, String upload, Instant importedAt) {
        return state.write(connection -> {
            String sql = "UPDATE dataset SET upload = ?, imported_at = ? WHERE tenant = ? AND user_id = ? AND id = ?";
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                bind(
                        statement,
                        upload,
                        importedAt.toEpochMilli(),
                        dataset.owner().tenant(),
                        dataset.owner().user(),
                        dataset.id().toString());
                return statement.executeUpdate() > 0;
            }
        });
    }

    /** Notes how the file of a data set looks now. */
    public void noteSource(Dataset dataset, Source source) {
        state.writeRelaxed(connection -> {
            String sql = "UPDATE dataset SET source_path = ?, source_size = ?, source_stamp = ?"
                    + " WHERE tenant = ? AND user_id = ? AND id = ?";
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                bind(
                        statement,
                        source.path(),
                        source.size(),
                        source.stamp(),
                        dataset.owner().tenant(),
                        dataset.owner().user(),
                        dataset.id().toString());
                return statement.executeUpdate();
            }
        });
    }

    /** Takes a data set out; false when it was not there. */
    public boolean remove(Caller caller, DatasetId id) {
        return state.write(connection -> {
            String sql = "DELETE FROM dataset WHERE tenant = ? AND user_id = ? AND id = ?";
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                bind(statement, caller.tenant(), caller.user(), id.toString());
                return statement.executeUpdate() > 0;
            }
        });
    }

    /** Who in a tenant has data sets, by name. */
    public List<Caller> owners(String tenant) {
        return state.read(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(
                    "SELECT DISTINCT user_id FROM dataset WHERE tenant = ? ORDER BY user_id")) {
                bind(statement, tenant);
                List<Caller> owners = new ArrayList<>();
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        owners.add(new Caller(tenant, rows.getString(1)));
                    }
                }
                return owners;
            }
        });
    }

    private List<Dataset> select(Caller caller, String rest, Object... values) {
        return state.read(connection -> query(connection, caller, rest, values));
    }

    private static List<Dataset> query(Connection connection, Caller caller, String rest, Object... values)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT " + COLUMNS + OWN + rest)) {
            statement.setString(1, caller.tenant());
            statement.setString(2, caller.user());
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 3, values[i]);
            }
            List<Dataset> found = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(read(rows));
                }
            }
            return found;
        }
    }

    private static void bind(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }

    private static Optional<Dataset> first(List<Dataset> found) {
        return found.stream().findFirst();
    }

    private static Dataset read(ResultSet row) throws SQLException {
        return new Dataset(
                DatasetId.parse(row.getString("id")),
                new Caller(row.getString("tenant"), row.getString("user_id")),
                row.getString("name"),
                row.getInt("version"),
                CatalogueJson.readOrigin(row.getString("origin")),
                row.getString("table_name"),
                row.getString("content_hash"),
                row.getLong("row_count"),
                CatalogueJson.readColumns(row.getString("columns")),
                CatalogueJson.readTexts(row.getString("warnings")),
                Instant.ofEpochMilli(row.getLong("imported_at")),
                row.getString("upload"));
    }
}
