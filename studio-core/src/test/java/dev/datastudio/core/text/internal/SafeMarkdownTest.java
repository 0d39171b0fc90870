package dev.datastudio.core.text.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafeMarkdownTest {
    @Test
    void ordinaryMarkdownStays() {
        String text = "# Sales\n\n* **North** sold 3 < 5 and 7 > 6, see [the page](https://example.com/a?b=c&d=e) or"
                + " [mail](mailto:a@example.com) or [below](#total) or [there](docs/a.md).\n\n| a | b |\n|---|---|\n| 1 | 2 |\n";

        assertEquals(text, SafeMarkdown.of(text));
    }

    @Test
    void codeBetweenFencesStays() {
        String text = "Run:\n```sql\nSELECT a FROM t WHERE a<b AND x = '![i](y)'\n```\nDone.\n~~~\n<p>\n~~~\n";

        assertEquals(text, SafeMarkdown.of(text));
    }

    @Test
    void picturesBecomeLinks() {
        assertEquals("[stolen](https://evil.example/?q=1)", SafeMarkdown.of("![stolen](https://evil.example/?q=1)"));
        assertEquals("[a][r]", SafeMarkdown.of("!![a][r]".replace("!!", "!")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[x](javascript:alert(1))",
                "[x](JaVaScRiPt:alert(1))",
                "[x]( javascript:alert(1))",
                "[x](<javascript:alert(1)>)",
                "[x](javascript&colon;alert(1))",
                "[x](&#106;avascript:alert(1))",
                "[x](javascript\\:alert(1))",
                "[x](vbscript:a)",
                "[x](data:text/html,a)",
                "[x](file:///etc/passwd)",
                "[x][r]\n\n[r]: javascript:alert(1)",
            })
    void aLinkThatRunsSomethingIsNone(String text) {
        String safe = SafeMarkdown.of(text);

        assertFalse(safe.matches("(?s).*\\](\\(|:)\\s*[<\u2039]?(?i)(javascript|vbscript|data|file|&#|java).*"), safe);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<img src=x onerror=alert(1)>",
                "<a href='javascript:alert(1)'>x</a>",
                "<script>alert(1)</script>",
                "</table><svg/onload=alert(1)>",
                "<javascript:alert(1)>",
                "<!-- <b> -->",
                "`<b>`",
                "    <img src=x>",
                "- a\n  ```\n<img src=x>",
                "> ```\n<img src=x>",
                "```\ncode\n   ````\n<img src=x>",
                "``` a`b\n<img src=x>",
                "```\nx\n```\t\n<img src=x>",
            })
    void htmlBecomesText(String text) {
        String safe = SafeMarkdown.of(text);

        assertFalse(safe.matches("(?s).*<[a-z/!].*"), safe);
    }
}
