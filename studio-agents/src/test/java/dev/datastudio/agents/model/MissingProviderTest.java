package dev.datastudio.agents.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.secret.Secret;
import dev.datastudio.core.Studio;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** A program that has none of the modules for providers on its class path. */
class MissingProviderTest {
    @Test
    void theMissingModuleIsNamed() throws Exception {
        try (URLClassLoader without =
                new URLClassLoader(classPathWithoutProviders(), ClassLoader.getPlatformClassLoader())) {
            Callable<?> program = (Callable<?>) without.loadClass(Program.class.getName())
                    .getDeclaredConstructor()
                    .newInstance();

            assertEquals("""
                    DEPENDENCY_MISSING: Models of OpenAI can't be used, as LangChain4j's module for them is missing. Add dev.langchain4j:langchain4j-open-ai:1.18.1 to the class path.
                    DEPENDENCY_MISSING: Models of Azure OpenAI can't be used, as LangChain4j's module for them is missing. Add dev.langchain4j:langchain4j-open-ai:1.18.1 to the class path.
                    DEPENDENCY_MISSING: Models of Anthropic can't be used, as LangChain4j's module for them is missing. Add dev.langchain4j:langchain4j-anthropic:1.18.0 to the class path.
                    DEPENDENCY_MISSING: Models of Ollama can't be used, as LangChain4j's module for them is missing. Add dev.langchain4j:langchain4j-ollama:1.18.1 to the class path.
                    DEPENDENCY_MISSING: Models of Mistral can't be used, as LangChain4j's module for them is missing. Add dev.langchain4j:langchain4j-mistral-ai:1.18.1 to the class path.
                    DEPENDENCY_MISSING: Models of OpenAI-compatible can't be used, as LangChain4j's module for them is missing. Add dev.langchain4j:langchain4j-open-ai:1.18.1 to the class path.
                    """, program.call());
        }
    }

    private static URL[] classPathWithoutProviders() throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (!entry.matches(".*langchain4j-(open-ai|anthropic|ollama|mistral-ai)-.*")) {
                urls.add(Path.of(entry).toUri().toURL());
            }
        }
        return urls.toArray(URL[]::new);
    }

    /** Runs where the modules are missing; gives codes and messages of the errors it meets. */
    public static final class Program implements Callable<String> {
        @Override
        public String call() {
            StringBuilder said = new StringBuilder();
            try (Studio studio = Studio.inMemory()) {
                Models models = Models.of(studio, Map.of());
                for (Provider provider : Provider.values()) {
                    ModelSpec spec = ModelSpec.of(provider, provider.id(), "any", "https://models.example.org");
                    ModelConfig config = models.configs().create(spec, ModelScope.TENANT, Secret.of("key"));
                    try {
                        models.create(config);
                        said.append("nothing is missing");
                    } catch (StudioException e) {
                        said.append(e.code())
                                .append(": ")
                                .append(e.getMessage())
                                .append('\n');
                    }
                }
            }
            return said.toString();
        }
    }
}
