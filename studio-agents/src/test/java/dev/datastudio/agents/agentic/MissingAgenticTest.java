package dev.datastudio.agents.agentic;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.datastudio.api.error.StudioException;
import dev.datastudio.graph.Graph;
import dev.datastudio.graph.channel.Channel;
import dev.datastudio.graph.channel.LastChannel;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.run.Engine;
import dev.datastudio.graph.run.RunOptions;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** A program that uses this module without its optional dependency. */
class MissingAgenticTest {
    @Test
    void theMissingDependencyIsNamed() throws Exception {
        try (URLClassLoader without =
                new URLClassLoader(classPathWithoutAgentic(), ClassLoader.getPlatformClassLoader())) {
            Callable<?> program = (Callable<?>) without.loadClass(Program.class.getName())
                    .getDeclaredConstructor()
                    .newInstance();

            assertEquals(
                    "DEPENDENCY_MISSING: Graph 'echo' can't become an agent, as LangChain4j's agentic module is missing. Add"
                            + " dev.langchain4j:langchain4j-agentic:1.16.1-beta26 and"
                            + " dev.langchain4j:langchain4j:1.18.1 to the class path.",
                    program.call());
        }
    }

    private static URL[] classPathWithoutAgentic() throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (!entry.contains("langchain4j-agentic")) {
                urls.add(Path.of(entry).toUri().toURL());
            }
        }
        return urls.toArray(URL[]::new);
    }

    /** Runs where the dependency is missing; gives the code and the message of the error it meets. */
    public static final class Program implements Callable<String> {
        private static final LastChannel<String> TEXT = Channel.last("text", String.class);

        record Text(String text) {}

        @Override
        public String call() {
            Function<Object, RunOptions> options = scope -> RunOptions.defaults();
            try (Engine engine = Engine.create()) {
                GraphAction<Text, Text> action = GraphAction.of(engine, echo(), options);
                StudioException error = assertThrows(StudioException.class, action::agent);
                return error.code() + ": " + error.getMessage();
            }
        }

        private static Graph<Text, Text> echo() {
            return Graph.define("echo", 1)
                    .input(Text.class)
                    .output(Text.class)
                    .channels(TEXT)
                    .node("echo", (view, context) -> Update.none())
                    .edge(Graph.START, "echo")
                    .edge("echo", Graph.END)
                    .build();
        }
    }
}
