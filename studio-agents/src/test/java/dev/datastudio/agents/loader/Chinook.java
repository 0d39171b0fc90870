package dev.datastudio.agents.loader;

import dev.datastudio.core.source.SourceKind;
import dev.datastudio.core.source.SourceSpec;
import dev.datastudio.testkit.OutsideData;
import dev.datastudio.testkit.server.PostgresServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** The Chinook database with every key hidden, and the relations that its keys declared. */
final class Chinook {
    private static final List<String> RELATIONS = List.of(
            "Album.ArtistId > Artist.ArtistId",
            "Customer.SupportRepId > Employee.EmployeeId",
            "Employee.ReportsTo > Employee.EmployeeId",
            "Invoice.CustomerId > Customer.CustomerId",
            "InvoiceLine.InvoiceId > Invoice.InvoiceId",
            "InvoiceLine.TrackId > Track.TrackId",
            "PlaylistTrack.PlaylistId > Playlist.PlaylistId",
            "PlaylistTrack.TrackId > Track.TrackId",
            "Track.AlbumId > Album.AlbumId",
            "Track.GenreId > Genre.GenreId",
            "Track.MediaTypeId > MediaType.MediaTypeId");

    private Chinook() {}

    /** A copy as a file of SQLite. */
    static SourceSpec sqlite(Path folder) throws SQLException {
        Path file = folder.resolve("chinook.db");
        Path original = OutsideData.require("eval/sqlite/chinook.sqlite");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("ATTACH '" + original + "' AS original");
            List<String> tables = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery(
                    "SELECT name FROM original.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")) {
                while (rows.next()) {
                    tables.add(rows.getString(1));
                }
            }
            for (String table : tables) {
                statement.execute("CREATE TABLE " + table + " AS SELECT * FROM original." + table);
            }
        }
        return SourceSpec.builder(SourceKind.SQLITE, "Chinook")
                .database(file.toString())
                .build();
    }

    /** A copy in a real PostgreSQL server. */
    static SourceSpec postgres() throws SQLException, IOException {
        Path script = OutsideData.require("eval/sqlite/chinook_postgres.sql");
        DataSource database = PostgresServer.require().newDatabase();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(Files.readString(script).replaceFirst("(?s)^.*\\\\c chinook;", ""));
            statement.execute("DO $$ DECLARE c record; BEGIN FOR c IN SELECT conname, conrelid::regclass AS t"
                    + " FROM pg_constraint WHERE contype IN ('p', 'f') AND connamespace = 'public'::regnamespace"
                    + " ORDER BY contype LOOP EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', c.t, c.conname);"
                    + " END LOOP; END $$");
            URI address = URI.create(connection.getMetaData().getURL().substring("jdbc:".length()));
            return SourceSpec.builder(SourceKind.POSTGRESQL, "Chinook")
                    .host(address.getHost())
                    .port(address.getPort())
                    .database(address.getPath().substring(1))
                    .user("postgres")
                    .build();
        }
    }

    /** As the SQLite file spells them. */
    static Set<String> relations() {
        return new TreeSet<>(RELATIONS);
    }

    /** As PostgreSQL spells them. */
    static Set<String> postgresRelations() {
        return RELATIONS.stream()
                .map(relation -> relation.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT))
                .map(relation -> relation.replaceAll("(^|> )", "$1public."))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
