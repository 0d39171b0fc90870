package dev.datastudio.rag.index;

import dev.datastudio.api.search.SearchIndex;
import dev.datastudio.testkit.search.SearchIndexContract;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.testcontainers.chromadb.ChromaDBContainer;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;

@Tag("docker")
@Testcontainers(disabledWithoutDocker = true)
class ChromaContainerSearchIndexTest extends SearchIndexContract {
    @Container
    private static final ChromaDBContainer SERVER = new ChromaDBContainer("chromadb/chroma:1.3.0");

    private static final AtomicInteger TESTS = new AtomicInteger();

    private final ChromaOptions options = ChromaOptions.at(URI.create(SERVER.getEndpoint()))
            .withDatabasePrefix("container-" + TESTS.incrementAndGet());

    @Override
    protected SearchIndex open() {
        return ChromaSearchIndex.open(options);
    }
}
