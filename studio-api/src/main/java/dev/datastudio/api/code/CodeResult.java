package dev.datastudio.api.code;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * How code ended and what it left. Immutable.
 *
 * @param ending what ended it
 * @param exitCode 0 when it ended well; 128 and the number of the signal when it was killed
 * @param standardOutput what it printed
 * @param errorOutput what it printed as errors
 * @param files the files that it wrote or changed in its working folder, by name; none unless it {@link Ending#EXITED}
 *     or ran out of CPU time
 * @param areFilesTruncated whether files are left out: too many or too large together, or with names that can't be kept
 * @param took from start to end
 */
public record CodeResult(
        Ending ending,
        int exitCode,
        CodeOutput standardOutput,
        CodeOutput errorOutput,
        List<CodeFile> files,
        boolean areFilesTruncated,
        Duration took) {
    public CodeResult {
        Objects.requireNonNull(ending, "ending");
        Objects.requireNonNull(standardOutput, "standardOutput");
        Objects.requireNonNull(errorOutput, "errorOutput");
        files = List.copyOf(files);
        Objects.requireNonNull(took, "took");
    }

    /** What ended a run. */
    public enum Ending {
        /** It came to its end, or to an error of its own. */
        EXITED,
        /** It ran longer than {@link CodeLimits#wallTime()}. */
        WALL_TIME,
        /** Its main process computed longer than {@link CodeLimits#cpuTime()}. */
        CPU_TIME,
        /** Its processes together used more than {@link CodeLimits#memoryBytes()}. */
        MEMORY
    }
}
