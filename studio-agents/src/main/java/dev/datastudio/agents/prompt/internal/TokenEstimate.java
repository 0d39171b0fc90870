package dev.datastudio.agents.prompt.internal;

/** How many tokens a text takes, without the tokenizer of a model. */
public final class TokenEstimate {
    private static final int LETTERS_OF_A_TOKEN = 6;
    private static final int DIGITS_OF_A_TOKEN = 3;

    private TokenEstimate() {}

    /**
     * An estimate, rather too high: pieces of words, groups of digits, and each other character but spaces, which OpenAI's
     * tokenizers put before the next word or together with their neighbours.
     */
    public static int of(String text) {
        int tokens = 0;
        int letters = 0;
        int digits = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            letters = Character.isLetter(c) ? letters + 1 : 0;
            digits = Character.isDigit(c) ? digits + 1 : 0;
            boolean begins = letters % LETTERS_OF_A_TOKEN == 1 || digits % DIGITS_OF_A_TOKEN == 1;
            boolean alone = letters == 0 && digits == 0 && c != ' ';
            tokens += begins || alone ? 1 : 0;
        }
        return tokens;
    }
}
