package dev.datastudio.rag.index;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.search.Passage;
import dev.datastudio.api.search.PassageKey;
import dev.datastudio.api.search.VersionStatus;
import dev.datastudio.rag.index.internal.PostgresStatement;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;

/**
 * The versions of documents in one index, within one transaction. Whoever writes to a version, or publishes one, holds
 * its row: passages never come to a version that was published meanwhile.
 */
record PostgresVersions(PostgresIndexes indexes, PostgresIndexes.Row index, Connection connection) {
    private static final String ASKED = "unnest(?::text[], ?::text[]) AS asked (document, version)";

    private record Held(long id, boolean isPublished) {}

    /**
     * Makes the version when it is not there.
     *
     * @return its id
     * @throws StudioException ENTRY_CONFLICT when it is published
     */
    long staged(PassageKey.Version version) throws SQLException {
        List<Held> found = held(version);
        while (found.isEmpty()) {
            make(version);
            found = held(version);
        }
        if (found.get(0).isPublished()) {
            throw new StudioException(
                    ErrorCode.ENTRY_CONFLICT,
                    "Version " + StudioException.quote(version) + " is published already",
                    "Put another content in as another version");
        }
        return found.get(0).id();
    }

    private String versions() {
        return indexes.schema() + ".document_version";
    }

    private String passages() {
        return indexes.schema() + ".passage";
    }

    private void make(PassageKey.Version version) throws SQLException {
        new PostgresStatement()
                .add("INSERT INTO " + versions() + " (tenant, index_id, document, version)")
                .add(" VALUES (?, ?, ", index.tenant(), index.id())
                .add("?, ?) ON CONFLICT DO NOTHING", version.document(), version.version())
                .execute(connection);
    }

    private List<Held> held(PassageKey.Version version) throws SQLException {
        return new PostgresStatement()
                .add("SELECT id, published FROM " + versions())
                .add(" WHERE tenant = ? AND index_id = ?", index.tenant(), index.id())
                .add(" AND document = ? AND version = ? FOR UPDATE", version.document(), version.version())
                .list(connection, row -> new Held(row.getLong(1), row.getBoolean(2)));
    }

    /** Takes away what is neither of these versions nor of another document, and makes these findable. */
    void publish(List<PassageKey.Version> asked) throws SQLException {
        String[] documents = asked.stream().map(PassageKey.Version::document).toArray(String[]::new);
        String[] versions = asked.stream().map(PassageKey.Version::version).toArray(String[]::new);
        hold(documents);
        forget(new PostgresStatement()
                .add("DELETE FROM " + versions() + " v USING ")
                .add(ASKED, documents, versions)
                .add(" WHERE v.tenant = ? AND v.index_id = ?", index.tenant(), index.id())
                .add(" AND v.document = asked.document AND v.version <> asked.version RETURNING v.id")
                .list(connection, row -> row.getLong(1)));
        new PostgresStatement()
                .add("INSERT INTO " + indexes.schema() + ".language_total"
                        + " (tenant, version_id, language, passages, words)"
                        + " SELECT p.tenant, p.version_id, p.language, count(*), sum(p.word_count) FROM ")
                .add(ASKED, documents, versions)
                .add(" JOIN " + versions() + " v ON v.document = asked.document AND v.version = asked.version JOIN "
                        + passages() + " p ON p.tenant = v.tenant AND p.version_id = v.id")
                .add(" WHERE v.tenant = ? AND v.index_id = ?", index.tenant(), index.id())
                .add(" AND NOT v.published GROUP BY p.tenant, p.version_id, p.language")
                .execute(connection);
        new PostgresStatement()
                .add("UPDATE " + versions() + " v SET published = TRUE, passages = (SELECT count(*) FROM " + passages()
                        + " p WHERE p.tenant = v.tenant AND p.version_id = v.id) FROM ")
                .add(ASKED, documents, versions)
                .add(" WHERE v.tenant = ? AND v.index_id = ?", index.tenant(), index.id())
                .add(" AND v.document = asked.document AND v.version = asked.version AND NOT v.published")
                .execute(connection);
    }

    /** In one order for all, so that two that publish don't wait for each other. */
    private void hold(String[] documents) throws SQLException {
        new PostgresStatement()
                .add("SELECT id FROM " + versions())
                .add(" WHERE tenant = ? AND index_id = ?", index.tenant(), index.id())
                .add(" AND document = ANY (?) ORDER BY document, version FOR UPDATE", (Object) documents)
                .list(connection, row -> row.getLong(1));
    }

    /** Takes away the vectors of versions whose rows are gone; their passages went with them. */
    private void forget(List<Long> ids) throws SQLException {
        if (!ids.isEmpty() && index.space().isPresent()) {
            new PostgresStatement()
                    .add("DELETE FROM " + indexes.vectors(index) + " WHERE tenant = ?", index.tenant())
                    .add(" AND version_id = ANY (?)", (Object) ids.toArray(Long[]::new))
                    .execute(connection);
        }
    }

    void discard(PassageKey.Version version) throws SQLException {
        forget(new PostgresStatement()
                .add("DELETE FROM " + versions())
                .add(" WHERE tenant = ? AND index_id = ?", index.tenant(), index.id())
                .add(" AND document = ? AND version = ?", version.document(), version.version())
                .add(" AND NOT published RETURNING id")
                .list(connection, row -> row.getLong(1)));
    }

    void delete(Collection<String> documents) throws SQLException {
        String[] all = documents.toArray(String[]::new);
        hold(all);
        forget(new PostgresStatement()
                .add("DELETE FROM " + versions())
                .add(" WHERE tenant = ? AND index_id = ?", index.tenant(), index.id())
                .add(" AND document = ANY (?) RETURNING id", (Object) all)
                .list(connection, row -> row.getLong(1)));
    }

    List<VersionStatus> list() throws SQLException {
        return new PostgresStatement()
                .add("SELECT document, version, published, CASE WHEN published THEN passages ELSE"
                        + " (SELECT count(*) FROM " + passages()
                        + " p WHERE p.tenant = v.tenant AND p.version_id = v.id) END FROM " + versions() + " v")
                .add(" WHERE tenant = ? AND index_id = ?", index.tenant(), index.id())
                .add(" ORDER BY document, version")
                .list(
                        connection,
                        row -> new VersionStatus(
                                new PassageKey.Version(row.getString(1), row.getString(2)),
                                row.getBoolean(3),
                                row.getLong(4)));
    }

    List<Passage> passages(PassageKey.Version version, int from, int limit) throws SQLException {
        return new PostgresStatement()
                .add("SELECT p.body FROM " + versions() + " v JOIN " + passages()
                        + " p ON p.tenant = v.tenant AND p.version_id = v.id")
                .add(" WHERE v.tenant = ? AND v.index_id = ?", index.tenant(), index.id())
                .add(" AND v.document = ? AND v.version = ? AND v.published", version.document(), version.version())
                .add(" AND p.ordinal >= ? ORDER BY p.ordinal LIMIT ?", from, limit)
                .list(connection, row -> PostgresPassages.passage(row.getBytes(1)));
    }
}
