package dev.datastudio.core.analysis;

/**
 * Something in a plan that can't be carried out. Immutable.
 *
 * @param path where it stands: {@code steps[0].measures[1]}
 * @param what what is wrong, with the value, a sentence without its full stop
 * @param mend what to do now, a sentence without its full stop
 */
public record PlanProblem(String path, String what, String mend) {
    @Override
    public String toString() {
        return path + ": " + what + ". " + mend + ".";
    }
}
