package dev.datastudio.agents.figure;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * An answer with what should be flagged in it.
 *
 * @param name what it shows, with the reason in braces when the check is known to get it wrong
 */
record FigureCase(String name, String question, List<ToolOutput> outputs, String answer, List<String> flagged) {
    boolean isKnownWrong() {
        return name.contains("{");
    }

    FigureReport check() {
        return FigureCheck.check(answer, question, outputs);
    }

    @Override
    public String toString() {
        return name;
    }

    /** The cases of a resource beside this class. */
    static List<FigureCase> load(String resource) {
        try (InputStream in = Objects.requireNonNull(FigureCase.class.getResourceAsStream(resource), resource)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            List<FigureCase> cases = new ArrayList<>();
            for (String block : text.split("(?m)^= ", -1)) {
                if (!block.startsWith("#")) {
                    cases.add(read(block));
                }
            }
            return cases;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FigureCase read(String block) {
        String[] parts = block.strip().split("\n(?=[QTAF] )", -1);
        List<ToolOutput> outputs = new ArrayList<>();
        String question = "";
        String answer = "";
        List<String> flagged = List.of();
        for (String part : List.of(parts).subList(1, parts.length)) {
            String body = part.substring(2);
            if (part.startsWith("Q")) {
                question = body;
            } else if (part.startsWith("A")) {
                answer = body;
            } else if (part.startsWith("F")) {
                flagged = body.equals("-") ? List.of() : List.of(body.split(" \\| ", -1));
            } else {
                String[] result = body.split("\n", 2);
                outputs.add(new ToolOutput("call_" + (outputs.size() + 1), result[0], result[1]));
            }
        }
        return new FigureCase(parts[0], question, outputs, answer, flagged);
    }
}
