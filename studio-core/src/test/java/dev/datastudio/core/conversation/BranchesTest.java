package dev.datastudio.core.conversation;

import dev.datastudio.core.Studio;
import org.junit.jupiter.api.AfterEach;

/** Row A18 in SQLite. */
class BranchesTest extends BranchesContract {
    private final Studio studio = Studio.inMemory();

    @AfterEach
    void close() {
        studio.close();
    }

    @Override
    Studio studio() {
        return studio;
    }
}
