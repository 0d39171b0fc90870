package dev.datastudio.cli;

import dev.datastudio.agents.ask.Analyst;
import dev.datastudio.agents.ask.Answer;
import dev.datastudio.agents.ask.AnswerArtifact;
import dev.datastudio.agents.ask.AskOptions;
import dev.datastudio.api.chart.Chart;
import dev.datastudio.api.chart.ChartFormat;
import dev.datastudio.api.chart.ChartStyle;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.query.Query;
import dev.datastudio.api.query.QueryResult;
import dev.datastudio.core.Studio;
import dev.datastudio.core.query.TextTable;
import dev.datastudio.rag.Documents;
import java.awt.Desktop;
import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a shell has at hand: {@code open("sales.csv")}, {@code ask("total Sales by Region")}, {@code then("by month")},
 * {@code show(chart)}, {@code sql("SELECT …")}. Results are printed as aligned text and returned. Static imports serve notebooks of other
 * Java kernels as well.
 *
 * <p>Not thread-safe: one person types.
 */
public final class Notebook {
    private static final int SHOWN_ROWS = 20;
    private static final Map<String, Dataset> OPENED = new LinkedHashMap<>();
    private static @Nullable Studio studio;
    private static @Nullable Answer last;
    private static List<Dataset> lastAsked = List.of();

    private Notebook() {}

    /**
     * The studio of this shell, opened when first asked for in the folder that the system property
     * {@code studio.workspace} names, else in {@code studio-data}; closed when the JVM ends.
     */
    public static Studio studio() {
        Studio opened = studio;
        if (opened == null) {
            Studio fresh = Studio.open(Path.of(System.getProperty("studio.workspace", "studio-data")));
            Runtime.getRuntime().addShutdownHook(new Thread(fresh::close));
            studio = fresh;
            opened = fresh;
        }
        return opened;
    }

    /** The documents of this shell's studio, to add, find and ask: {@code documents.add(Path.of("report.pdf"))}. */
    public static Documents documents() {
        return Documents.of(studio());
    }

    /** Imports a file; questions and SQL are about all files opened so far, each a table of its name. */
    public static Dataset open(String file) {
        Dataset dataset = plainly(() -> studio().datasets().importFile(Path.of(file)));
        OPENED.put(dataset.table(), dataset);
        out().printf(
                        "%s: %,d rows, %d columns%n",
                        dataset.table(), dataset.rowCount(), dataset.columns().size());
        dataset.warnings().forEach(warning -> out().println("note: " + warning));
        return dataset;
    }

    /** Answers a question about the opened files, and prints the answer. */
    public static Answer ask(String question) {
        return ask(plainly(Notebook::opened), question);
    }

    /** Answers a question about one data set, and prints the answer. */
    public static Answer ask(Dataset dataset, String question) {
        return ask(List.of(dataset), question);
    }

    /** Answers what is said after an answer: "now by month", "only the West", "undo", and prints the answer. */
    public static Answer then(String text) {
        Answer previous = last;
        if (previous == null) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT, "Nothing was asked yet", "Ask first: ask(\"total Sales by Region\")");
        }
        return ask(lastAsked, text, AskOptions.DEFAULT.withPrevious(previous));
    }

    private static Answer ask(List<Dataset> datasets, String question) {
        return ask(datasets, question, AskOptions.DEFAULT);
    }

    private static Answer ask(List<Dataset> datasets, String question, AskOptions options) {
        Answer answer = plainly(() -> Analyst.of(studio()).ask(datasets, question, options));
        last = answer;
        lastAsked = datasets;
        out().println(AnswerText.format(answer));
        return answer;
    }

    /** Runs one SELECT over the opened files, and prints its rows. */
    public static QueryResult sql(String sql) {
        QueryResult result = plainly(() -> studio().query(opened(), Query.of(sql)));
        out().println(TextTable.format(result.columns(), result.rows(), SHOWN_ROWS));
        return result;
    }

    /** Shows a chart: in a window of the desktop where there is one, else as a file whose path is printed. */
    public static void show(Chart chart) {
        try {
            Path file = Files.createTempFile("studio-chart-", ".png");
            Files.write(file, studio().charts().render(chart, ChartFormat.PNG, ChartStyle.DEFAULT));
            show(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Shows the pictures of an answer, in the same way. */
    public static void show(Answer answer) {
        List<String> pictures = answer.steps().stream()
                .flatMap(step -> step.artifacts().stream())
                .filter(artifact -> artifact.type().equals("image"))
                .map(AnswerArtifact::path)
                .toList();
        if (pictures.isEmpty()) {
            out().println("This answer has no picture.");
        }
        pictures.forEach(path -> show(Path.of(path)));
    }

    private static void show(Path picture) {
        if (!GraphicsEnvironment.isHeadless() && Desktop.isDesktopSupported()) {
            try {
                Desktop.getDesktop().open(picture.toFile());
                return;
            } catch (IOException e) {
                out().println("note: no viewer could be opened: " + e.getMessage());
            }
        }
        out().println("picture: " + picture.toAbsolutePath());
    }

    private static List<Dataset> opened() {
        if (OPENED.isEmpty()) {
            throw new StudioException(
                    ErrorCode.DATASET_NOT_FOUND,
                    "No file is open in this shell",
                    "Open one first: open(\"sales.csv\")");
        }
        return List.copyOf(OPENED.values());
    }

    /** Errors of the data or the question without the stack, which a shell would print over the words that matter. */
    private static <T> T plainly(Supplier<T> work) {
        try {
            return work.get();
        } catch (StudioException e) {
            if (System.getenv("STUDIO_DEBUG") != null) {
                throw e;
            }
            StudioException plain = new StudioException(e.code(), e.what(), e.mend());
            plain.setStackTrace(new StackTraceElement[0]);
            throw plain;
        }
    }

    private static PrintStream out() {
        return System.out;
    }
}
