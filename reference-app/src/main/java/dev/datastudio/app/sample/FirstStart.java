package dev.datastudio.app.sample;

import dev.datastudio.api.tenant.Caller;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Where one person sits before it: has the samples there when an empty workspace is opened for the first time. */
@Component
@ConditionalOnProperty(name = "studio.identity.mode", havingValue = "single-user", matchIfMissing = true)
class FirstStart {
    private static final Logger LOG = LoggerFactory.getLogger(FirstStart.class);

    private final Samples samples;

    FirstStart(Samples samples) {
        this.samples = samples;
    }

    /** After the start, so that it doesn't wait for this. */
    @EventListener(ApplicationReadyEvent.class)
    void welcome() {
        Thread thread = new Thread(this::add, "studio-samples");
        thread.setDaemon(true);
        thread.start();
    }

    private void add() {
        try {
            samples.welcome(Caller.LOCAL);
        } catch (RuntimeException e) { // the application works without, and closes while this is at it
            LOG.warn("The samples could not be added; the Dashboard offers them again", e);
        }
    }
}
