package dev.datastudio.rag.chunk;

/** Counts tokens without a model. */
final class TokenEstimate {
    private static final int SHORT_WORD = 6;
    private static final int PIECE = 3;

    private TokenEstimate() {}

    static int count(String text) {
        int tokens = 0;
        int run = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (Character.isIdeographic(c) || isKana(c)) {
                tokens += word(run) + 1;
                run = 0;
            } else if (Character.isLetter(c)) {
                run += c < 128 ? 1 : 2;
            } else if (Character.isDigit(c)) {
                run += 3;
            } else if (Character.getType(c) != Character.NON_SPACING_MARK) {
                tokens += word(run) + (Character.isWhitespace(c) || Character.isSpaceChar(c) ? 0 : 1);
                run = 0;
            }
        }
        return tokens + word(run);
    }

    private static boolean isKana(int c) {
        return (c >= 0x3040 && c <= 0x30ff) || (c >= 0xac00 && c <= 0xd7af);
    }

    private static int word(int letters) {
        return letters == 0 ? 0 : 1 + Math.max(0, (letters - SHORT_WORD + PIECE - 1) / PIECE);
    }
}
