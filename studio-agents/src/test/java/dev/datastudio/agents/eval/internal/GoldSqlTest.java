package dev.datastudio.agents.eval.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class GoldSqlTest {
    @Test
    void keepsAStatementWithoutChoices() {
        assertEquals(
                List.of("SELECT a FROM t WHERE b = 'x;y'"), GoldSql.statements("SELECT a FROM t WHERE b = 'x;y';"));
    }

    @Test
    void writesAStatementForEachColumnOfAChoice() {
        assertEquals(
                List.of(
                        "SELECT t.name, sum(x) FROM t GROUP BY t.name",
                        "SELECT t.id, sum(x) FROM t GROUP BY t.id",
                        "SELECT 1"),
                GoldSql.statements("SELECT {t.name, t.id}, sum(x) FROM t GROUP BY {};SELECT 1"));
    }
}
