package dev.datastudio.graph.event;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/**
 * Names one run of a graph. Immutable.
 *
 * @param value 1 to 64 letters, digits, '-' or '_', beginning with a letter or digit
 */
public record RunId(String value) {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

    /** @throws IllegalArgumentException if the value breaks the rule */
    public RunId {
        if (!ID.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "value must be 1 to 64 letters, digits, '-' or '_', beginning with a letter or digit, was '" + value
                            + "'");
        }
    }

    /**
     * An id that nothing else has, of 29 characters; later ones sort behind earlier ones, by the millisecond. Unique, not
     * secret: who knows one can work out others of the same process.
     */
    public static RunId random() {
        HexFormat hex = HexFormat.of();
        return new RunId(hex.toHexDigits(System.currentTimeMillis(), 12) + "-" + hex.toHexDigits(Sequence.next()));
    }

    @Override
    public String toString() {
        return value;
    }

    /**
     * Numbers of which no two of a process are alike, begun at a random place in each process: the output function of
     * SplitMix64 (Steele, Lea and Flood, Fast Splittable Pseudorandom Number Generators, OOPSLA 2014), which maps one to
     * one, over a counter.
     */
    private static final class Sequence {
        private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;
        private static final AtomicLong STATE = new AtomicLong(seed());

        static long next() {
            long z = STATE.getAndAdd(GOLDEN_GAMMA);
            z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
            z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
            return z ^ (z >>> 31);
        }

        /** From the system's source itself where it is a file: SecureRandom costs a new process 15 ms. */
        private static long seed() {
            try (FileInputStream source = new FileInputStream("/dev/urandom")) {
                byte[] bytes = source.readNBytes(Long.BYTES);
                if (bytes.length == Long.BYTES) {
                    return ByteBuffer.wrap(bytes).getLong();
                }
            } catch (IOException e) {
                // Not on this system, such as on Windows; the library knows where else.
            }
            return new SecureRandom().nextLong();
        }
    }
}
