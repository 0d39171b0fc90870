package dev.datastudio.agents.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.artifact.ArtifactKey;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.job.JobRequest;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.ProgressListener;
import dev.datastudio.api.relation.TableRef;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.conversation.Conversation.About;
import dev.datastudio.core.erasure.Erased;
import dev.datastudio.core.erasure.Erasure;
import dev.datastudio.core.erasure.ErasurePart;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A host program erases a tenant without naming the modules that keep something of it (G18). */
@Timeout(60)
class TenantErasureTest {
    private static final Caller BOB = new Caller("acme", "bob");
    /** Its name begins like the other's. */
    private static final Caller EVE = new Caller("acme_2", "eve");

    private static Set<TableRef> fill(Studio studio, Caller who) {
        List<Map<String, Object>> customers = IntStream.rangeClosed(1, 20)
                .<Map<String, Object>>mapToObj(i -> Map.of("id", i, "city", "c" + i % 3))
                .toList();
        List<Map<String, Object>> orders = IntStream.rangeClosed(1, 60)
                .<Map<String, Object>>mapToObj(i -> Map.of("customer_id", i % 20 + 1, "amount", i))
                .toList();
        Dataset one = studio.as(who).datasets().importMaps("customers", customers);
        Dataset many = studio.as(who).datasets().importMaps("orders", orders);
        Set<TableRef> tables = Set.of(TableRef.dataset(one.table()), TableRef.dataset(many.table()));
        studio.as(who).relations().find(List.of(one, many), ProgressListener.NONE, Cancellation.none());
        studio.as(who).conversations().begin("assistant", "Sales", About.NOTHING);
        return tables;
    }

    /** What a program keeps itself. */
    private static final class Notes implements ErasurePart {
        final List<String> erased = new ArrayList<>();

        @Override
        public String kind() {
            return "notes";
        }

        @Override
        public long user(Studio studio, Caller who) {
            erased.add(who.tenant() + "/" + who.user());
            return 1;
        }

        @Override
        public long tenant(Studio studio, String tenant) {
            erased.add(tenant);
            return 7;
        }
    }

    @Test
    void erasesAllOfATenantAndNothingOfAnother() throws Exception {
        try (RunDesk desk = RunDesk.open()) {
            Studio studio = desk.studio;
            String graph = desk.keep(RunDesk.greeting());
            desk.run(RunRequest.of(graph).given(Map.of("name", "Ada")));
            Set<TableRef> bobs = fill(studio, BOB);
            Set<TableRef> eves = fill(studio, EVE);
            assertFalse(studio.as(BOB).relations().list(bobs).isEmpty());
            CountDownLatch begun = new CountDownLatch(1);
            studio.jobs().handle("endless", context -> {
                begun.countDown();
                while (!context.cancellation().isCancelled()) {
                    Thread.sleep(5);
                }
                return "{}";
            });
            studio.jobs().submit(BOB, JobRequest.of("endless", "{}"));
            begun.await();
            Notes notes = new Notes();
            List<String> stages = new ArrayList<>();

            Erased erased = Erasure.of(studio).with(notes).tenant("acme", progress -> stages.add(progress.stage()));

            assertEquals(1, erased.counts().get("jobs"));
            assertEquals(1, erased.counts().get("runs"));
            assertEquals(2, erased.counts().get("datasets"));
            assertEquals(7, erased.counts().get("notes"));
            assertEquals(List.of("acme"), notes.erased);
            assertTrue(stages.containsAll(List.of("jobs", "runs", "notes", "datasets", "entries")), stages::toString);
            assertFalse(studio.metadata().tenants().contains("acme"));
            assertEquals(List.of(), studio.artifacts().list(new ArtifactKey("acme")));
            assertEquals(List.of(), studio.jobs().callers("acme"));
            assertEquals(List.of(), studio.as(BOB).datasets().list());
            assertEquals(List.of(), studio.as(BOB).relations().list(bobs));
            assertTrue(
                    Erasure.of(studio).tenant("acme").counts().values().stream().allMatch(count -> count == 0));

            assertEquals(2, studio.as(EVE).datasets().list().size());
            assertFalse(studio.as(EVE).relations().list(eves).isEmpty());
            assertTrue(studio.metadata().tenants().contains("acme_2"));
        }
    }

    @Test
    void refusesTwoPartsOfOneKindAndATenantThatNobodyHas() {
        try (Studio studio = Studio.inMemory()) {
            Erasure erasure = Erasure.of(studio).with(new Notes());

            assertThrows(IllegalArgumentException.class, () -> erasure.with(new Notes()));
            assertThrows(IllegalArgumentException.class, () -> erasure.tenant("../acme"));
        }
    }
}
