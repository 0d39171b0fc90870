package dev.datastudio.api.code;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Code to be run. Immutable.
 *
 * @param language what it is written in
 * @param code hostile unless somebody read it
 * @param inputs files that it finds in its working folder, by name: 1 to 128 letters, digits, {@code . _ -} and spaces,
 *     not beginning with a dot. It gets copies
 * @param outputs a folder, empty or made when it is not there, in which the files appear that it leaves in its working
 *     folder
 * @param limits how much it may take
 */
public record CodeRequest(
        CodeLanguage language, String code, Map<String, Path> inputs, Path outputs, CodeLimits limits) {
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_-][\\p{L}\\p{N}._ -]{0,127}");

    /** @throws IllegalArgumentException if the code is blank or the name of an input breaks the rule */
    public CodeRequest {
        Objects.requireNonNull(language, "language");
        Objects.requireNonNull(outputs, "outputs");
        Objects.requireNonNull(limits, "limits");
        if (Objects.requireNonNull(code, "code").isBlank()) {
            throw new IllegalArgumentException("code must not be blank");
        }
        inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
        inputs.forEach((name, file) -> {
            Objects.requireNonNull(file, "input file");
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("The name of an input must be 1 to 128 letters, digits, '.', '_',"
                        + " '-' and spaces and not begin with a dot, was '" + name + "'");
            }
        });
    }

    /** Python without input files, within {@link CodeLimits#DEFAULT}. */
    public static CodeRequest python(String code, Path outputs) {
        return new CodeRequest(CodeLanguage.PYTHON, code, Map.of(), outputs, CodeLimits.DEFAULT);
    }

    /** The same with one more input file. */
    public CodeRequest withInput(String name, Path file) {
        Map<String, Path> more = new LinkedHashMap<>(inputs);
        more.put(name, file);
        return new CodeRequest(language, code, more, outputs, limits);
    }

    /** The same within other limits. */
    public CodeRequest withLimits(CodeLimits other) {
        return new CodeRequest(language, code, inputs, outputs, other);
    }
}
