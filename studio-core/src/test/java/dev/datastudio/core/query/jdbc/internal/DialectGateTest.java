package dev.datastudio.core.query.jdbc.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.analysis.SqlDialect;
import dev.datastudio.testkit.query.AnalyticalSql;
import dev.datastudio.testkit.query.HostileSql;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DialectGateTest {
    private static final List<String> TABLES = List.of("orders", "customers");
    /** Statements that only read, and are stopped by the clock. */
    private static final Set<String> ENDLESS = Set.of("endless-series", "endless-recursion", "cross-joins");

    private static DialectGate gate(SqlDialect dialect) {
        return new DialectGate(dialect, TableScope.of(dialect, TABLES));
    }

    private static StudioException refusal(SqlDialect dialect, String sql) {
        return assertThrows(StudioException.class, () -> gate(dialect).check(sql));
    }

    @ParameterizedTest
    @EnumSource(
            value = SqlDialect.class,
            names = {"POSTGRESQL", "MYSQL", "SQLITE", "SQLSERVER"})
    void refusesEveryHostileStatementWithoutAskingADatabase(SqlDialect dialect) {
        List<HostileSql> statements = HostileSql.of(dialect.name().toLowerCase(Locale.ROOT));
        List<String> passed = new ArrayList<>();
        DialectGate gate = gate(dialect);
        for (HostileSql hostile : statements) {
            try {
                gate.check(hostile.sql());
                passed.add(hostile.name());
            } catch (StudioException e) {
                assertTrue(Set.of(ErrorCode.SQL_REFUSED, ErrorCode.SQL_INVALID).contains(e.code()), e.toString());
            }
        }

        passed.removeAll(ENDLESS);
        assertEquals(List.of(), passed);
        assertTrue(statements.size() >= 130);
    }

    @ParameterizedTest
    @EnumSource(
            value = SqlDialect.class,
            names = {"POSTGRESQL", "MYSQL", "SQLITE", "SQLSERVER"})
    void admitsWhatAnAnalystAsks(SqlDialect dialect) {
        Map<String, String> refused = new LinkedHashMap<>();
        DialectGate gate = gate(dialect);
        for (AnalyticalSql statement : AnalyticalSql.of(dialect.name().toLowerCase(Locale.ROOT))) {
            try {
                gate.check(statement.sql());
            } catch (StudioException e) {
                refused.put(statement.name(), e.getMessage());
            }
        }

        assertEquals(Map.of(), refused);
    }

    @Test
    void sendsItsOwnWritingAndNotTheText() {
        assertEquals(
                "SELECT `a``b` , 'it''s' , '\\' FROM `orders` WHERE id > ?",
                gate(SqlDialect.MYSQL)
                        .check("select `a``b`, 'it\\'s', '\\\\' from /* x */ \"orders\" where id > ?;")
                        .sql()
                        .replace("select", "SELECT")
                        .replace("from", "FROM")
                        .replace("where", "WHERE"));
        assertEquals(
                "SELECT count( * ) FROM `orders`",
                gate(SqlDialect.SQLITE).check("SELECT count(*) FROM [orders]").sql());
        assertEquals(
                "SELECT \"a]\"\"b\" , N'Größe' , 'it''s \\' FROM \"orders\" WHERE id > ?",
                gate(SqlDialect.SQLSERVER)
                        .check("SELECT [a]]\"b], 'Größe', N'it''s \\' FROM [orders] WHERE id > ?")
                        .sql());
    }

    @Test
    void readsOtherTablesOnlyWhenAllAreOpen() {
        DialectGate open = new DialectGate(SqlDialect.POSTGRESQL, TableScope.everything(SqlDialect.POSTGRESQL));

        assertEquals(
                "SELECT * FROM other.secrets",
                open.check("SELECT * FROM other.secrets").sql());
        StudioException system =
                assertThrows(StudioException.class, () -> open.check("SELECT * FROM pg_catalog.pg_class"));
        assertEquals(
                "The table 'pg_catalog.pg_class' belongs to the database itself, which is not read here",
                system.what());
    }

    @Test
    void namesWhatItRefuses() {
        assertEquals(
                "The function 'pg_sleep' is not among the functions allowed here",
                refusal(SqlDialect.POSTGRESQL, "SELECT pg_sleep(1)").what());
        assertEquals(
                "The statement holds the word 'OUTFILE', which is not allowed here",
                refusal(SqlDialect.MYSQL, "SELECT id FROM orders \"OUTFILE\", OUTFILE")
                        .what());
        assertEquals(
                "The type 'regclass' is not among the types allowed here",
                refusal(SqlDialect.POSTGRESQL, "SELECT 'x'::regclass").what());
        assertEquals(
                "There is no table 'oders'",
                refusal(SqlDialect.SQLITE, "SELECT 1 FROM oders").what());
    }

    @Test
    void tablesOfPostgreSqlDifferByLetterCaseInQuotes() {
        assertEquals(
                "There is no table 'Orders'",
                refusal(SqlDialect.POSTGRESQL, "SELECT 1 FROM \"Orders\"").what());
        assertEquals(
                "SELECT 1 FROM ORDERS",
                gate(SqlDialect.POSTGRESQL).check("SELECT 1 FROM ORDERS").sql());
    }

    @Test
    void leavesTablesOfSqlServerThatOnlyLookLikeItsOwn() {
        DialectGate open = new DialectGate(SqlDialect.SQLSERVER, TableScope.everything(SqlDialect.SQLSERVER));

        for (String table : List.of("systems", "dbo.sys_log", "[Größe]", "[数据]", "\"sales 2024\".[order line]")) {
            open.check("SELECT * FROM " + table);
        }
        for (String table : List.of("a.b.c", "[sys]", "[ s y s ]", "[sy\u0000s]", "\"\u00a0sys\"")) {
            assertEquals(
                    ErrorCode.SQL_REFUSED,
                    assertThrows(StudioException.class, () -> open.check("SELECT * FROM " + table), table)
                            .code(),
                    table);
        }
    }

    @Test
    void namesWhatSqlServerWouldTakeForASecondStatement() {
        assertEquals(
                "The statement holds the word 'SHUTDOWN', which is not allowed here",
                refusal(SqlDialect.SQLSERVER, "SELECT 1 SHUTDOWN").what());
        assertEquals(
                "The table 'o' is followed by brackets, which hold hints here",
                refusal(SqlDialect.SQLSERVER, "SELECT * FROM orders AS o (i)").what());
        assertEquals(
                "The table 'other.dbo.orders' is named with a database or a server",
                refusal(SqlDialect.SQLSERVER, "SELECT * FROM other.dbo.orders").what());
    }

    @ParameterizedTest
    @EnumSource(
            value = SqlDialect.class,
            names = {"POSTGRESQL", "MYSQL", "SQLITE", "SQLSERVER"})
    void letsTextsBeCleanedStepByStep(SqlDialect dialect) {
        DialectGate gate = gate(dialect);

        gate.check("SELECT replace(replace(replace(replace(replace(region, ' ', ''), '.', ''), ',', '.'), '&', 'and'),"
                + " '/', ' / '), replace(region, 'South', 'Southern provinces'), replace(region, ?, '') FROM orders");
        assertEquals(
                "The function 'replace' may make a text too long here",
                refusal(dialect, "SELECT replace(region, 'a', '" + "a".repeat(5_000) + "') FROM orders")
                        .what());
    }
}
