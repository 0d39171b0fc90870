package dev.datastudio.app.sample;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.tenant.Caller;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Where one person sits before it: has the samples there when an empty workspace is opened for the first time. */
@Component
@ConditionalOnProperty(name = "studio.identity.mode", havingValue = "single-user", matchIfMissing = true)
class FirstStart implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FirstStart.class);
    private static final Duration MAX_ENDING = Duration.ofSeconds(10);

    private final Samples samples;
    private final Cancellation closing = Cancellation.create();
    private @Nullable Thread adding;

    FirstStart(Samples samples) {
        this.samples = samples;
    }

    /** After the start, so that it doesn't wait for this. */
    @EventListener(ApplicationReadyEvent.class)
    synchronized void welcome() {
        if (closing.isCancelled()) {
            return;
        }
        Thread thread = new Thread(this::add, "studio-samples");
        thread.setDaemon(true);
        thread.start();
        adding = thread;
    }

    private void add() {
        try {
            samples.welcome(Caller.LOCAL, closing);
        } catch (RuntimeException e) { // the application works without
            if (closing.isCancelled() && e instanceof StudioException known && known.code() == ErrorCode.CANCELLED) {
                LOG.debug("The samples were not added before the application was closed; the next start adds them");
            } else {
                LOG.warn("The samples could not be added; the Dashboard offers them again", e);
            }
        }
    }

    /** Before what the samples are added to is closed. */
    @Override
    public synchronized void close() {
        closing.cancel();
        if (adding == null) {
            return;
        }
        try {
            adding.join(MAX_ENDING.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
