package dev.datastudio.core.export;

import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.ProgressListener;
import java.nio.file.Path;
import java.util.Objects;

/**
 * How rows are written into a file. Immutable.
 *
 * @param format what kind of file
 * @param formulas what becomes of texts that a spreadsheet would run as a formula
 * @param existing what becomes of a file that is there already
 * @param progress told how far it is, in rows
 * @param cancellation stops it; nothing of it stays
 */
public record ExportOptions(
        ExportFormat format,
        Formulas formulas,
        Existing existing,
        ProgressListener progress,
        Cancellation cancellation) {
    public ExportOptions {
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(formulas, "formulas");
        Objects.requireNonNull(existing, "existing");
        Objects.requireNonNull(progress, "progress");
        Objects.requireNonNull(cancellation, "cancellation");
    }

    /** Formulas neutralised, nothing overwritten. */
    public static ExportOptions of(ExportFormat format) {
        return new ExportOptions(
                format, Formulas.NEUTRALISE, Existing.REFUSE, ProgressListener.NONE, Cancellation.none());
    }

    /** As {@link #of(ExportFormat)}, by the end of a file's name. */
    public static ExportOptions of(Path file) {
        return of(ExportFormat.of(file));
    }

    /** These with texts written as they are: for programs that read them, not for people. */
    public ExportOptions keepingFormulas() {
        return new ExportOptions(format, Formulas.KEEP, existing, progress, cancellation);
    }

    /** These, and a file that is there is replaced once the new one is whole. */
    public ExportOptions replacing() {
        return new ExportOptions(format, formulas, Existing.REPLACE, progress, cancellation);
    }

    /** These with a listener. */
    public ExportOptions telling(ProgressListener progress) {
        return new ExportOptions(format, formulas, existing, progress, cancellation);
    }

    /** These with a cancellation. */
    public ExportOptions cancelledBy(Cancellation cancellation) {
        return new ExportOptions(format, formulas, existing, progress, cancellation);
    }

    /** Whether texts have to be made harmless. */
    public boolean neutralises() {
        return formulas == Formulas.NEUTRALISE && format.isForSpreadsheets();
    }

    /** What becomes of texts that begin like a formula: with {@code = + - @}, a tab or a line break. */
    public enum Formulas {
        /**
         * In CSV, TSV and Excel they get an apostrophe in front, as OWASP advises against CSV injection; texts that are
         * plain numbers, such as -5, stay. Other formats run nothing and keep all texts.
         */
        NEUTRALISE,
        /** They stay, and a spreadsheet that opens the file may run them. */
        KEEP
    }

    /** What becomes of a file that is there already. */
    public enum Existing {
        REFUSE,
        REPLACE
    }
}
