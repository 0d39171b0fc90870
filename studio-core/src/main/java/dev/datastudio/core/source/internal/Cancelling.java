package dev.datastudio.core.source.internal;

import dev.datastudio.api.progress.Cancellation;
import java.sql.SQLException;
import java.sql.Statement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has the database stop a statement when its work is cancelled. */
final class Cancelling {
    private static final Logger log = LoggerFactory.getLogger(Cancelling.class);

    private Cancelling() {}

    static Cancellation.Registration on(Cancellation cancellation, Statement statement) {
        return cancellation.onCancel(() -> {
            try {
                statement.cancel();
            } catch (SQLException e) {
                log.debug("The statement ended before it could be cancelled", e);
            }
        });
    }
}
