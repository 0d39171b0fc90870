package dev.datastudio.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.datastudio.agents.ask.Analyst;
import dev.datastudio.agents.ask.Answer;
import dev.datastudio.agents.ask.AnswerJson;
import dev.datastudio.agents.ask.AskOptions;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.Studio;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Answers a file of questions, a line each, in one process; the answers carry the ids of the questions. */
final class Batch {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Studio studio;
    private final AskOptions options;
    private final DataFiles files;
    private final Terminal terminal;

    Batch(Studio studio, AskOptions options, Terminal terminal) {
        this.studio = studio;
        this.options = options;
        this.files = new DataFiles(studio, terminal);
        this.terminal = terminal;
    }

    /** Prints an answer for each line that is not blank, and gives the exit code. */
    int run(Path questions) {
        try (BufferedReader reader = Files.newBufferedReader(questions)) {
            int number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (!line.isBlank()) {
                    terminal.out().println(answer(line, number));
                    terminal.cancellation().throwIfCancelled();
                }
            }
            return StudioCommand.OK;
        } catch (NoSuchFileException e) {
            throw unreadable(questions, "is not there", e);
        } catch (IOException e) {
            throw unreadable(questions, "can't be read: " + e, e);
        }
    }

    private static StudioException unreadable(Path questions, String what, IOException e) {
        return new StudioException(
                ErrorCode.FILE_NOT_READABLE,
                "The file of questions " + StudioException.quote(questions) + " " + what,
                "Give a UTF-8 text file with one JSON object {\"id\", \"data\", \"question\"} a line",
                e);
    }

    private String answer(String line, int number) {
        long start = System.nanoTime();
        String id = "line-" + number;
        try {
            JsonNode input = parse(line, number);
            id = input.path("id").asText(id);
            return AnswerJson.write(ask(input, number).withId(id));
        } catch (StudioException e) {
            return AnswerJson.write(id, e, (System.nanoTime() - start) / 1_000_000);
        } catch (RuntimeException e) {
            StudioException failure = new StudioException(
                    ErrorCode.INTERNAL, StudioCommand.describe(e), "Ask the other questions without this one", e);
            return AnswerJson.write(id, failure, (System.nanoTime() - start) / 1_000_000);
        }
    }

    private static JsonNode parse(String line, int number) {
        try {
            JsonNode input = MAPPER.readTree(line);
            if (input.path("question").isTextual()
                    && input.path("data").isArray()
                    && !input.path("data").isEmpty()) {
                return input;
            }
        } catch (IOException e) {
            throw malformed(line, number, e);
        }
        throw malformed(line, number, null);
    }

    private static StudioException malformed(
            String line, int number, @org.jspecify.annotations.Nullable IOException cause) {
        return new StudioException(
                ErrorCode.FILE_MALFORMED,
                "Line " + number + " is no question: " + StudioException.quote(line),
                "Write it as {\"id\": \"q1\", \"data\": [\"sales.csv\"], \"question\": \"total Sales\"}",
                cause);
    }

    private Answer ask(JsonNode input, int number) {
        List<String> paths = new ArrayList<>();
        for (JsonNode path : input.path("data")) {
            if (!path.isTextual()) {
                throw malformed(input.toString(), number, null);
            }
            paths.add(path.asText());
        }
        return Analyst.of(studio).ask(files.open(paths), input.path("question").asText(), options);
    }
}
