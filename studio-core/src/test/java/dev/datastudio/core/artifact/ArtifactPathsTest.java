package dev.datastudio.core.artifact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.tenant.Caller;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArtifactPathsTest {
    @Test
    void laysTheFilesOfAnUploadOut() {
        ArtifactPaths paths = ArtifactPaths.of(new Caller("acme", "ann"), "u_7f");

        assertEquals("acme/ann/uploads/u_7f/data.csv", paths.original("csv").value());
        assertEquals("acme/ann/uploads/u_7f/data.duckdb", paths.database().value());
        assertEquals(
                "acme/ann/uploads/u_7f/dist_plots/sales.png",
                paths.distributionPlot("sales").value());
        assertEquals(
                "acme/ann/uploads/u_7f/trend_plots/profit.png",
                paths.trendPlot("profit").value());
        assertEquals(
                "acme/ann/uploads/u_7f/results/summary_stats.json",
                paths.result("summary_stats").value());
        assertEquals("acme/ann/uploads/u_7f/results.json", paths.manifest().value());
    }

    @Test
    void hasRoomForTheLongestNames() {
        Caller longest = new Caller("t".repeat(64), "u".repeat(64));
        String slug = new Slugs().of("a very long column name ".repeat(20));

        assertEquals(Slugs.MAX_LENGTH, slug.length());
        assertTrue(ArtifactPaths.of(longest, "u".repeat(20))
                        .trendPlot(slug)
                        .value()
                        .length()
                <= 240);
    }

    @ParameterizedTest
    @CsvSource({
        "Sales, sales",
        "Net Sales (€), net_sales",
        "  __Profit %__ , profit",
        "temp_max, temp_max",
        "Größe, grosse",
        "Čaj & Käse, caj_kase",
        "Œuvre, oeuvre",
        "CON, con_column",
        "ｆｕｌｌ２, full2"
    })
    void makesReadableSlugs(String name, String slug) {
        assertEquals(slug, new Slugs().of(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"продажи", "продажи 2024", "売上", "!!!", "", "🙂", "..", "/etc/passwd", "a\0b", "İstanbul"})
    void makesSafeSlugsOfAnything(String name) {
        String slug = new Slugs().of(name);

        assertTrue(slug.matches("[a-z0-9][a-z0-9_]*"), slug);
        assertEquals(slug, new Slugs().of(name));
    }

    @Test
    void givesEachNameASlugOfItsOwn() {
        Slugs slugs = new Slugs();

        assertEquals("profit", slugs.of("Profit"));
        assertEquals("profit_2", slugs.of("Profit %"));
        assertEquals("profit_2_2", slugs.of("profit 2"));
        assertEquals("profit_3", slugs.of("profit"));
        assertEquals("profit", slugs.of("Profit"));
        assertNotEquals(slugs.of("продажи"), slugs.of("прибыль"));
        Set<String> all = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            assertTrue(all.add(slugs.of("列" + i)));
        }
    }
}
