package dev.datastudio.agents.loader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.agents.model.ModelScope;
import dev.datastudio.agents.model.ModelSpec;
import dev.datastudio.agents.model.Models;
import dev.datastudio.agents.model.Provider;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.relation.Key;
import dev.datastudio.api.relation.Relation;
import dev.datastudio.api.secret.Secret;
import dev.datastudio.core.Studio;
import dev.datastudio.core.relation.CheckedRelation;
import dev.datastudio.core.schema.SchemaSearch;
import dev.datastudio.core.schema.TableQuery;
import dev.datastudio.core.source.SourceId;
import dev.datastudio.core.source.SourceSpec;
import dev.datastudio.testkit.model.ModelReply;
import dev.datastudio.testkit.model.ScriptedModelServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows R1 to R3: all relations of Chinook with its keys hidden, and no other. */
class ChinookLoadTest {
    /** What is right and new, what is known, what is turned round, and what is false in several ways. */
    private static final List<List<String>> PROPOSALS = List.of(
            List.of("Employee", "ReportsTo", "Employee", "EmployeeId"),
            List.of("Employee", "EmployeeId", "Customer", "SupportRepId"),
            List.of("Album", "ArtistId", "Artist", "ArtistId"),
            List.of("Track", "GenreId", "Playlist", "PlaylistId"),
            List.of("Track", "MediaTypeId", "Genre", "GenreId"),
            List.of("Invoice", "BillingCountry", "Customer", "Country"),
            List.of("Track", "Composer", "Artist", "Name"),
            List.of("Track", "ComposerId", "Artist", "ArtistId"));

    @TempDir
    Path folder;

    private final ScriptedModelServer server = ScriptedModelServer.start();
    private Studio studio = Studio.inMemory();

    @BeforeEach
    void open() {
        studio.close();
        studio = Studio.builder().temporary().fileFolders(List.of(folder)).build();
        Models.of(studio)
                .configs()
                .create(
                        ModelSpec.of(Provider.GENERIC, "Scripted", "scripted", server.baseUrl()),
                        ModelScope.TENANT,
                        Secret.of("key"));
    }

    @AfterEach
    void close() {
        studio.close();
        server.close();
    }

    private void script(List<List<String>> proposals) {
        server.when(request -> request.lastText().startsWith("Tables:"))
                .reply(ModelReply.text(proposals.stream()
                        .map(p -> String.format(
                                "{\"table\":\"%s\",\"column\":\"%s\",\"to_table\":\"%s\",\"to_column\":\"%s\",\"reason\":\"so it seems\"}",
                                p.get(0), p.get(1), p.get(2), p.get(3)))
                        .collect(Collectors.joining(",", "{\"relations\":[", "]}"))));
        server.when(request -> true).reply(TableAnswers::describing);
    }

    private SourceId connect(SourceSpec spec) {
        return studio.sources().create(spec, Secret.of("")).id();
    }

    private static Set<String> usable(List<Relation> relations) {
        return relations.stream()
                .filter(Relation::isUsable)
                .map(relation -> side(relation.from()) + " > " + side(relation.to()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String side(Key key) {
        return key.table().table() + "." + key.columns().get(0);
    }

    @Test
    void findsAllRelationsOfTheSqliteFileAndNoOther() throws Exception {
        SourceId chinook = connect(Chinook.sqlite(folder));
        script(PROPOSALS);

        LoadReport report = DatabaseLoader.of(studio).load(chinook);

        assertEquals(Chinook.relations(), usable(report.relations()));
        assertEquals(11, report.count(TableLoad.Outcome.DESCRIBED_BY_MODEL));
        assertEquals(
                List.of(
                        "Track.GenreId > Playlist.PlaylistId",
                        "Invoice.BillingCountry > Customer.Country",
                        "Track.Composer > Artist.Name",
                        "Track.ComposerId > Artist.ArtistId"),
                report.unsupported().stream()
                        .map(CheckedRelation::proposal)
                        .map(proposal -> side(proposal.from()) + " > " + side(proposal.to()))
                        .toList());
        assertTrue(report.relations().stream()
                .allMatch(relation -> !relation.evidence().isEmpty()));
        assertEquals(
                "InvoiceLine",
                SchemaSearch.of(studio)
                        .find(TableQuery.in(Set.of(chinook), "lines of invoices"), Cancellation.none())
                        .tables()
                        .get(0)
                        .table()
                        .table());
    }

    @Test
    void findsAllRelationsInPostgresAndNoOther() throws Exception {
        SourceId chinook = connect(Chinook.postgres());
        script(PROPOSALS.stream()
                .map(proposal -> List.of(
                        "public." + postgres(proposal.get(0)),
                        postgres(proposal.get(1)),
                        "public." + postgres(proposal.get(2)),
                        postgres(proposal.get(3))))
                .toList());

        LoadReport report = DatabaseLoader.of(studio).load(chinook);

        assertEquals(Chinook.postgresRelations(), usable(report.relations()));
    }

    private static String postgres(String name) {
        return name.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }

    @Test
    void findsNoFalseRelationWithoutAModel() throws Exception {
        SourceId chinook = connect(Chinook.sqlite(folder));

        LoadReport report =
                DatabaseLoader.of(studio).load(chinook, LoadOptions.DEFAULT.builtIn(), p -> {}, Cancellation.none());

        assertTrue(Chinook.relations().containsAll(usable(report.relations())), usable(report.relations())::toString);
        assertEquals(10, usable(report.relations()).size(), usable(report.relations())::toString);
        assertEquals(11, report.count(TableLoad.Outcome.DESCRIBED_BUILT_IN));
        assertEquals(0, report.modelCalls());
        assertEquals(List.of(), server.requests());
    }
}
