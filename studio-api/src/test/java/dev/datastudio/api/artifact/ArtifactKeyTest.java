package dev.datastudio.api.artifact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArtifactKeyTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "local/local/uploads/u_1/data.csv",
                "t/u/dist_plots/2024-sales_v1.0.png",
                "t/console/comma/nullable.txt",
                "t/com10"
            })
    void takesRelativeNames(String name) {
        assertEquals(name, new ArtifactKey(name).value());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/a",
                "a/",
                "a//b",
                "..",
                "../a",
                "a/../b",
                "a/..",
                ".",
                "a/./b",
                ".hidden",
                "a/.git",
                "a/b.",
                "a..%2fb",
                "..%2fa",
                "C:\\a",
                "C:a",
                "a\\b",
                "\\\\host\\a",
                "a b",
                "a\0b",
                "a\nb",
                "é",
                "ａ",
                "a/CON",
                "a/con.txt",
                "nul",
                "a/LPT1.png/b",
                "a/AUX.tar.gz",
                "~",
                "~root/a",
                "a/b:stream",
                "a*",
                "a?",
                "%2e%2e/a",
                "a/%252e%252e/b",
                "..;/a",
                "....//a",
                "a/.. /b",
                "a/\uFF0E\uFF0E/b",
                "a/\u2215b",
                "a\u202Eb",
                "a ",
                "a\r",
                "file:///etc/passwd",
                "/etc/passwd",
                "\\\\?\\C:\\a",
                "CONIN$",
                "COM1",
                "a/com\u00B9",
                "-a"
            })
    void refusesWhatCouldLeadElsewhere(String name) {
        StudioException refusal = assertThrows(StudioException.class, () -> new ArtifactKey(name));

        assertEquals(ErrorCode.ARTIFACT_KEY_INVALID, refusal.code());
    }

    @Test
    void refusesLongNames() {
        StudioException refusal = assertThrows(StudioException.class, () -> new ArtifactKey("a".repeat(300)));

        assertEquals(
                "The artifact name '" + "a".repeat(200) + "…' is longer than 240 characters. Use parts of letters,"
                        + " digits, '.', '_' and '-' with '/' between them, at most 240 characters in all.",
                refusal.getMessage());
    }

    @Test
    void knowsWhoseItIsByWholeSegments() {
        ArtifactKey key = new ArtifactKey("acme/ann/uploads/u_1/results.json");

        assertTrue(key.isOwnedBy(new Caller("acme", "ann")));
        assertFalse(key.isOwnedBy(new Caller("acme", "an")));
        assertFalse(key.isOwnedBy(new Caller("acme", "Ann")));
        assertFalse(key.isOwnedBy(new Caller("other", "ann")));
        assertTrue(key.isWithin(key));
    }

    @Test
    void tellsTheMediaTypeByTheEnding() {
        assertEquals("image/png", new ArtifactKey("a/b.png").mediaType());
        assertEquals("application/octet-stream", new ArtifactKey("a/b.duckdb").mediaType());
        assertEquals("application/octet-stream", new ArtifactKey("a.png/b").mediaType());
    }
}
