package dev.datastudio.cli;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.graph.draw.GraphDrawing;
import dev.datastudio.graph.json.SavedGraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code studio graph draw FILE [--mermaid|--svg] [--out FILE]}. */
@Command(
        name = "draw",
        description = "Draws a graph as Mermaid text or as SVG; also one with problems.",
        mixinStandardHelpOptions = true)
final class GraphDrawCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "the graph as JSON")
    private String file = "";

    @ArgGroup
    private Form form = new Form();

    @Option(names = "--out", paramLabel = "FILE", description = "write it there instead of standard output")
    private @Nullable String out;

    private final Terminal terminal;

    GraphDrawCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /** How to draw. */
    static final class Form {
        @Option(names = "--mermaid", description = "as Mermaid text; the default")
        private boolean mermaid;

        @Option(names = "--svg", description = "as SVG; the default for an --out that ends in .svg")
        private boolean svg;
    }

    @Override
    public Integer call() {
        SavedGraph graph = GraphCommand.read(file);
        boolean named = out != null && out.toLowerCase(Locale.ROOT).endsWith(".svg");
        String drawing = form.svg || (named && !form.mermaid) ? GraphDrawing.svg(graph) : GraphDrawing.mermaid(graph);
        if (out == null) {
            terminal.out().print(drawing);
            terminal.out().flush();
        } else {
            write(GraphCommand.path(out), drawing);
        }
        return StudioCommand.OK;
    }

    private static void write(Path path, String drawing) {
        try {
            Files.writeString(path, drawing);
        } catch (IOException e) {
            throw new StudioException(
                    ErrorCode.STORAGE_NOT_WRITABLE,
                    "The drawing can't be written to " + StudioException.quote(path) + ": "
                            + e.getClass().getSimpleName(),
                    "Name a file with --out in a folder that is there and that you may write to",
                    e);
        }
    }
}
