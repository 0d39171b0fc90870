package dev.datastudio.core.schema.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.schema.Author;
import dev.datastudio.core.schema.ColumnDoc;
import dev.datastudio.core.schema.DocText;
import dev.datastudio.core.schema.TableDoc;
import dev.datastudio.core.schema.TableEdit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Brings together what people and others wrote about a table. */
public final class DocMerge {
    private DocMerge() {}

    /** A new description with the words of people out of the one before. */
    public static TableDoc keepingWords(TableDoc before, TableDoc next) {
        List<ColumnDoc> columns = next.columns().stream()
                .map(column -> new ColumnDoc(
                        column.column(),
                        before.line(column.column()).filter(DocText::isOfPerson).orElse(column.line())))
                .toList();
        return new TableDoc(
                next.table(),
                before.technical().isOfPerson() ? before.technical() : next.technical(),
                before.business().isOfPerson() ? before.business() : next.business(),
                columns,
                next.fingerprint());
    }

    /** A description after a person changed it. A text that was taken back is written again by the next load. */
    public static TableDoc edited(TableDoc before, TableEdit edit, String user) {
        Author person = Author.person(user);
        List<ColumnDoc> columns = new ArrayList<>(before.columns());
        for (Map.Entry<String, String> line : edit.columns().entrySet()) {
            int place = place(before, line.getKey());
            ColumnDoc column = before.columns().get(place);
            columns.set(place, new ColumnDoc(column.column(), text(column.line(), line.getValue(), person)));
        }
        boolean isTakenBack = edit.technical().filter(String::isEmpty).isPresent()
                || edit.business().filter(String::isEmpty).isPresent()
                || edit.columns().containsValue("");
        return new TableDoc(
                before.table(),
                text(before.technical(), edit.technical(), person),
                text(before.business(), edit.business(), person),
                columns,
                isTakenBack ? "" : before.fingerprint());
    }

    private static int place(TableDoc doc, String column) {
        for (int i = 0; i < doc.columns().size(); i++) {
            if (doc.columns().get(i).column().equalsIgnoreCase(column)) {
                return i;
            }
        }
        throw new StudioException(
                ErrorCode.UNKNOWN_COLUMN,
                "Table " + StudioException.quote(doc.table().table()) + " has no column "
                        + StudioException.quote(column),
                "Use one of "
                        + doc.columns().stream()
                                .map(ColumnDoc::column)
                                .limit(50)
                                .toList());
    }

    private static DocText text(DocText before, Optional<String> after, Author person) {
        return after.map(text -> text(before, text, person)).orElse(before);
    }

    private static DocText text(DocText before, String after, Author person) {
        return after.isEmpty() ? new DocText(before.text(), Author.builtIn("")) : new DocText(after, person);
    }
}
