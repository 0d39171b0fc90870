package dev.datastudio.core.profile.internal;

/** HTML under construction. Markup is a constant of the program; whatever comes from data goes through text. */
final class Html {
    private final StringBuilder out = new StringBuilder(1 << 16);

    /** Markup as it stands. */
    Html raw(String markup) {
        out.append(markup);
        return this;
    }

    /** Text of the data, escaped for elements and quoted attributes; control characters become visible. */
    Html text(String text) {
        for (int i = 0; i < text.length(); i++) {
            escape(text.charAt(i));
        }
        return this;
    }

    /** A name of the data that may run in any direction without turning its surroundings round. */
    Html name(String text) {
        return raw("<bdi>").text(text).raw("</bdi>");
    }

    private void escape(char c) {
        switch (c) {
            case '<' -> out.append("&lt;");
            case '>' -> out.append("&gt;");
            case '&' -> out.append("&amp;");
            case '"' -> out.append("&quot;");
            case '\'' -> out.append("&#39;");
            default -> out.append(isHidden(c) ? '\uFFFD' : c);
        }
    }

    /** Control characters, and marks that turn the direction of what follows. */
    private static boolean isHidden(char c) {
        boolean control = Character.isISOControl(c) && c != '\n' && c != '\t';
        boolean turning = (c >= '\u202A' && c <= '\u202E') || (c >= '\u2066' && c <= '\u2069');
        return control || turning;
    }

    Html number(double value) {
        return raw(Figures.number(value));
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
