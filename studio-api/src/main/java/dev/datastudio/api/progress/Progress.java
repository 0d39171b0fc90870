package dev.datastudio.api.progress;

/**
 * How far long work has come. Immutable.
 *
 * @param stage what is being done now, such as "reading" or "storing"
 * @param done units finished, at least 0
 * @param total units in all, or -1 when it is not known
 * @param unit what is counted, in the plural, such as "bytes" or "rows"
 */
public record Progress(String stage, long done, long total, String unit) {
    public Progress {
        if (done < 0) {
            throw new IllegalArgumentException("done must be at least 0, was " + done);
        }
        if (total < -1) {
            throw new IllegalArgumentException("total must be at least -1, was " + total);
        }
    }

    /** The part done, 0 to 1, or -1 when the total is not known. */
    public double fraction() {
        if (total < 0) {
            return -1;
        }
        return total == 0 ? 1 : Math.min(1, (double) done / total);
    }
}
