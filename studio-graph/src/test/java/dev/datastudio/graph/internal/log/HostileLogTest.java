package dev.datastudio.graph.internal.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.checkpoint.CheckpointEntry;
import dev.datastudio.api.checkpoint.EntryKind;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.graph.Graph;
import dev.datastudio.graph.channel.Channel;
import dev.datastudio.graph.channel.LastChannel;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.internal.Plan;
import dev.datastudio.graph.internal.log.LogRecord.Snapshot;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Bodies that nobody of good will writes, in a store without a key. */
class HostileLogTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int MEGABYTES = 16;

    record Parts(double weight, List<Integer> numbers, BigDecimal exact) {}

    static final LastChannel<Parts> PARTS = Channel.last("parts", Parts.class);
    static final LastChannel<Object> OPEN = Channel.last("open", Object.class);

    @SuppressWarnings("rawtypes")
    static final LastChannel<Map> RAW = Channel.last("raw", Map.class);

    private final Plan<ThreadCodecTest.In, ThreadCodecTest.Out> plan =
            (Plan<ThreadCodecTest.In, ThreadCodecTest.Out>) Graph.define("g", 1)
                    .input(ThreadCodecTest.In.class)
                    .output(ThreadCodecTest.Out.class)
                    .channels(ThreadCodecTest.COUNT, ThreadCodecTest.NOTES, ThreadCodecTest.SUM, PARTS, OPEN, RAW)
                    .node("a", (view, context) -> Update.none())
                    .node("b", (view, context) -> Update.none())
                    .edge(Graph.START, "a")
                    .edge(Graph.START, "b")
                    .edge("a", Graph.END)
                    .edge("b", Graph.END)
                    .build();

    private ThreadCodec codec() {
        return new ThreadCodec(plan, ThreadCodecTest.THREAD, Optional.empty());
    }

    private ListStore begun() {
        ListStore store = new ListStore();
        store.add(codec().encode(
                        1,
                        new Snapshot(ThreadCodecTest.begun(
                                plan, plan.begin(new ThreadCodecTest.In(1)), ThreadCodecTest.next("a")))));
        return store;
    }

    private ThreadCodec.Replay replayed(EntryKind kind, byte[] body) {
        ListStore store = begun();
        store.add(new CheckpointEntry(2, kind, body, new byte[0]));
        return codec().replay(store, Long.MAX_VALUE);
    }

    /** The write of a step, as JSON, is named as damage and not used. */
    private void requireDamage(String json) {
        requireDamage(json.getBytes(StandardCharsets.UTF_8));
    }

    private void requireDamage(byte[] body) {
        ThreadCodec.Replay replay = assertTimeoutPreemptively(SOON, () -> replayed(EntryKind.STEP, body));

        assertEquals(0, ThreadCodecTest.own(replay.thread()).step());
        assertEquals(2, replay.damage().get(0).entry());
        assertTrue(
                replay.damage().get(0).what().length() < 1_000,
                () -> replay.damage().get(0).what());
    }

    private static String step(String writes) {
        return "{\"s\":1,\"w\":{" + writes + "},\"n\":[\"b\"]}";
    }

    @Test
    void deepNestingIsRefused() {
        requireDamage(step("\"open\":" + "[".repeat(1_000_000)));
        requireDamage(step("\"open\":" + "[".repeat(100_000) + "]".repeat(100_000)));
        requireDamage("{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000));
    }

    @Test
    void valuesAsDeepAsCanBeWrittenAreRead() {
        String deep = "[".repeat(890) + "1" + "]".repeat(890);

        ThreadCodec.Replay replay =
                replayed(EntryKind.STEP, step("\"open\":" + deep).getBytes(StandardCharsets.UTF_8));

        assertEquals(List.of(), replay.damage());
    }

    @Test
    void hugeNumbersAreRefused() {
        String digits = "9".repeat(MEGABYTES << 20);
        requireDamage(step("\"count\":" + digits));
        requireDamage(step("\"open\":{\"Double\":" + digits + ".5}"));
        requireDamage(step("\"open\":{\"BigInteger\":\"" + digits + "\"}"));
        requireDamage(step("\"open\":{\"BigDecimal\":\"0." + digits + "\"}"));
        requireDamage(step("\"open\":{\"Double\":1e999999}"));
        requireDamage(step("\"count\":9223372036854775808"));
    }

    @Test
    void hugeTextsAreReadWhereTheyMayStandAndRefusedElsewhere() {
        String text = "x".repeat(MEGABYTES << 20);
        requireDamage(step("\"count\":\"" + text + "\""));
        requireDamage(step("\"" + text + "\":1,\"" + text + "\":1"));
        for (String type :
                List.of("Instant", "Duration", "Period", "URI", "UUID", "bytes", "Character", "LocalDate", text)) {
            requireDamage(step("\"open\":{\"" + type + "\":\"" + text + " \"}"));
        }

        ThreadCodec.Replay replay =
                replayed(EntryKind.STEP, step("\"open\":\"" + text + "\"").getBytes(StandardCharsets.UTF_8));

        assertEquals(text, ThreadCodecTest.own(replay.thread()).state().get(OPEN));
    }

    @Test
    void keysThatAreThereTwiceAreRefused() {
        requireDamage("{\"s\":1,\"s\":1,\"n\":[\"b\"]}");
        requireDamage(step("\"count\":1,\"count\":2"));
        requireDamage(step("\"raw\":{\"a\":1,\"a\":2}"));
        requireDamage(step("\"parts\":{\"weight\":1.0,\"weight\":2.0}"));
    }

    @Test
    void tagsNameTypesOfTheGraphAndNoClasses() {
        for (String name : List.of(
                "java.lang.Runtime",
                "java.io.File",
                "@class",
                "[Ljava.lang.Object;",
                "Object",
                "",
                "Integer",
                "Thread")) {
            requireDamage(step("\"open\":{\"" + name + "\":\"x\"}"));
        }
        requireDamage(step("\"open\":{}"));
        requireDamage(step("\"open\":{\"Long\":1,\"Short\":1}"));
        requireDamage(step("\"open\":{\"Long\":null}"));
    }

    @Test
    void numbersThatAreNoneAreRefusedOutsideOfDoubles() {
        requireDamage(step("\"count\":NaN"));
        requireDamage(step("\"count\":\"NaN\""));
        requireDamage(step("\"parts\":{\"weight\":nan}"));
        requireDamage(step("\"parts\":{\"weight\":\"1.5\"}"));
        requireDamage(step("\"parts\":{\"weight\":1.0,\"numbers\":[\"NaN\"]}"));
        requireDamage("{\"s\":\"NaN\"}");
        requireDamage("{\"s\":1.0}");
        requireDamage("{\"s\":1,\"u\":[1,1,1,\"much\"]}");
        assertEquals(
                Double.POSITIVE_INFINITY,
                replayed(
                                EntryKind.STEP,
                                "{\"s\":1,\"n\":[\"b\"],\"u\":[1,1,1,\"Infinity\"]}".getBytes(StandardCharsets.UTF_8))
                        .thread()
                        .spent()
                        .cost());
    }

    @Test
    void bytesThatAreNoTextAreRefused() {
        byte[] sound = step("\"open\":\"abcd\"").getBytes(StandardCharsets.UTF_8);
        for (byte[] broken : List.of(
                new byte[] {(byte) 0xC3, (byte) 0x28},
                new byte[] {(byte) 0xFF},
                new byte[] {(byte) 0xE2, (byte) 0x82},
                new byte[] {(byte) 0xF8, (byte) 0x88},
                new byte[] {0},
                new byte[] {'\n'})) {
            byte[] body = sound.clone();
            System.arraycopy(broken, 0, body, new String(sound, StandardCharsets.UTF_8).indexOf("abcd"), broken.length);

            requireDamage(body);
        }
    }

    @Test
    void whateverStandsWhereSomethingElseIsExpectedEndsInATypedError() {
        Random random = new Random();
        long seed = random.nextLong();
        random.setSeed(seed);
        List<CheckpointEntry> sound = sound();
        for (int i = 0; i < 4_000; i++) {
            ListStore store = new ListStore();
            int damaged = random.nextInt(sound.size());
            for (CheckpointEntry entry : sound) {
                boolean isDamaged = entry.sequence() == damaged + 1;
                store.add(isDamaged ? with(entry, changed(JsonTree.parse(entry.body()), random)) : entry);
            }
            try {
                codec().replay(store, Long.MAX_VALUE);
                codec().checkpoints(store);
            } catch (StudioException e) {
                assertTrue(
                        Set.of(ErrorCode.CHECKPOINT_DAMAGED, ErrorCode.GRAPH_VERSION_MISMATCH)
                                .contains(e.code()),
                        e::getMessage);
            } catch (RuntimeException e) {
                String body = new String(store.entries.get(damaged).body(), StandardCharsets.UTF_8);
                throw new AssertionError("seed " + seed + ", entry " + damaged + ": " + body, e);
            }
        }
    }

    private static CheckpointEntry with(CheckpointEntry entry, @Nullable Object tree) {
        return new CheckpointEntry(
                entry.sequence(), entry.kind(), ThreadDecoder.raw(tree).utf8(), entry.mac());
    }

    /** The tree with one part of it replaced, dropped or added. */
    private static @Nullable Object changed(@Nullable Object tree, Random random) {
        if (tree instanceof Map<?, ?> map && !map.isEmpty() && random.nextInt(8) > 0) {
            Map<String, @Nullable Object> copy = new LinkedHashMap<>();
            int at = random.nextInt(map.size());
            boolean isDropped = random.nextInt(6) == 0;
            for (Map.Entry<?, ?> each : map.entrySet()) {
                if (at-- != 0) {
                    copy.put((String) each.getKey(), each.getValue());
                } else if (!isDropped) {
                    copy.put((String) each.getKey(), changed(each.getValue(), random));
                }
            }
            return copy;
        }
        if (tree instanceof List<?> list && !list.isEmpty() && random.nextInt(8) > 0) {
            List<@Nullable Object> copy = new ArrayList<>(list);
            int at = random.nextInt(copy.size());
            copy.set(at, changed(copy.get(at), random));
            return copy;
        }
        return any(random);
    }

    private static @Nullable Object any(Random random) {
        return switch (random.nextInt(12)) {
            case 0 -> null;
            case 1 -> "";
            case 2 -> "a";
            case 3 -> "NaN";
            case 4 -> -1L;
            case 5 -> Long.MAX_VALUE;
            case 6 -> 0.5;
            case 7 -> true;
            case 8 -> List.of();
            case 9 -> Map.of();
            case 10 -> Map.of("", Map.of("", List.of("")));
            default -> List.of("a", 1L, List.of("b"));
        };
    }

    /** One entry of each kind. */
    private static List<CheckpointEntry> sound() {
        String origin = "\"gv\":1,\"sh\":\"" + GraphShape.of(new HostileLogTest().plan) + "\"";
        String snapshot = ("{\"g\":\"g\"," + origin
                + ",\"st\":\"RUNNING\",\"l\":[{\"s\":0," + origin
                + ",\"v\":{\"count\":1,\"+notes\":[\"x\"],\"sum\":3,\"parts\":{\"weight\":1.5,\"numbers\":[1],\"exact\":\"1.0\"},"
                + "\"open\":{\"Map\":{\"a\":1}},\"raw\":{\"a\":[]}},\"n\":[[\"a\",1,2],\"b\"],\"h\":[\"b\"],\"a\":{\"b\":1},"
                + "\"f\":[\"a\"],\"r\":[{\"t\":\"b\",\"w\":{\"count\":1}}],\"c\":[]}],"
                + "\"m\":[{\"s\":1,\"t\":\"a\",\"m\":\"x\",\"v\":1}],\"ec\":[\"k\"],\"ed\":{\"l\":1},"
                + "\"j\":[{\"id\":\"a:1:0?q\",\"node\":\"a\",\"step\":1,\"task\":0,\"kind\":\"QUESTION\",\"key\":\"q\","
                + "\"v\":{\"Long\":3},\"type\":\"X\"}],\"an\":{\"a:1:1?z\":1},\"iq\":[{\"+notes\":[\"q\"]}],\"u\":[1,0,0,0.5],\"e\":4}");
        List<String> rest = List.of(
                "MEMO{\"s\":1,\"t\":\"a\",\"i\":1,\"m\":\"x\",\"v\":{\"Long\":1}}",
                "TASK{\"s\":1,\"t\":\"a\",\"w\":{\"+notes\":[\"n\"],\"*sum\":[1]},\"c\":1}",
                "TASK{\"s\":1,\"t\":\"a\",\"i\":1,\"x\":{\"node\":\"a\",\"task\":1,\"code\":\"INTERNAL\",\"what\":\"w\",\"mend\":\"m\"}}",
                "INPUT{\"w\":{\"count\":3,\"*sum\":[1]}}",
                "INTERRUPT{\"a\":\"a:1:0?q\",\"v\":true}",
                "STEP{\"s\":1,\"r\":[[\"b\",{\"count\":7}]],\"c\":[0],\"v\":{\"sum\":9},\"q\":1,\"n\":[{\"t\":\"a\",\"i\":2,\"v\":1}],\"u\":4,\"e\":5}",
                "EFFECT{\"c\":\"z\"}",
                "EFFECT{\"d\":\"z\",\"v\":[1]}",
                "STEP{\"s\":2,\"w\":{\"count\":9},\"n\":[\"b\"]}",
                "INTERRUPT{\"j\":[{\"id\":\"b:3:0?q\",\"node\":\"b\",\"step\":3,\"task\":0,\"kind\":\"BEFORE\",\"key\":\"\",\"type\":\"\"}],\"u\":5}",
                "END{\"st\":\"FAILED\",\"d\":\"why\",\"u\":6,\"e\":9}");
        List<CheckpointEntry> entries = new ArrayList<>();
        entries.add(entry(1, EntryKind.SNAPSHOT, snapshot));
        for (String each : rest) {
            int brace = each.indexOf('{');
            entries.add(entry(entries.size() + 1, EntryKind.valueOf(each.substring(0, brace)), each.substring(brace)));
        }
        return entries;
    }

    private static CheckpointEntry entry(long sequence, EntryKind kind, String body) {
        return new CheckpointEntry(sequence, kind, body.getBytes(StandardCharsets.UTF_8), new byte[0]);
    }

    @Test
    void theSoundLogOfThisTestIsSound() {
        ListStore store = new ListStore();
        sound().forEach(store::add);

        ThreadCodec.Replay replay = codec().replay(store, Long.MAX_VALUE);

        assertEquals(List.of(), replay.damage());
        assertEquals(9, ThreadCodecTest.own(replay.thread()).state().get(ThreadCodecTest.COUNT));
        assertEquals(4, codec().checkpoints(store).size());
    }

    @Test
    void aMapWithOtherKeysThanTextIsRefusedByNameOfItsChannel() {
        StudioException error = assertThrows(StudioException.class, () -> written(Map.of(1, "x")));

        assertEquals(ErrorCode.TYPE_NOT_STORABLE, error.code());
        assertTrue(error.what().startsWith("A value of channel 'raw' holds"), error::what);
        assertTrue(error.what().contains("key of class java.lang.Integer"), error::what);
        Map<Object, Object> nothing = new HashMap<>();
        nothing.put(null, 1);
        assertEquals(
                ErrorCode.TYPE_NOT_STORABLE,
                assertThrows(StudioException.class, () -> written(nothing)).code());
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // what a careless program does
    @Test
    void aListOfOtherThingsThanDeclaredIsRefusedByNameOfItsChannel() {
        Parts polluted = new Parts(1, (List<Integer>) (List) List.of("one"), BigDecimal.ONE);

        StudioException error = assertThrows(
                StudioException.class, () -> codec().encode(2, new LogRecord.Queued(Update.of(PARTS.set(polluted)))));

        assertTrue(error.what().startsWith("A value of channel 'parts' holds"), error::what);
    }

    @Test
    void numbersOfTooManyDigitsAreRefusedWhenTheyAreWritten() {
        BigInteger large = BigInteger.ONE.shiftLeft(1_000_000);

        for (Object each : List.of(large, new BigDecimal(large, 5))) {
            StudioException error = assertThrows(StudioException.class, () -> codec().raw(each));

            assertEquals(ErrorCode.TYPE_NOT_STORABLE, error.code());
            assertTrue(error.what().contains("about 300000 digits"), error::what);
        }
    }

    private void written(Map<?, ?> value) {
        codec().encode(2, new LogRecord.Queued(Update.of(RAW.set(value))));
    }
}
