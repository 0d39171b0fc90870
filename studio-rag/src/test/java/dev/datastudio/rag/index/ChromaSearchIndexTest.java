package dev.datastudio.rag.index;

import dev.datastudio.api.search.SearchIndex;
import dev.datastudio.testkit.search.SearchIndexContract;
import dev.datastudio.testkit.server.ChromaServer;
import java.util.concurrent.atomic.AtomicInteger;

class ChromaSearchIndexTest extends SearchIndexContract {
    private static final AtomicInteger TESTS = new AtomicInteger();

    private final ChromaOptions options = ChromaOptions.at(
                    ChromaServer.require().address())
            .withDatabasePrefix("contract-" + TESTS.incrementAndGet());

    @Override
    protected SearchIndex open() {
        return ChromaSearchIndex.open(options);
    }
}
