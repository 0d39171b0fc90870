package dev.datastudio.core.dataset.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.usage.Measure;
import dev.datastudio.core.usage.Reservation;
import dev.datastudio.core.usage.UsageGate;
import java.util.ArrayList;
import java.util.List;

/**
 * What an import takes of its caller's quota, while its bytes come: a little ahead of them, and to the byte in the end.
 * What is not kept is given back. Thread-safe.
 */
public final class ImportBudget implements AutoCloseable {
    private static final long STEP = 4L << 20;
    private static final int STEPS_OF_ALL = 64;

    private final UsageGate gate;
    private final Caller caller;
    private final List<Reservation> taken = new ArrayList<>();
    private long amount;
    private long needed;
    private boolean kept;

    ImportBudget(UsageGate gate, Caller caller) {
        this.gate = gate;
        this.caller = caller;
    }

    /**
     * Says how many bytes have come.
     *
     * @param bytes since the import began
     * @throws StudioException QUOTA_EXCEEDED when they are more than is left
     */
    public synchronized void require(long bytes) {
        needed = Math.max(needed, bytes);
        if (needed <= amount) {
            return;
        }
        long step = Math.max(STEP, amount / STEPS_OF_ALL);
        try {
            take(Math.max(needed - amount, step));
        } catch (StudioException e) {
            if (e.code() != ErrorCode.QUOTA_EXCEEDED || needed - amount >= step) {
                throw e;
            }
            take(needed - amount); // the last bytes of a quota are to be had, too
        }
    }

    /** Takes what is known to be needed, and nothing ahead. */
    synchronized void requireExactly(long bytes) {
        needed = Math.max(needed, bytes);
        if (needed > amount) {
            take(needed - amount);
        }
    }

    private void take(long more) {
        taken.add(gate.reserve(caller, Measure.BYTES, more));
        amount += more;
    }

    /** Counts what came; the rest of what was taken is given back. */
    synchronized void keep() {
        long left = needed;
        for (Reservation reservation : taken) {
            long used = Math.min(left, reservation.amount());
            reservation.settle(used);
            left -= used;
        }
        kept = true;
    }

    @Override
    public synchronized void close() {
        if (!kept) {
            taken.forEach(Reservation::close);
        }
    }
}
