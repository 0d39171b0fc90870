package dev.datastudio.core.source;

import com.zaxxer.hikari.HikariDataSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;

/** The same database through a data source of the host program, whose connections go back as they came. */
class HostSourceTest extends PostgresSourceTest {
    private @Nullable HikariDataSource reader;

    @Override
    HostDataSources hostDataSources() {
        reader = asReader();
        return HostDataSources.of(Map.of("shop", reader));
    }

    @Override
    SourceSpec spec() {
        return SourceSpec.builder(SourceKind.HOST, "Shop").database("shop").build();
    }

    @AfterAll
    void closeReader() {
        if (reader != null) {
            reader.close();
        }
    }
}
