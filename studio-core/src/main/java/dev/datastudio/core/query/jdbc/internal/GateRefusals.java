package dev.datastudio.core.query.jdbc.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.query.internal.Refusals;
import java.util.List;

/** The words with which the gates of other engines refuse, besides those that all have, {@link Refusals}. */
final class GateRefusals {
    private static final int MAX_SHOWN = 20;

    private GateRefusals() {}

    static StudioException tooLong(int length, int limit) {
        return refused(
                "The statement has " + length + " characters or words; at most " + limit + " are allowed",
                "Shorten it, for instance by joining with a table in place of a long list");
    }

    static StudioException severalStatements() {
        return refused("The text holds more than one statement", "Send one SELECT statement at a time");
    }

    static StudioException ambiguous(String what, String mend) {
        return refused("The statement holds " + what + " that engines read differently", mend);
    }

    static StudioException symbol(char symbol) {
        return refused(
                "The statement holds the character " + StudioException.quote(symbol) + " outside of quotes",
                "Take it out; names with other characters stand in quotes");
    }

    static StudioException syntax(String what) {
        return new StudioException(
                ErrorCode.SQL_INVALID,
                "The statement has a syntax error: " + what,
                "Mend it there; texts stand in single quotes");
    }

    static StudioException notSelect(String word) {
        return refused(
                "The text " + StudioException.quote(word + " …") + " is not one statement that only reads",
                "Send one SELECT statement over the tables");
    }

    static StudioException word(String word) {
        return refused(
                "The statement holds the word " + StudioException.quote(word) + ", which is not allowed here",
                "Put it in quotes if it is a name; else write a plain SELECT that only reads the tables");
    }

    static StudioException growth(String name) {
        return refused(
                "The function " + StudioException.quote(name) + " may make a text too long here",
                "Call it fewer times, outside of recursion, and replace by shorter texts that stand in the statement");
    }

    static StudioException type(String name) {
        return refused(
                "The type " + StudioException.quote(name) + " is not among the types allowed here",
                "Cast to a number, text, date or timestamp");
    }

    static StudioException misread() {
        return refused(
                "The statement is written in a way that can't be checked",
                "Write it more simply, with brackets where operators mix");
    }

    static StudioException systemTable(String name) {
        return refused(
                "The table " + StudioException.quote(name) + " belongs to the database itself, which is not read here",
                "Read from the tables of your data");
    }

    static StudioException otherDatabase(String name) {
        return refused(
                "The table " + StudioException.quote(name) + " is named with a database or a server",
                "Name it by its schema and its own name: schema.table");
    }

    static StudioException tableWithColumns(String alias) {
        return refused(
                "The table " + StudioException.quote(alias) + " is followed by brackets, which hold hints here",
                "Take the brackets away");
    }

    static StudioException unknownTable(String name, List<String> tables, String nearest) {
        String shown = String.join(", ", tables.subList(0, Math.min(MAX_SHOWN, tables.size())));
        return new StudioException(
                ErrorCode.SQL_INVALID,
                "There is no table " + StudioException.quote(name),
                "Use one of the tables [" + shown + (tables.size() > MAX_SHOWN ? ", …" : "") + "]" + nearest);
    }

    private static StudioException refused(String what, String mend) {
        return new StudioException(ErrorCode.SQL_REFUSED, what, mend);
    }
}
