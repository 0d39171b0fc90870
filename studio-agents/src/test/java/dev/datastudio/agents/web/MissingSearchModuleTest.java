package dev.datastudio.agents.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.secret.Secret;
import dev.datastudio.core.Studio;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** A program that uses this module without LangChain4j's search engines. */
class MissingSearchModuleTest {
    @Test
    void theMissingModuleIsNamed() throws Exception {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (!entry.contains("web-search-engine")) {
                urls.add(Path.of(entry).toUri().toURL());
            }
        }
        try (URLClassLoader without =
                new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Callable<?> program = (Callable<?>) without.loadClass(Program.class.getName())
                    .getDeclaredConstructor()
                    .newInstance();

            assertEquals(
                    List.of(
                            "DEPENDENCY_MISSING: The web can't be searched with Tavily, as LangChain4j's module for it is"
                                    + " missing. Add dev.langchain4j:langchain4j-web-search-engine-tavily:1.18.1-beta28"
                                    + " to the class path."),
                    program.call());
        }
    }

    /** Runs where the modules are missing; gives the codes and the messages of the errors it meets. */
    public static final class Program implements Callable<List<String>> {
        @Override
        public List<String> call() {
            try (Studio studio = Studio.inMemory()) {
                WebSearch search = WebSearch.of(studio);
                search.configs().configure(SearchProvider.TAVILY, Secret.of("key"));
                return List.of(missing(search, SearchProvider.TAVILY));
            }
        }

        private static String missing(WebSearch search, SearchProvider provider) {
            search.configs().activate(provider);
            StudioException error =
                    assertThrows(StudioException.class, () -> search.search("rent", 1, Cancellation.none()));
            return error.code() + ": " + error.getMessage();
        }
    }
}
