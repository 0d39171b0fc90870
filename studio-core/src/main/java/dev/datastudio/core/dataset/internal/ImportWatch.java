package dev.datastudio.core.dataset.internal;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.activity.Activity;
import dev.datastudio.core.activity.ActivityListener;
import dev.datastudio.core.activity.ActivityListener.Work;
import dev.datastudio.core.usage.Measure;
import dev.datastudio.core.usage.Reservation;
import dev.datastudio.core.usage.UsageGate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** Who is asked before imports and told of them; one for all callers of a workspace. Thread-safe. */
public final class ImportWatch {
    private final Importer importer;
    private final InstantSource clock;
    private volatile ActivityListener listener = ActivityListener.NONE;
    private volatile UsageGate gate = UsageGate.OPEN;

    public ImportWatch(Importer importer, InstantSource clock) {
        this.importer = importer;
        this.clock = clock;
    }

    public void tell(ActivityListener other) {
        listener = other;
    }

    public void limit(UsageGate other) {
        gate = other;
    }

    /** An import that begins. */
    public Activity activity(Caller caller, String name, String origin) {
        return Activity.of(caller, "dataset.import").with("name", name).with("origin", origin);
    }

    /**
     * Does an import within the caller's quota and tells of it. A version that was there already is no import.
     *
     * @param bytes of what is imported; 0 when it is not known yet
     */
    public <E extends Exception> Dataset importing(Activity activity, long bytes, Work<Dataset, E> work) throws E {
        Instant began = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        ActivityListener told = listener;
        ActivityListener ofNews = ended -> {
            if (ended.error().isPresent() || !ended.subjects().isEmpty()) {
                told.ended(ended);
            }
        };
        return ofNews.watching(
                activity,
                () -> {
                    try (Reservation reserved = gate.reserve(activity.caller(), Measure.BYTES, Math.max(1, bytes))) {
                        Dataset dataset = work.run();
                        if (isNew(dataset, began)) {
                            reserved.settle(bytes > 0 ? bytes : bytes(dataset));
                        }
                        return dataset;
                    }
                },
                (begun, dataset) -> isNew(dataset, began)
                        ? begun.about(dataset.id()).with("name", dataset.name()).with("version", dataset.version())
                        : begun);
    }

    private static boolean isNew(Dataset dataset, Instant began) {
        return !dataset.importedAt().isBefore(began);
    }

    /** Fetches what is to be imported; only a failure is told of, as the imports tell of themselves. */
    public <T, E extends Exception> T fetching(Activity activity, Work<T, E> work) throws E {
        ActivityListener told = listener;
        ActivityListener ofFailures = ended -> {
            if (ended.error().isPresent()) {
                told.ended(ended);
            }
        };
        return ofFailures.watching(activity, work, (begun, result) -> begun);
    }

    public <T> void telling(Activity activity, Work<T, RuntimeException> work, BiFunction<Activity, T, Activity> done) {
        listener.watching(activity, work, done);
    }

    /** Of the original that is kept; of the stored rows where there is none. */
    private long bytes(Dataset dataset) {
        try (Stream<Path> files = Files.list(importer.folder(dataset))) {
            Optional<Path> original = files.filter(file -> {
                        String name = file.getFileName().toString();
                        return name.startsWith("data.") && !name.equals(TableFile.NAME);
                    })
                    .findFirst();
            return Files.size(original.orElse(importer.tableFile(dataset)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
