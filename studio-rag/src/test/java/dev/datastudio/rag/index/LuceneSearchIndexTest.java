package dev.datastudio.rag.index;

import dev.datastudio.api.search.SearchIndex;
import dev.datastudio.testkit.search.SearchIndexContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class LuceneSearchIndexTest extends SearchIndexContract {
    @TempDir
    Path folder;

    @Override
    protected SearchIndex open() {
        return LuceneSearchIndex.open(folder.resolve("index"));
    }
}
