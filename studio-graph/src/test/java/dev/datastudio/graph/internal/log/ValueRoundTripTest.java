package dev.datastudio.graph.internal.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.graph.NodeFailure;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ValueRoundTripTest {
    sealed interface Animal permits Dog, Cat, Size {}

    record Dog(String name, @Nullable Animal friend) implements Animal {}

    record Cat(Optional<Integer> lives) implements Animal {}

    enum Size implements Animal {
        SMALL,
        LARGE {
            @Override
            public String toString() {
                return "very large";
            }
        }
    }

    record Pair<A, B>(A left, B right) {}

    record Everything(
            int whole,
            long big,
            double real,
            float narrow,
            short small,
            byte tiny,
            char letter,
            boolean flag,
            @Nullable List<List<Integer>> nested,
            @Nullable Map<String, Optional<Animal>> animals,
            @Nullable Set<TimeUnit> units,
            @Nullable Pair<String, List<Long>> pair,
            @Nullable Object open) {}

    private final ValueTypes types = new ValueTypes();

    ValueRoundTripTest() {
        List<ValueTypes.Problem> problems = new ArrayList<>();
        types.register(Everything.class, "here", problems);
        types.register(Animal.class, "here", problems);
        types.register(TimeUnit.class, "here", problems);
        assertEquals(List.of(), problems);
    }

    private Object roundTrip(Object value) {
        JsonOut out = new JsonOut();
        types.open().write(value, out);
        return types.open().read(Objects.requireNonNull(JsonTree.parse(out.toBytes())));
    }

    private void same(Object value) {
        assertEquals(value, roundTrip(value));
        assertEquals(List.of(value), roundTrip(List.of(value)));
    }

    @Test
    void simpleValuesComeBackAsTheyWere() {
        for (Object value : List.of(
                "",
                "a\"b\\c\n\t\u0000\u007f",
                "äß€😀",
                "\ud800",
                "x\udc00y",
                "\udc00\ud800",
                true,
                false,
                0,
                -1,
                Integer.MIN_VALUE,
                Integer.MAX_VALUE,
                9_007_199_254_740_993L,
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                1L,
                0.0,
                -0.0,
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY,
                Double.MIN_VALUE,
                1e300,
                0.1,
                Double.MAX_VALUE,
                1.5f,
                0.1f,
                -0.0f,
                Float.NaN,
                Float.MIN_VALUE,
                Float.MAX_VALUE,
                (short) -3,
                (byte) 7,
                'x',
                '\ud800',
                '"')) {
            same(value);
        }
    }

    @Test
    void numbersAndTimesOfTheLibraryComeBackAsTheyWere() {
        for (Object value : List.of(
                new BigDecimal("1.500"),
                new BigDecimal("1E+400"),
                new BigDecimal("-0.00"),
                BigInteger.TEN.pow(500),
                new UUID(1, -2),
                Instant.MIN,
                Instant.MAX,
                Instant.parse("2024-02-29T12:00:00.000000001Z"),
                LocalDate.MIN,
                LocalDate.MAX,
                LocalDateTime.MIN,
                LocalTime.MAX,
                LocalTime.MIDNIGHT,
                OffsetDateTime.MIN,
                ZonedDateTime.of(2024, 10, 27, 2, 30, 0, 0, ZoneId.of("Europe/Paris"))
                        .withLaterOffsetAtOverlap(),
                ZonedDateTime.of(2024, 10, 27, 2, 30, 0, 0, ZoneId.of("Europe/Paris"))
                        .withEarlierOffsetAtOverlap(),
                ZonedDateTime.of(2024, 1, 1, 0, 0, 0, 0, ZoneOffset.ofHours(5)),
                ZonedDateTime.of(2024, 1, 1, 0, 0, 0, 0, ZoneId.of("UTC")),
                Duration.ofSeconds(Long.MIN_VALUE),
                Duration.ofSeconds(Long.MAX_VALUE, 999_999_999),
                Duration.ofMillis(-500),
                Period.of(-1, 2, -3),
                URI.create("https://example.org/a?b=c#d"))) {
            same(value);
        }
    }

    @Test
    void randomDoublesFloatsAndLongsComeBackBitByBit() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            double real = Double.longBitsToDouble(random.nextLong());
            float narrow = Float.intBitsToFloat(random.nextInt());

            assertEquals(Double.doubleToLongBits(real), Double.doubleToLongBits((Double) roundTrip(real)));
            assertEquals(Float.floatToIntBits(narrow), Float.floatToIntBits((Float) roundTrip(narrow)));
            long whole = random.nextLong() >> random.nextInt(64);
            assertEquals(whole, roundTrip(whole));
        }
    }

    @Test
    void randomTextsComeBackCharByChar() {
        Random random = new Random(8);
        for (int i = 0; i < 5_000; i++) {
            char[] text = new char[random.nextInt(40)];
            for (int k = 0; k < text.length; k++) {
                text[k] = (char) (random.nextBoolean() ? random.nextInt(0x10000) : 0xD7F0 + random.nextInt(0x820));
            }
            assertEquals(new String(text), roundTrip(new String(text)));
        }
    }

    @Test
    void bytesComeBackAsTheyWere() {
        byte[] bytes = {0, -1, 127, -128};

        assertArrayEquals(bytes, (byte[]) roundTrip(bytes));
    }

    @Test
    void recordsSealedTypesEnumsAndContainersComeBackAsTheyWere() {
        same(new Dog("Rex", new Cat(Optional.of(9))));
        same(new Dog("Rex", new Dog("Max", null)));
        same(new Cat(Optional.empty()));
        same(Size.LARGE);
        same(TimeUnit.DAYS);
        same(new NodeFailure("a", 1, ErrorCode.NODE_TIMEOUT, "what", "mend"));
        same(Map.of("a", Arrays.asList(1, null, "x"), "b", Map.of()));
        same(Set.of(1, 2, "three", 4L));
        same(Optional.of(List.of(Optional.empty())));
        same(new Everything(
                1,
                1L << 60,
                Double.NaN,
                -0.0f,
                (short) 1,
                (byte) 2,
                '\udc00',
                true,
                List.of(List.of(), List.of(1, 2)),
                Map.of("x", Optional.of(Size.SMALL), "y", Optional.empty()),
                Set.of(TimeUnit.DAYS),
                new Pair<>("l", List.of(1L, 2L)),
                new BigDecimal("1.10")));
    }

    @Test
    void nullIsKeptWhereARecordAllowsIt() {
        Everything value = (Everything)
                roundTrip(new Everything(0, 0, 0, 0, (short) 0, (byte) 0, 'a', false, null, null, null, null, null));

        assertTrue(value.nested() == null && value.open() == null);
    }
}
