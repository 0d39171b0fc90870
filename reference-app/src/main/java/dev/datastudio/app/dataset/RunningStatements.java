package dev.datastudio.app.dataset;

import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.tenant.Caller;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/** Statements that run in this process and can be stopped by who sent them. Thread-safe. */
@Component
class RunningStatements {
    private final ConcurrentMap<Run, Cancellation> running = new ConcurrentHashMap<>();

    private record Run(Caller caller, UUID id) {}

    /**
     * Runs a statement that can be stopped while it runs.
     *
     * @param id names the run among those of the caller; one that is empty, or runs already, can't be stopped
     */
    <T> T run(Caller caller, Optional<UUID> id, Function<Cancellation, T> statement) {
        Cancellation cancellation = Cancellation.create();
        Optional<Run> run =
                id.map(each -> new Run(caller, each)).filter(each -> running.putIfAbsent(each, cancellation) == null);
        try {
            return statement.apply(cancellation);
        } finally {
            run.ifPresent(running::remove);
        }
    }

    /** Stops a statement of the caller; does nothing when it has ended. */
    void stop(Caller caller, UUID id) {
        Cancellation cancellation = running.get(new Run(caller, id));
        if (cancellation != null) {
            cancellation.cancel();
        }
    }
}
