package dev.datastudio.agents.reporter.internal.repair;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.agents.reporter.internal.SqlNames;
import dev.datastudio.agents.reporter.internal.repair.Faulty.KnownTable;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.analysis.SqlDialect;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepairRulesTest {
    private static final List<KnownTable> TABLES = List.of(
            new KnownTable("Album", "\"Album\"", List.of("AlbumId", "Title", "ArtistId")),
            new KnownTable("Artist", "\"Artist\"", List.of("ArtistId", "Name")),
            new KnownTable("order", "\"order\"", List.of("id", "day", "group", "total", "country")));

    private static Optional<Repair> mend(SqlDialect dialect, String sql, String error) {
        StudioException failure = new StudioException(ErrorCode.SQL_INVALID, error, "Mend it");
        return RepairRules.first(new Faulty(sql, failure, new SqlNames(dialect), TABLES), Set.of(sql));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        POSTGRESQL | SELECT Title FROM Album | SELECT "Title" FROM "Album"
        POSTGRESQL | SELECT a.Title FROM Album a | SELECT a."Title" FROM "Album" a
        POSTGRESQL | SELECT Album.Title FROM Album | SELECT "Album"."Title" FROM "Album"
        POSTGRESQL | SELECT "title" FROM "album" | SELECT "Title" FROM "Album"
        POSTGRESQL | SELECT `Title` FROM `Album` | SELECT "Title" FROM "Album"
        DUCKDB | SELECT [Title] FROM [Album] | SELECT Title FROM Album
        MYSQL | SELECT "Title" FROM "Album" | SELECT Title FROM Album
        MYSQL | SELECT Title FROM album | SELECT Title FROM Album
        POSTGRESQL | SELECT total FROM order | SELECT total FROM "order"
        POSTGRESQL | SELECT group, sum(total) FROM order GROUP BY group | SELECT "group", sum(total) FROM "order" GROUP BY "group"
        MYSQL | SELECT order.total FROM order | SELECT `order`.total FROM `order`
        """)
    void quotesNamesAsTheyAreStored(SqlDialect dialect, String sql, String mended) {
        Repair repair = mend(dialect, sql, "The statement failed: syntax error").orElseThrow();

        assertEquals(mended, repair.sql());
        assertEquals("quoting", repair.rule());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        SQLITE | SELECT Title FROM Albums | SELECT Title FROM Album | near table
        SQLITE | SELECT Albums.Title FROM Albums | SELECT Album.Title FROM Album | near table
        SQLITE | SELECT Titel FROM Album | SELECT Title FROM Album | near column
        SQLITE | SELECT a.Titel FROM Album a | SELECT a.Title FROM Album a | near column
        SQLITE | SELECT a.Name FROM Album a JOIN Artist r ON a.ArtistId = r.ArtistId | SELECT r.Name FROM Album a JOIN Artist r ON a.ArtistId = r.ArtistId | near column
        """)
    void takesTheOnlyNearName(SqlDialect dialect, String sql, String mended, String rule) {
        Repair repair = mend(dialect, sql, "There is no such thing").orElseThrow();

        assertEquals(mended, repair.sql());
        assertEquals(rule, repair.rule());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        SQLITE | SELECT TOP 3 Title FROM Album ORDER BY Title | SELECT Title FROM Album ORDER BY Title LIMIT 3
        SQLSERVER | SELECT Title FROM Album ORDER BY Title LIMIT 3 | SELECT TOP 3 Title FROM Album ORDER BY Title
        MYSQL | SELECT Title FROM Album FETCH FIRST 3 ROWS ONLY | SELECT Title FROM Album LIMIT 3
        POSTGRESQL | SELECT total FROM "order" LIMIT 2, 3 | SELECT total FROM "order" LIMIT 3 OFFSET 2
        POSTGRESQL | SELECT ifnull(total, 0) FROM "order" | SELECT COALESCE(total, 0) FROM "order"
        POSTGRESQL | SELECT year(day) FROM "order" | SELECT date_part('year', day) FROM "order"
        SQLITE | SELECT count(*) FROM "order" WHERE year(day) = 2009 | SELECT count(*) FROM "order" WHERE CAST(strftime('%Y', day) AS INTEGER) = 2009
        SQLITE | SELECT Title FROM Album WHERE Title ILIKE 'a%' | SELECT Title FROM Album WHERE Title LIKE 'a%'
        SQLITE | SELECT total::integer FROM "order" | SELECT CAST(total AS integer) FROM "order"
        MYSQL | SELECT total::integer FROM `order` | SELECT CAST(total AS SIGNED) FROM `order`
        """)
    void saysWhatAnotherDialectSays(SqlDialect dialect, String sql, String mended) {
        Repair repair = mend(dialect, sql, "The statement failed").orElseThrow();

        assertEquals(mended, repair.sql());
        assertEquals("dialect", repair.rule());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        SELECT country, sum(total) FROM "order" | SELECT country, sum(total) FROM "order" GROUP BY country
        SELECT country, day, sum(total) FROM "order" GROUP BY country | SELECT country, day, sum(total) FROM "order" GROUP BY country, day
        SELECT country AS c, day, sum(total) FROM "order" GROUP BY c | SELECT country AS c, day, sum(total) FROM "order" GROUP BY c, day
        """)
    void groupsByWhatStandsInNoGroup(String sql, String mended) {
        Repair repair = mend(
                        SqlDialect.DUCKDB,
                        sql,
                        "The statement failed: column \"country\" must appear in the GROUP BY clause")
                .orElseThrow();

        assertEquals(mended, repair.sql());
        assertEquals("ungrouped column", repair.rule());
        assertTrue(repair.words().startsWith("The rows are grouped by "), repair.words());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        SELECT total FROM "order" WHERE country = "Germany" | SELECT total FROM "order" WHERE country = 'Germany'
        SELECT total FROM "order" WHERE country IN ("Germany", "It's") | SELECT total FROM "order" WHERE country IN ('Germany', 'It''s')
        """)
    void makesATextOfANameThatNoTableHas(String sql, String mended) {
        Repair repair = mend(SqlDialect.DUCKDB, sql, "Referenced column \"Germany\" not found")
                .orElseThrow();

        assertEquals(mended, repair.sql());
        assertEquals("text in double quotes", repair.rule());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        SELECT Title FROM Album
        SELECT Xyz FROM Album
        SELECT Title FROM Album; DROP TABLE Album
        DELETE FROM Albums
        SELECT t.Titel FROM (SELECT 1 AS Titel) t
        WITH Albums AS (SELECT 1 AS x) SELECT x FROM Albums
        """)
    void leavesAloneWhatItCantMendForSure(String sql) {
        assertEquals(Optional.empty(), mend(SqlDialect.SQLITE, sql, "The statement failed"));
    }

    @Test
    void joinsTextsAsMySqlDoes() {
        String sql = "SELECT Title || ' by ' || ArtistId FROM Album";

        StudioException fault =
                SilentFaults.find(sql, new SqlNames(SqlDialect.MYSQL), TABLES).orElseThrow();
        Repair repair = mend(SqlDialect.MYSQL, sql, fault.what()).orElseThrow();

        assertEquals("'||' means OR here and joins no texts", fault.what());
        assertEquals("SELECT CONCAT(CONCAT(Title, ' by '), ArtistId) FROM Album", repair.sql());
    }

    @Test
    void neverGivesAStatementThatWasTried() {
        StudioException failure = new StudioException(ErrorCode.SQL_INVALID, "no such column", "Mend it");
        Faulty faulty = new Faulty("SELECT Titel FROM Album", failure, new SqlNames(SqlDialect.SQLITE), TABLES);

        assertEquals(Optional.empty(), RepairRules.first(faulty, Set.of("SELECT Title FROM Album")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        SQLITE | SELECT country, sum(total) FROM t | country
        MYSQL | SELECT country, day, sum(total) FROM t GROUP BY country | day
        MYSQL | SELECT country, max(total) FROM t | country
        MYSQL | SELECT "Title" FROM Album | Title
        """)
    void knowsWhatAnEngineWouldAnswerWrongly(SqlDialect dialect, String sql, String column) {
        String fault = SilentFaults.find(sql, new SqlNames(dialect), TABLES)
                .orElseThrow()
                .what();

        assertTrue(fault.contains(column), fault);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        SQLITE | SELECT country, max(total) FROM t
        SQLITE | SELECT country, sum(total) FROM t GROUP BY 1
        SQLITE | SELECT country, total FROM t
        SQLITE | SELECT country, sum(total) OVER (PARTITION BY country) FROM t
        POSTGRESQL | SELECT country, sum(total) FROM t
        MYSQL | SELECT Title FROM Album WHERE Title = "Big Ones"
        """)
    void leavesStatementsWhoseColumnsAreSure(SqlDialect dialect, String sql) {
        assertEquals(Optional.empty(), SilentFaults.find(sql, new SqlNames(dialect), TABLES));
    }
}
