package dev.datastudio.core.query;

import java.nio.file.Path;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * What one DuckDB engine may use of the machine. Immutable; start from {@link #DEFAULT}.
 *
 * @param maxMemoryBytes memory for data and intermediate results, at least 16 MiB; one gibibyte unless told
 * @param threads workers of one statement, at least 1; one a processor unless told
 * @param maxSpillBytes what intermediate results may take on disk when memory is short, at least 0. With 0, unless told
 *     otherwise, nothing is spilled and the engine can open no file at all; with more, its own lock no longer keeps a
 *     {@code COPY … TO} from the stored files, and the gate alone does
 * @param spillDirectory where they go, in a folder of the engine's own that goes away with it; made when it is not
 *     there; {@code java.io.tmpdir} unless told
 * @param zone the zone of {@code current_date} and of points in time that carry a zone: UTC or a region, no other offset; UTC unless told
 */
public record DuckDbSettings(long maxMemoryBytes, int threads, long maxSpillBytes, Path spillDirectory, ZoneId zone) {
    private static final long MIB = 1L << 20;

    /** One gibibyte, every processor, no spilling, UTC. */
    public static final DuckDbSettings DEFAULT = new DuckDbSettings(
            1024 * MIB,
            Runtime.getRuntime().availableProcessors(),
            0,
            Path.of(System.getProperty("java.io.tmpdir")),
            ZoneId.of("UTC"));

    /** @throws IllegalArgumentException if a value is outside its range */
    public DuckDbSettings {
        if (maxMemoryBytes < 16 * MIB) {
            throw new IllegalArgumentException("maxMemoryBytes must be at least 16 MiB, was " + maxMemoryBytes);
        }
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1, was " + threads);
        }
        if (maxSpillBytes < 0) {
            throw new IllegalArgumentException("maxSpillBytes must be at least 0, was " + maxSpillBytes);
        }
        spillDirectory = spillDirectory.toAbsolutePath().normalize();
        zone = region(zone);
    }

    /** These settings with another memory limit. */
    public DuckDbSettings withMaxMemoryBytes(long maxMemoryBytes) {
        return new DuckDbSettings(maxMemoryBytes, threads, maxSpillBytes, spillDirectory, zone);
    }

    /** These settings with another number of threads. */
    public DuckDbSettings withThreads(int threads) {
        return new DuckDbSettings(maxMemoryBytes, threads, maxSpillBytes, spillDirectory, zone);
    }

    /** These settings with another place and size for intermediate results. */
    public DuckDbSettings withSpill(Path spillDirectory, long maxSpillBytes) {
        return new DuckDbSettings(maxMemoryBytes, threads, maxSpillBytes, spillDirectory, zone);
    }

    /** These settings with another zone. */
    public DuckDbSettings withZone(ZoneId zone) {
        return new DuckDbSettings(maxMemoryBytes, threads, maxSpillBytes, spillDirectory, zone);
    }

    boolean spills() {
        return maxSpillBytes > 0;
    }

    /** DuckDB knows zones by their region only. */
    private static ZoneId region(ZoneId zone) {
        if (!(zone.normalized() instanceof ZoneOffset offset)) {
            return zone;
        }
        if (offset.equals(ZoneOffset.UTC)) {
            return ZoneId.of("UTC");
        }
        throw new IllegalArgumentException("zone must be UTC or a region such as Europe/Berlin, was " + zone);
    }
}
