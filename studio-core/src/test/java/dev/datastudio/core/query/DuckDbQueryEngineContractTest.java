package dev.datastudio.core.query;

import dev.datastudio.api.query.QueryEngine;
import dev.datastudio.testkit.query.QueryEngineContract;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

class DuckDbQueryEngineContractTest extends QueryEngineContract {
    @Override
    protected QueryEngine open(Path folder, Map<String, String> tables) throws Exception {
        List<DuckDbTable> stored = new ArrayList<>();
        for (Map.Entry<String, String> table : tables.entrySet()) {
            stored.add(StoredTables.write(folder, table.getKey(), table.getValue()));
        }
        return DuckDbQueryEngine.open(
                stored, DuckDbSettings.DEFAULT.withMaxMemoryBytes(256L << 20).withThreads(2));
    }
}
