package dev.datastudio.core.chart.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.chart.internal.Mark.Weight;
import org.junit.jupiter.api.Test;

class FontsTest {
    @Test
    void namesThePackageWhenTheMachineHasNoFont() {
        InternalError cause = new InternalError("Fontconfig head is null");

        StudioException missing = Fonts.missing(cause);

        assertEquals(ErrorCode.DEPENDENCY_MISSING, missing.code());
        assertEquals(
                "This machine has no font that Java can draw with. Install one, on Debian and Ubuntu with"
                        + " 'apt-get install fontconfig fonts-dejavu-core', and start again.",
                missing.getMessage());
        assertSame(cause, missing.getCause());
    }

    @Test
    void measuresLongerTextAsWider() {
        Fonts fonts = new Fonts();

        assertEquals(0, fonts.width("", 12, Weight.REGULAR));
        assertTrue(fonts.width("Sales", 12, Weight.REGULAR) < fonts.width("Sales by Region", 12, Weight.REGULAR));
        assertTrue(fonts.width("Sales", 12, Weight.REGULAR) < fonts.width("Sales", 24, Weight.BOLD));
    }

    @Test
    void shortensTextToItsRoomWithoutHalfCharacters() {
        TextMeasure measure = (text, size, weight) -> text.length();

        assertEquals("Sales", Words.shorten("Sales", 5, 1, Weight.REGULAR, measure));
        assertEquals("Sal…", Words.shorten("Sales", 4, 1, Weight.REGULAR, measure));
        assertEquals("a…", Words.shorten("a\uD83D\uDE00bcd", 3, 1, Weight.REGULAR, measure));
    }

    @Test
    void cleansTextOfWhatCannotBeDrawn() {
        assertEquals("a b", Words.clean(" a\t\n\u0000b "));
        assertEquals("abc", Words.clean("\u202Eabc\u2066"));
        assertEquals("\uFFFD lone", Words.clean("\uD800 lone"));
        assertEquals("\uD83D\uDE00", Words.clean("\uD83D\uDE00"));
    }
}
