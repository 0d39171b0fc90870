package dev.datastudio.agents.figure.internal;

import java.util.List;

/** Which sign a text puts before the decimals. */
enum NumberStyle {
    POINT,
    COMMA,
    /** Its numbers don't tell, or contradict each other. */
    OPEN;

    /** The style that all numbers with a plain reading have in common. */
    static NumberStyle of(List<String> bodies) {
        boolean point = false;
        boolean comma = false;
        for (String body : bodies) {
            NumberStyle style = Digits.plainStyle(body);
            point |= style == POINT;
            comma |= style == COMMA;
        }
        if (point == comma) {
            return OPEN;
        }
        return point ? POINT : COMMA;
    }
}
