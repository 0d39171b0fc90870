package dev.datastudio.app.erasure;

import dev.datastudio.api.tenant.Caller;
import dev.datastudio.app.web.KeptAnswers;
import dev.datastudio.core.Studio;
import dev.datastudio.core.erasure.ErasurePart;

/** Erases the answers that are kept for requests that come again. Thread-safe. */
final class AnswerErasure implements ErasurePart {
    @Override
    public String kind() {
        return "kept-answers";
    }

    @Override
    public long user(Studio studio, Caller who) {
        return KeptAnswers.forgetAll(studio.metadata(), who);
    }

    /** They are entries, which go with a tenant in any case. */
    @Override
    public long tenant(Studio studio, String tenant) {
        return 0;
    }
}
