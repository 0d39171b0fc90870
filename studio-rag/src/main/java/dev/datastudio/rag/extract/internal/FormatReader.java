package dev.datastudio.rag.extract.internal;

/** Reads the files of a format. */
@FunctionalInterface
interface FormatReader {
    /**
     * Reads a file to its end.
     *
     * @throws ExtractionStop when it can't be read, with words for a user
     * @throws Exception what the library throws on a damaged file
     */
    void read(Reading reading) throws Exception;
}
