package dev.datastudio.core.usage;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** For how long is counted together: an hour, day or month of the calendar in UTC. */
public enum Window {
    HOUR,
    DAY,
    MONTH;

    /** When the window began that a time lies in. */
    public Instant beginning(Instant time) {
        OffsetDateTime utc = time.atOffset(ZoneOffset.UTC);
        return switch (this) {
            case HOUR -> utc.truncatedTo(ChronoUnit.HOURS).toInstant();
            case DAY -> utc.truncatedTo(ChronoUnit.DAYS).toInstant();
            case MONTH -> utc.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1).toInstant();
        };
    }

    /** When the window ends that a time lies in, and the next one begins. */
    public Instant end(Instant time) {
        OffsetDateTime beginning = beginning(time).atOffset(ZoneOffset.UTC);
        return switch (this) {
            case HOUR -> beginning.plusHours(1).toInstant();
            case DAY -> beginning.plusDays(1).toInstant();
            case MONTH -> beginning.plusMonths(1).toInstant();
        };
    }

    /** As it stands in messages and counters: {@code hour}. */
    String words() {
        return name().toLowerCase(Locale.ROOT);
    }
}
