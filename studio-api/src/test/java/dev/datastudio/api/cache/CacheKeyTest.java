package dev.datastudio.api.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CacheKeyTest {
    @Test
    void isTheSameForTheSameParts() {
        assertEquals(
                key(k -> k.add("q", "sales?").add("rows", 10).add("hashes", List.of("a", "b"))),
                key(k -> k.add("q", "sales?").add("rows", 10).add("hashes", List.of("a", "b"))));
    }

    @Test
    void differsWhereverPartsDiffer() {
        List<UnaryOperator<CacheKey.Builder>> different = List.of(
                k -> k,
                k -> k.add("a", ""),
                k -> k.add("", "a"),
                k -> k.add("a", "bc"),
                k -> k.add("ab", "c"),
                k -> k.add("a", "b").add("c", ""),
                k -> k.add("a", "").add("b", "c"),
                k -> k.add("a", 1),
                k -> k.add("a", "1"),
                k -> k.add("a", List.of()),
                k -> k.add("a", List.of("")),
                k -> k.add("a", List.of("1")),
                k -> k.add("a", List.of("1", "2")),
                k -> k.add("a", List.of("2", "1")),
                k -> k.add("a", List.of("12")),
                k -> k.add("a", List.of("1")).add("2", ""));

        Set<CacheKey> keys = new HashSet<>();
        for (UnaryOperator<CacheKey.Builder> parts : different) {
            assertTrue(keys.add(key(parts)));
        }
    }

    @Test
    void belongsToATenantAndANamespace() {
        CacheKey key = CacheKey.builder("a", "rows-1").build();

        assertNotEquals(key, CacheKey.builder("b", "rows-1").build());
        assertNotEquals(key, CacheKey.builder("a", "rows-2").build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Rows", "rows_1", "-rows", "rows 1"})
    void refusesOtherNamespaces(String namespace) {
        assertThrows(
                IllegalArgumentException.class,
                () -> CacheKey.builder("a", namespace).build());
    }

    private static CacheKey key(UnaryOperator<CacheKey.Builder> parts) {
        return parts.apply(CacheKey.builder("a", "rows-1")).build();
    }
}
