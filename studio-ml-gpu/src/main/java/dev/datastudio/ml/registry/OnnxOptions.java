package dev.datastudio.ml.registry;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.ml.spec.Task;
import java.util.List;
import java.util.Objects;

/**
 * How an ONNX file is imported. What is left out is taken from the file. Immutable.
 *
 * @param name what people call the model, at most 200 characters; empty for the name of the file
 * @param description what people should know of it; may be empty
 * @param target the column that it predicts, which names what it tells; may be empty
 * @param columns the columns that it is given, in the order of its inputs and, of an input of several numbers, in their order;
 *     empty for the names in the file, else {@code feature 1} and so on
 * @param classes what it tells apart, in the order of its shares; empty for those in the file
 * @param task {@link Task#CLASSIFICATION}, {@link Task#REGRESSION} or {@link Task#AUTOMATIC} for what its outputs look like
 * @param file the name of the file, as people know it; may be empty
 */
public record OnnxOptions(
        String name,
        String description,
        String target,
        List<String> columns,
        List<String> classes,
        Task task,
        String file) {
    /** All as the file says. */
    public static final OnnxOptions DEFAULT = new OnnxOptions("", "", "", List.of(), List.of(), Task.AUTOMATIC, "");

    /** How long the name of a model may be. */
    static final int MOST_NAME = 200;

    private static final int MOST_DESCRIPTION = 2_000;

    /**
     * @throws StudioException with {@link ErrorCode#INVALID_ARGUMENT} if a text is too long, a column or class is named twice
     *     or is empty, or it is another task
     */
    public OnnxOptions {
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(task, "task");
        Objects.requireNonNull(file, "file");
        columns = List.copyOf(columns);
        classes = List.copyOf(classes);
        if (name.length() > MOST_NAME || target.length() > MOST_NAME || description.length() > MOST_DESCRIPTION) {
            throw wrong(
                    "The name, the target or the description is too long",
                    "Use at most " + MOST_NAME + " characters for names and " + MOST_DESCRIPTION
                            + " for a description");
        }
        if ((name.strip() + target).chars().anyMatch(Character::isISOControl)) {
            throw wrong(
                    "The name or the target has a line break or another control character", "Use names of one line");
        }
        requireDifferent("column", columns);
        requireDifferent("class", classes);
        if (task != Task.AUTOMATIC && task != Task.CLASSIFICATION && task != Task.REGRESSION) {
            throw wrong(
                    "An imported model can't do " + task.name().toLowerCase(java.util.Locale.ROOT),
                    "Use classification or regression");
        }
    }

    private static void requireDifferent(String what, List<String> names) {
        if (names.stream().anyMatch(String::isBlank)
                || names.stream().distinct().count() < names.size()) {
            throw wrong("A " + what + " is named twice or has no name", "Name each " + what + " once");
        }
    }

    private static StudioException wrong(String what, String mend) {
        return new StudioException(ErrorCode.INVALID_ARGUMENT, what, mend);
    }

    /** Called so. */
    public OnnxOptions named(String other) {
        return new OnnxOptions(other, description, target, columns, classes, task, file);
    }

    /** With what people should know of it. */
    public OnnxOptions described(String other) {
        return new OnnxOptions(name, other, target, columns, classes, task, file);
    }

    /** Predicting that column. */
    public OnnxOptions predicting(String other) {
        return new OnnxOptions(name, description, other, columns, classes, task, file);
    }

    /** Given these columns, in the order of its inputs. */
    public OnnxOptions reading(List<String> others) {
        return new OnnxOptions(name, description, target, others, classes, task, file);
    }

    /** Given these columns, in the order of its inputs. */
    public OnnxOptions reading(String... others) {
        return reading(List.of(others));
    }

    /** Telling these classes, in the order of its shares. */
    public OnnxOptions telling(List<String> others) {
        return new OnnxOptions(name, description, target, columns, others, task, file);
    }

    /** Telling these classes, in the order of its shares. */
    public OnnxOptions telling(String... others) {
        return telling(List.of(others));
    }

    /** Doing that. */
    public OnnxOptions as(Task other) {
        return new OnnxOptions(name, description, target, columns, classes, other, file);
    }

    /** From a file of that name. */
    public OnnxOptions from(String other) {
        return new OnnxOptions(name, description, target, columns, classes, task, other);
    }
}
