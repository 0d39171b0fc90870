package dev.datastudio.ml.algorithm;

/** What a row is to a deep model. */
public enum InputKind {
    /**
     * Found out: a single column of texts or pictures is that; else columns are steps, for a custom network a table.
     */
    AUTOMATIC,
    /** Features in no order. */
    TABLE,
    /** Columns of numbers are steps in time, in the order of the features. */
    STEPS,
    /** One column of pictures: files of PNG, JPEG, GIF or BMP as Base64. */
    PICTURE,
    /** One column of texts, whose words are read in order. */
    TEXT
}
