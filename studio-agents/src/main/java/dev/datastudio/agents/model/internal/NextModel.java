package dev.datastudio.agents.model.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.langchain4j.model.chat.Capability;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** When another model is asked instead of one that failed. */
public final class NextModel {
    private static final Set<ErrorCode> OF_THE_MODEL = Set.of(
            ErrorCode.MODEL_FAILED,
            ErrorCode.MODEL_REFUSED,
            ErrorCode.MODEL_ANSWER_INVALID,
            ErrorCode.DEPENDENCY_MISSING,
            ErrorCode.URL_UNREACHABLE,
            ErrorCode.URL_REFUSED);

    private NextModel() {}

    /** Whether a failure is that of one model: not of who asks, of a quota, or of a store. */
    public static boolean mayHelp(StudioException failure) {
        return OF_THE_MODEL.contains(failure.code());
    }

    /** What several models can do, whichever of them answers. */
    public static Set<Capability> shared(List<Set<Capability>> each) {
        Set<Capability> shared = new HashSet<>(each.get(0));
        each.forEach(shared::retainAll);
        return Set.copyOf(shared);
    }
}
