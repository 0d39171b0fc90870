package dev.datastudio.core.source;

import java.util.Optional;

/** The same database through a data source of the host program, whose connections go back as they came. */
class HostSourceTest extends PostgresSourceTest {
    @Override
    HostDataSources hostDataSources() {
        return (caller, name) -> name.equals("shop") ? Optional.of(asReader()) : Optional.empty();
    }

    @Override
    SourceSpec spec() {
        return SourceSpec.builder(SourceKind.HOST, "Shop").database("shop").build();
    }
}
