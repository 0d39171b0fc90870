package dev.datastudio.graph.internal.log;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
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
import java.time.ZonedDateTime;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** The simple types that every graph can store. */
final class Scalars {
    static final ValueCodec INTEGER = new Whole(Integer.class, Integer.MIN_VALUE, Integer.MAX_VALUE, Long::intValue);
    static final ValueCodec STRING = new TextCodec<>(String.class, text -> text, text -> text);
    static final ValueCodec BOOLEAN = new Bool();
    static final ValueCodec DOUBLE = new Floating(Double.class, value -> value);

    /** Reading a decimal number takes time that grows with the square of its digits. */
    private static final int MAX_DIGITS = 50_000;

    private static final Map<Class<?>, ValueCodec> ALL = new LinkedHashMap<>();

    static {
        ALL.put(String.class, STRING);
        ALL.put(Boolean.class, BOOLEAN);
        ALL.put(Integer.class, INTEGER);
        ALL.put(Long.class, new Whole(Long.class, Long.MIN_VALUE, Long.MAX_VALUE, value -> value));
        ALL.put(Short.class, new Whole(Short.class, Short.MIN_VALUE, Short.MAX_VALUE, Long::shortValue));
        ALL.put(Byte.class, new Whole(Byte.class, Byte.MIN_VALUE, Byte.MAX_VALUE, Long::byteValue));
        ALL.put(Double.class, DOUBLE);
        ALL.put(Float.class, new Floating(Float.class, Double::floatValue));
        ALL.put(byte[].class, new TextCodec<>(byte[].class, Scalars::base64, Base64.getDecoder()::decode));
        text(Character.class, String::valueOf, Scalars::character);
        text(BigDecimal.class, Scalars::decimal, text -> new BigDecimal(bounded(text)));
        text(BigInteger.class, Scalars::whole, text -> new BigInteger(bounded(text)));
        text(UUID.class, UUID::toString, UUID::fromString);
        text(Instant.class, Instant::toString, Instant::parse);
        text(LocalDate.class, LocalDate::toString, LocalDate::parse);
        text(LocalDateTime.class, LocalDateTime::toString, LocalDateTime::parse);
        text(LocalTime.class, LocalTime::toString, LocalTime::parse);
        text(ZonedDateTime.class, ZonedDateTime::toString, ZonedDateTime::parse);
        text(OffsetDateTime.class, OffsetDateTime::toString, OffsetDateTime::parse);
        text(Duration.class, Duration::toString, Duration::parse);
        text(Period.class, Period::toString, Period::parse);
        text(URI.class, URI::toString, URI::create);
    }

    private Scalars() {}

    /** By class, in a fixed order. */
    static Map<Class<?>, ValueCodec> all() {
        return ALL;
    }

    private static <T> void text(Class<T> type, Function<T, String> writer, Function<String, T> reader) {
        ALL.put(type, new TextCodec<>(type, writer, reader));
    }

    private static String decimal(BigDecimal value) {
        requireFewDigits(value.unscaledValue());
        return value.toString();
    }

    private static String whole(BigInteger value) {
        requireFewDigits(value);
        return value.toString();
    }

    /** With room for a sign, a point and an exponent in what is read. */
    private static void requireFewDigits(BigInteger value) {
        if (value.bitLength() > (MAX_DIGITS - 20) * 3L) {
            throw new StudioException(
                    ErrorCode.TYPE_NOT_STORABLE,
                    "A number has about " + value.bitLength() * 3L / 10 + " digits, more than can be stored",
                    "Store it as a byte[], or round it to fewer digits");
        }
    }

    private static String bounded(String text) {
        if (text.length() > MAX_DIGITS) {
            throw new NumberFormatException("it has " + text.length() + " characters");
        }
        return text;
    }

    private static String base64(byte[] value) {
        return Base64.getEncoder().encodeToString(value);
    }

    private static Character character(String text) {
        if (text.length() != 1) {
            throw new IllegalArgumentException("text must have 1 character, had " + text.length());
        }
        return text.charAt(0);
    }

    private static final class Bool extends ValueCodec {
        @Override
        void write(Object value, JsonOut out) {
            out.bool((Boolean) value);
        }

        @Override
        Object read(Object tree) {
            return expect(Boolean.class, tree);
        }
    }

    private static final class Whole extends ValueCodec {
        private final Class<?> type;
        private final long min;
        private final long max;
        private final Function<Long, Object> narrowed;

        Whole(Class<?> type, long min, long max, Function<Long, Object> narrowed) {
            this.type = type;
            this.min = min;
            this.max = max;
            this.narrowed = narrowed;
        }

        @Override
        void write(Object value, JsonOut out) {
            out.number(((Number) value).longValue());
        }

        @Override
        Object read(Object tree) {
            Long value = expect(Long.class, tree);
            if (value < min || value > max) {
                throw new UnreadableException("it has " + value + ", which is no " + type.getSimpleName());
            }
            return narrowed.apply(value);
        }
    }

    private static final class Floating extends ValueCodec {
        private final Class<?> type;
        private final Function<Double, Object> narrowed;

        Floating(Class<?> type, Function<Double, Object> narrowed) {
            this.type = type;
            this.narrowed = narrowed;
        }

        @Override
        void write(Object value, JsonOut out) {
            out.number(((Number) value).doubleValue());
        }

        @Override
        Object read(Object tree) {
            if (tree instanceof Number number) {
                return narrowed.apply(number.doubleValue());
            }
            if (tree.equals("NaN") || tree.equals("Infinity") || tree.equals("-Infinity")) {
                return narrowed.apply(Double.valueOf((String) tree));
            }
            throw new UnreadableException("it has something else where a " + type.getSimpleName() + " is expected");
        }
    }
}
