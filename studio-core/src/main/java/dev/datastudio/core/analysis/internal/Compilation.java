package dev.datastudio.core.analysis.internal;

import dev.datastudio.core.analysis.CompiledStep;
import dev.datastudio.core.analysis.StepColumn;
import java.util.List;

/** A statement and what its columns are. Immutable. */
record Compilation(Sql sql, List<StepColumn> columns) {
    CompiledStep compiled(Dialect dialect) {
        return new CompiledStep(sql.bound(), sql.values(), sql.inlined(dialect::literal), columns);
    }
}
