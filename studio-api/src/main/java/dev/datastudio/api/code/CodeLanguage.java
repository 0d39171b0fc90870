package dev.datastudio.api.code;

/** What code is written in. */
public enum CodeLanguage {
    /** Python 3. */
    PYTHON
}
