package dev.datastudio.core.metadata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.datastudio.api.artifact.ArtifactKey;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.metadata.MetadataStore;
import dev.datastudio.api.secret.Secret;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.audit.AuditQuery;
import dev.datastudio.core.conversation.Conversation;
import dev.datastudio.core.conversation.Conversation.About;
import dev.datastudio.core.conversation.Message;
import dev.datastudio.core.link.LinkGrant;
import dev.datastudio.core.link.SignedLinks;
import dev.datastudio.core.project.Note;
import dev.datastudio.core.project.Project;
import dev.datastudio.core.source.SourceKind;
import dev.datastudio.core.source.SourceSpec;
import dev.datastudio.core.usage.Measure;
import dev.datastudio.core.usage.QuotaLimits;
import dev.datastudio.core.usage.Window;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two instances with folders of their own and one PostgreSQL database share what people made (rows A16, A17, D9, D10). */
class StudioOnPostgresTest {
    private static final Caller EVE = new Caller("other", "eve");

    @TempDir
    Path folder;

    private Studio studio(String name, MetadataStore store, Caller caller) {
        return Studio.builder()
                .workspace(folder.resolve(name))
                .metadata(store)
                .caller(caller)
                .fileFolders(List.of(folder))
                .quotas(QuotaLimits.NONE.perTenant(Measure.QUESTIONS, Window.DAY, 2))
                .build();
    }

    @Test
    void whatOneInstanceKeepsTheOtherHas() throws SQLException, IOException {
        Path data = folder.resolve("data.sqlite");
        Files.createFile(data);
        try (PostgresStores stores = new PostgresStores();
                MetadataStore store = stores.open(Clock.systemUTC());
                Studio one = studio("one", store, Caller.LOCAL);
                Studio two = studio("two", store, Caller.LOCAL);
                Studio stranger = studio("three", store, EVE)) {
            Project project = one.projects().create("Sales", "Know why they fall");
            one.projects().write(project.id(), Note.Kind.DECISION, "Leave out returns", "");
            one.projects().archive(project.id(), "Trend", "They don't");
            Conversation begun = one.conversations().begin("analyst", "Sales", About.NOTHING);
            one.conversations().add(begun.id(), Message.Role.USER, "Why?", "");
            one.sources()
                    .create(
                            SourceSpec.builder(SourceKind.SQLITE, "shop")
                                    .database(data.toString())
                                    .build(),
                            Secret.of(""));
            one.reserve(Caller.LOCAL, Measure.QUESTIONS, 2).settle(2);
            one.datasets().importMaps("t", List.of(Map.of("a", 1)));

            assertEquals("They don't", two.projects().get(project.id()).findings());
            assertEquals(1, two.projects().notes(project.id()).size());
            assertEquals(
                    "Why?",
                    two.conversations().messages(begun.id(), 0, 10).get(0).text());
            assertEquals("shop", two.sources().list().get(0).spec().name());
            StudioException refused =
                    assertThrows(StudioException.class, () -> two.reserve(Caller.LOCAL, Measure.QUESTIONS, 1));
            assertEquals(ErrorCode.QUOTA_EXCEEDED, refused.code());
            one.audit().close();
            assertEquals(
                    1, two.audit().count(AuditQuery.of(Caller.LOCAL.tenant()).action("dataset.import")));
            assertEquals(List.of(), stranger.projects().list(Project.Status.ARCHIVED));
            assertEquals(List.of(), stranger.sources().list());
            stranger.reserve(EVE, Measure.QUESTIONS, 1).close();
        }
    }

    @Test
    void aLinkThatOneInstanceSignedHoldsAtAnotherAndIsUsedOnce() throws SQLException {
        try (PostgresStores stores = new PostgresStores();
                MetadataStore store = stores.open(Clock.systemUTC());
                Studio one = studio("one", store, Caller.LOCAL)) {
            SignedLinks first = SignedLinks.in(store, one.vault(), Clock.systemUTC());
            SignedLinks second = SignedLinks.in(store, one.vault(), Clock.systemUTC());
            LinkGrant grant = LinkGrant.put(
                    new ArtifactKey("local/local/uploads/u/data.csv"),
                    Instant.now().plusSeconds(60),
                    1_000);

            URI link = first.sign(URI.create("http://127.0.0.1:8080"), Caller.LOCAL, grant);

            assertEquals(grant.key(), second.verify(LinkGrant.Method.PUT, link).key());
            second.revoke(Caller.LOCAL, link);
            assertThrows(StudioException.class, () -> first.verify(LinkGrant.Method.PUT, link));
        }
    }
}
