package dev.datastudio.core.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datastudio.api.job.Timing;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimingsTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static List<String> times(Timing timing, String from, int count) {
        List<String> times = new ArrayList<>();
        Instant time = Instant.parse(from);
        for (int i = 0; i < count; i++) {
            time = Timings.next(timing, time, time);
            times.add(time.toString());
        }
        return times;
    }

    @Test
    void readsFiveFieldsOfUnixAndSixWithSeconds() {
        assertEquals(
                List.of("2026-11-20T06:30:00Z", "2026-11-23T06:30:00Z"),
                times(new Timing.Cron("30 6 * * 1-5", ZoneId.of("UTC")), "2026-11-19T07:00:00Z", 2));
        assertEquals(
                List.of("2026-11-19T07:00:20Z", "2026-11-19T07:00:40Z"),
                times(new Timing.Cron("*/20 * * * * *", ZoneId.of("UTC")), "2026-11-19T07:00:00Z", 2));
    }

    @Test
    void anHourThatTheClocksRepeatGivesOneRun() {
        assertEquals(
                List.of("2026-10-24T00:30:00Z", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"),
                times(new Timing.Cron("30 2 * * *", BERLIN), "2026-10-23T12:00:00Z", 3));
    }

    @Test
    void anHourThatTheClocksLeaveOutGivesNone() {
        assertEquals(
                List.of("2026-03-28T01:30:00Z", "2026-03-30T00:30:00Z"),
                times(new Timing.Cron("30 2 * * *", BERLIN), "2026-03-27T12:00:00Z", 2));
    }

    @Test
    void equalStepsKeepTheirBeginningAfterAPause() {
        Instant begin = Instant.parse("2026-11-21T10:00:07Z");
        Timing timing = new Timing.Every(Duration.ofMinutes(10));

        assertEquals(Instant.parse("2026-11-21T10:10:07Z"), Timings.next(timing, begin, begin));
        assertEquals(
                Instant.parse("2026-11-21T11:30:07Z"),
                Timings.next(timing, begin, Instant.parse("2026-11-21T11:29:00Z")));
        assertEquals(
                Instant.parse("2026-11-21T11:40:07Z"),
                Timings.next(timing, begin, Instant.parse("2026-11-21T11:30:07Z")));
    }
}
