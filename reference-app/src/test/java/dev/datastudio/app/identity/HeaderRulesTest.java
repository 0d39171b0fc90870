package dev.datastudio.app.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What headers may hold: what Spring Security's own expressions let through, which cost more. */
class HeaderRulesTest {
    private static final Pattern NAMES = Pattern.compile("[\\p{IsAssigned}&&[^\\p{IsControl}]]*");
    private static final Pattern VALUES = Pattern.compile("[\\p{IsAssigned}&&[[^\\p{IsControl}]||\\t]]*");

    @Test
    void theSameIsLetThroughAsByExpressions() {
        for (int letter = 0; letter <= Character.MAX_CODE_POINT; letter++) {
            String text = "a" + Character.toString(letter) + "b";
            int codePoint = letter;
            Supplier<String> name = () -> "code point " + codePoint;
            assertEquals(NAMES.matcher(text).matches(), SecurityConfiguration.isPlain(text, false), name);
            assertEquals(VALUES.matcher(text).matches(), SecurityConfiguration.isPlain(text, true), name);
        }
    }
}
