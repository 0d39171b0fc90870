package dev.datastudio.core.query.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.testkit.query.AnalyticalSql;
import dev.datastudio.testkit.query.HostileSql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlGateTest {
    private final SqlGate gate = new SqlGate(List.of("orders", "customers"));
    private DuckDbSession session;

    SqlGateTest() throws SQLException {
        session = new DuckDbSession(DuckDbDriver.open());
    }

    @BeforeEach
    void openParser() throws SQLException {
        session.close();
        session = new DuckDbSession(DuckDbDriver.open());
    }

    @AfterEach
    void closeParser() throws SQLException {
        session.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SELECT 1; DROP TABLE orders          | one statement that only reads
            SELECT 1; SELECT 2                   | The text holds 2 statements
            DROP TABLE orders                    | The text 'DROP …' is not one statement that only reads
            /* x */ -- y%n COPY orders TO 'x'    | The text 'COPY …'
            SELECT getenv('HOME')                | The function 'getenv' is not among
            FROM read_csv('x.csv')               | The table function 'read_csv' is not allowed
            FROM 'x.csv'                         | There is no table 'x.csv'; files and system tables can't be read
            FROM duckdb_settings                 | There is no table 'duckdb_settings'; files and system tables
            FROM information_schema.tables       | The table 'information_schema.tables' is named with its schema
            SHOW TABLES                          | SHOW is not allowed
            FROM orders AT (VERSION => 1)        | AT (VERSION or TIMESTAMP)
            SELECT DEFAULT                       | 'VALUE_DEFAULT'
            SELECT x.y.getenv('a')               | 'x.y.getenv'
            """, quoteCharacter = '`')
    void saysWhatItRefuses(String sql, String words) {
        StudioException error = refusal(sql.replace("%n", "\n"));

        assertEquals(ErrorCode.SQL_REFUSED, error.code());
        assertTrue(error.what().contains(words), error::toString);
        assertFalse(error.mend().isBlank());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", ";", "-- nothing", "/* nothing */ ;;"})
    void refusesTextWithoutAStatement(String sql) {
        assertEquals(ErrorCode.SQL_INVALID, refusal(sql).code());
    }

    @Test
    void looksUpCommonTableExpressionsWhereTheyAreInScope() throws SQLException {
        check("WITH a AS (SELECT 1 AS x) SELECT * FROM (SELECT * FROM A) s");
        check("SELECT (WITH a AS (SELECT 1 AS x) SELECT x FROM a)");
        assertEquals(
                "There is no table 'a'",
                refusal("SELECT (WITH a AS (SELECT 1) SELECT 1 FROM a), x FROM a")
                        .what());
        assertEquals(
                "There is no table 'b'",
                refusal("WITH a AS (SELECT * FROM b), b AS (SELECT 1) FROM a").what());
        assertEquals(
                "There is no table 'a'",
                refusal("WITH a AS (SELECT * FROM a) FROM a").what());
    }

    @Test
    void tellsWhetherAStatementIsTheSameTwice() throws SQLException {
        assertTrue(check("SELECT now() FROM orders").isRepeatable());
        assertFalse(check("SELECT 1 FROM orders WHERE random() > 0.5").isRepeatable());
        assertFalse(check("SELECT 1 FROM orders USING SAMPLE 3").isRepeatable());
        assertFalse(check("SELECT * FROM (SELECT uuid() FROM orders)").isRepeatable());
    }

    @Test
    void tellsWhetherAStatementCanStandInBrackets() throws SQLException {
        assertTrue(check("SELECT 1 -- comment").isInnerQuery());
        assertTrue(check("SELECT 1 ;  ; ").isInnerQuery());
        assertFalse(check("SELECT 1; -- comment after the end").isInnerQuery());
    }

    @Test
    void parsesATextOnce() throws SQLException {
        AtomicInteger parsed = new AtomicInteger();
        SqlGate.Parser counting = sql -> {
            parsed.incrementAndGet();
            return session.parse(sql);
        };
        gate.check("SELECT * FROM orders", counting);
        int once = parsed.get();

        gate.check("SELECT * FROM orders", counting);
        assertThrows(StudioException.class, () -> gate.check("DROP TABLE orders", counting));
        assertThrows(StudioException.class, () -> gate.check("DROP TABLE orders", counting));

        assertEquals(once + 1, parsed.get());
    }

    @Test
    void refusesATreeOfPartsThatItDoesNotKnow() {
        String unknownNode = "{\"error\":false,\"statements\":[{\"node\":{\"type\":\"MERGE_QUERY_NODE\"}}]}";
        String unknownExpression = """
                {"error":false,"statements":[{"node":{"type":"SELECT_NODE","select_list":[
                  {"class":"NEW_THING","type":"NEW_THING"}]}}]}""";
        String unknownReference = """
                {"error":false,"statements":[{"node":{"type":"SELECT_NODE","from_table":
                  {"type":"FILE_REF","path":"x"}}}]}""";
        String nodeInAConstantsPlace = """
                {"error":false,"statements":[{"node":{"type":"SELECT_NODE","new_key":{"deeper":[
                  {"type":"DELETE_QUERY_NODE"}]}}}]}""";

        for (String tree : List.of(unknownNode, unknownExpression, unknownReference, nodeInAConstantsPlace)) {
            StudioException error =
                    assertThrows(StudioException.class, () -> gate.check("SELECT " + tree.hashCode(), sql -> tree));

            assertEquals(ErrorCode.SQL_REFUSED, error.code());
        }
    }

    @Test
    void refusesBeforeAnythingRunsWhatOnlyLimitsCouldStopLater() throws SQLException {
        Set<String> stoppedByLimits =
                Set.of("endless-series", "endless-recursion", "exploding-recursion", "cross-joins", "huge-group");
        List<String> passed = new ArrayList<>();
        for (HostileSql hostile : HostileSql.of("duckdb")) {
            try {
                check(hostile.sql());
                passed.add(hostile.name());
            } catch (StudioException e) {
                assertTrue(Set.of(ErrorCode.SQL_REFUSED, ErrorCode.SQL_INVALID).contains(e.code()), e.toString());
            }
        }

        passed.removeAll(stoppedByLimits);
        assertEquals(List.of(), passed);
    }

    @Test
    void hasEnoughStatementsOfBothKinds() {
        assertTrue(HostileSql.of("duckdb").size() >= 150);
        assertTrue(AnalyticalSql.of("duckdb").size() >= 80);
        assertEquals(
                HostileSql.of("duckdb").size(),
                HostileSql.of("duckdb").stream()
                        .map(HostileSql::name)
                        .distinct()
                        .count());
    }

    private SqlGate.Admitted check(String sql) throws SQLException {
        return gate.check(sql, session::parse);
    }

    private StudioException refusal(String sql) {
        return assertThrows(StudioException.class, () -> check(sql), sql);
    }
}
