package dev.datastudio.agents.planner.internal;

import java.util.List;

/** When words that could be a column of a single table mean its rows. */
final class RowWords {
    private final Scope index;
    private final Lexicon lexicon = Lexicon.english();

    RowWords(Scope index) {
        this.index = index;
    }

    /** Whether the words from an index on mean rows, though columns are called so. */
    boolean areNamed(List<Token> tokens, int at, List<String> words, List<ColumnMatch> named) {
        return namesTheRows(words, named) || keysTheRows(words, named) || qualifies(tokens, at, words, named);
    }

    /** In a table of aircraft with a column of that name, the plural "aircrafts" means the rows; a column's own name never does. */
    private boolean namesTheRows(List<String> words, List<ColumnMatch> named) {
        String last = words.get(words.size() - 1);
        return index.isSingle()
                && named.size() == 1
                && !named.get(0).column().name().equalsIgnoreCase(String.join(" ", words))
                && !Stemmer.singular(last).equals(last)
                && Names.parts(index.dataset().table())
                        .equals(named.get(0).column().parts());
    }

    /** In a table of institutions with a column of that name, "institution types" are the types. */
    private boolean qualifies(List<Token> tokens, int at, List<String> words, List<ColumnMatch> named) {
        boolean isTable = index.isSingle() && words.size() == 1 && index.isTableWord(words.get(0));
        int next = at + 1;
        return isTable
                && named.size() == 1
                && named.get(0).column().parts().size() == 1
                && next < tokens.size()
                && tokens.get(next).isWord()
                && lexicon.find(List.of(tokens.get(next).text())).isEmpty()
                && !index.named(List.of(tokens.get(next).text())).isEmpty();
    }

    /** In a table of products, "product" is a row and not its product_id. */
    private boolean keysTheRows(List<String> words, List<ColumnMatch> named) {
        return index.isSingle()
                && words.size() == 1
                && index.isTableWord(words.get(0))
                && !named.isEmpty()
                && named.stream()
                        .allMatch(m -> m.score() < 1 && m.column().parts().contains("id"))
                && areKeys(named);
    }

    /** In a table of singers, "singers" are the rows, whether or not there is a singer_id. */
    boolean areKeys(List<ColumnMatch> parts) {
        return parts.stream()
                .allMatch(m -> m.score() < 1
                        && m.column().column().distinctCount()
                                >= index.tableOf(m.column()).dataset().rowCount());
    }
}
