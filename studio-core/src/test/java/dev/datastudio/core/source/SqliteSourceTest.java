package dev.datastudio.core.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datastudio.api.dataset.ColumnType;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.secret.Secret;
import dev.datastudio.core.dataset.ImportTarget;
import dev.datastudio.testkit.OutsideData;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SqliteSourceTest extends SourceContract {
    @Override
    Connection admin() throws SQLException {
        return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("shop.sqlite"));
    }

    @Override
    SourceSpec spec() {
        return SourceSpec.builder(SourceKind.SQLITE, "Shop")
                .database("shop.sqlite")
                .build();
    }

    @Override
    List<Path> fileFolders() {
        return List.of(folder);
    }

    @Override
    String schema() {
        return "";
    }

    @Override
    List<String> everything() {
        return List.of(
                "CREATE TABLE everything (i BIGINT, r REAL, whole NUMERIC(10,2), mixed INTEGER, d DATE, ts DATETIME,"
                        + " zoned DATETIME, b BOOLEAN, t TEXT, raw BLOB, free)",
                "INSERT INTO everything VALUES (9007199254740993, 2.5, 0.99, 'twelve', '2024-02-29',"
                        + " '2024-02-29 12:30:00', '2024-02-29T12:30:00Z', 1, 'x', x'00ff', 'y')",
                "INSERT INTO everything (i) VALUES (NULL)",
                "INSERT INTO everything (mixed) VALUES (12)");
    }

    @Override
    Map<String, Expected> expected() {
        return Map.of(
                "i", new Expected(ColumnType.INTEGER, 9007199254740993L),
                "r", new Expected(ColumnType.DECIMAL, 2.5),
                "whole", new Expected(ColumnType.DECIMAL, 0.99),
                "mixed", new Expected(ColumnType.TEXT, "twelve"),
                "d", new Expected(ColumnType.DATE, LocalDate.of(2024, 2, 29)),
                "ts", new Expected(ColumnType.TIMESTAMP, LocalDateTime.of(2024, 2, 29, 12, 30)),
                "zoned", new Expected(ColumnType.TEXT, "2024-02-29T12:30:00Z"),
                "b", new Expected(ColumnType.BOOLEAN, true),
                "t", new Expected(ColumnType.TEXT, "x"),
                "free", new Expected(ColumnType.TEXT, "y"));
    }

    @Override
    String fillMany(int count) {
        return "WITH RECURSIVE s (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM s WHERE i < " + (count - 1)
                + ") INSERT INTO many SELECT i, 'row ' || i FROM s";
    }

    @Test
    void readsChinookAsItIsDeclared() {
        Path chinook = OutsideData.require("eval/sqlite/chinook.sqlite");
        try (TestSources test =
                TestSources.in(folder.resolve("chinook-workspace"), b -> b.fileFolders(List.of(chinook.getParent())))) {
            Source source = test.sources()
                    .create(
                            SourceSpec.builder(SourceKind.SQLITE, "Chinook")
                                    .database("chinook.sqlite")
                                    .build(),
                            Secret.of(""));

            SourceSchema schema = test.sources().schema(source.id());

            assertEquals(CHINOOK_KEYS, shown(schema));
            assertEquals(3503, schema.find(TableName.of("Track")).orElseThrow().rowEstimate());
            Dataset invoices =
                    test.sources().importTable(source.id(), TableName.of("Invoice"), ImportTarget.named("invoices"));
            assertEquals(412, invoices.rowCount());
            assertEquals(ColumnType.TIMESTAMP, invoices.column("InvoiceDate").type());
            assertEquals(ColumnType.DECIMAL, invoices.column("Total").type());
            assertEquals(ColumnType.INTEGER, invoices.column("CustomerId").type());
        }
    }

    private static Map<String, String> shown(SourceSchema schema) {
        Map<String, String> shown = new TreeMap<>();
        for (SourceTable table : schema.tables()) {
            String keys = table.foreignKeys().stream()
                    .map(k -> k.columns() + "->" + k.target() + k.targetColumns())
                    .sorted()
                    .collect(Collectors.joining(" "));
            shown.put(table.name().toString(), (table.primaryKey() + " " + keys).strip());
        }
        return shown;
    }

    private static final Map<String, String> CHINOOK_KEYS = new TreeMap<>(Map.ofEntries(
            Map.entry("Album", "[AlbumId] [ArtistId]->Artist[ArtistId]"),
            Map.entry("Artist", "[ArtistId]"),
            Map.entry("Customer", "[CustomerId] [SupportRepId]->Employee[EmployeeId]"),
            Map.entry("Employee", "[EmployeeId] [ReportsTo]->Employee[EmployeeId]"),
            Map.entry("Genre", "[GenreId]"),
            Map.entry("Invoice", "[InvoiceId] [CustomerId]->Customer[CustomerId]"),
            Map.entry("InvoiceLine", "[InvoiceLineId] [InvoiceId]->Invoice[InvoiceId] [TrackId]->Track[TrackId]"),
            Map.entry("MediaType", "[MediaTypeId]"),
            Map.entry("Playlist", "[PlaylistId]"),
            Map.entry(
                    "PlaylistTrack",
                    "[PlaylistId, TrackId] [PlaylistId]->Playlist[PlaylistId] [TrackId]->Track[TrackId]"),
            Map.entry(
                    "Track",
                    "[TrackId] [AlbumId]->Album[AlbumId] [GenreId]->Genre[GenreId]"
                            + " [MediaTypeId]->MediaType[MediaTypeId]")));
}
