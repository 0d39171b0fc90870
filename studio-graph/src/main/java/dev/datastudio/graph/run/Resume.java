package dev.datastudio.graph.run;

import dev.datastudio.api.checkpoint.Claim;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How a thread is to go on. Immutable.
 *
 * <p>Interrupts that get no answer wait on. Those before and after a node are answered by any value.
 */
public final class Resume {
    private final Map<String, Optional<Object>> answers;
    private final boolean everything;
    private final Claim.Mode mode;

    private Resume(Map<String, Optional<Object>> answers, boolean everything, Claim.Mode mode) {
        this.answers = answers;
        this.everything = everything;
        this.mode = mode;
    }

    /** Goes on where a crash, an error or a cancellation stopped it, and past interrupts before and after nodes. */
    public static Resume goOn() {
        return new Resume(Map.of(), true, Claim.Mode.RESUME);
    }

    /** Answers one interrupt. */
    public static Resume answer(String interrupt, Object value) {
        return new Resume(Map.of(), false, Claim.Mode.RESUME).and(interrupt, value);
    }

    /** Answers the interrupt of an effect: it did not happen and is to be performed. */
    public static Resume performAgain(String interrupt) {
        return new Resume(
                Map.of(Objects.requireNonNull(interrupt, "interrupt"), Optional.empty()), false, Claim.Mode.RESUME);
    }

    /** As this, and answers another interrupt. */
    public Resume and(String interrupt, Object value) {
        Map<String, Optional<Object>> more = new LinkedHashMap<>(answers);
        more.put(Objects.requireNonNull(interrupt, "interrupt"), Optional.of(value));
        return new Resume(more, everything, mode);
    }

    /** As this, though another run still holds the thread's lease; only for one that is known to be dead. */
    public Resume takeOver() {
        return new Resume(answers, everything, Claim.Mode.TAKE_OVER);
    }

    /** The answers by interrupt; empty for an effect that is to be performed again. */
    public Map<String, Optional<Object>> answers() {
        return Map.copyOf(answers);
    }

    /** Whether interrupts before and after nodes count as answered. */
    public boolean passesNodes() {
        return everything;
    }

    /** Whether a lease that holds is respected. */
    public Claim.Mode mode() {
        return mode;
    }
}
