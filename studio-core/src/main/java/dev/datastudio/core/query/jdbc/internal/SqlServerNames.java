package dev.datastudio.core.query.jdbc.internal;

import java.util.Locale;
import java.util.Set;

/**
 * Which names SQL Server may take for its own. It compares names by the database's collation, under which full-width
 * letters, accents, control characters and spaces at the end may count for nothing; so each character that is
 * not known to be only itself stands for anything here.
 */
final class SqlServerNames {
    private static final int MAX_LENGTH = 128;

    private static final Set<String> SYSTEM = Set.of(
            "sys",
            "information_schema",
            "master",
            "model",
            "msdb",
            "tempdb",
            "mssqlsystemresource",
            // the views of old versions, which are found in every schema
            "sysaltfiles",
            "syscacheobjects",
            "syscharsets",
            "syscolumns",
            "syscomments",
            "sysconfigures",
            "sysconstraints",
            "syscurconfigs",
            "syscursorcolumns",
            "syscursorrefs",
            "syscursors",
            "syscursortables",
            "sysdatabases",
            "sysdepends",
            "sysdevices",
            "sysfilegroups",
            "sysfiles",
            "sysforeignkeys",
            "sysfulltextcatalogs",
            "sysindexes",
            "sysindexkeys",
            "syslanguages",
            "syslockinfo",
            "syslogins",
            "sysmembers",
            "sysmessages",
            "sysobjects",
            "sysoledbusers",
            "sysopentapes",
            "sysperfinfo",
            "syspermissions",
            "sysprocesses",
            "sysprotects",
            "sysreferences",
            "sysremotelogins",
            "sysservers",
            "systypes",
            "sysusers");

    private SqlServerNames() {}

    /** Whether the server could read it as a name of its own, a temporary table or a variable. */
    static boolean maySystem(String name) {
        String plain = name.strip().toLowerCase(Locale.ROOT);
        if (plain.isEmpty() || plain.length() > MAX_LENGTH || plain.startsWith("#") || plain.startsWith("@")) {
            return true;
        }
        return SYSTEM.stream().anyMatch(system -> mayBe(plain, system));
    }

    /** Follows all readings at once: bit n is set when the name so far can be read as the first n letters. */
    private static boolean mayBe(String name, String system) {
        long read = 1;
        for (int i = 0; i < name.length() && read != 0; i++) {
            char c = name.charAt(i);
            read = isItself(c) ? (read & places(c, system)) << 1 : read | read << 1 | read << 2 | read << 3;
        }
        return (read >> system.length() & 1) == 1;
    }

    /** Printable ASCII, and letters far from it that have been in every collation from the beginning. */
    private static boolean isItself(char c) {
        boolean greekOrCyrillic = (c >= 0x0391 && c <= 0x03c9) || (c >= 0x0410 && c <= 0x044f);
        boolean kana = (c >= 0x3041 && c <= 0x3093) || (c >= 0x30a1 && c <= 0x30f3);
        boolean hanOrHangul = (c >= 0x4e00 && c <= 0x9fa5) || (c >= 0xac00 && c <= 0xd7a3);
        return (c > ' ' && c < 0x7f) || greekOrCyrillic || kana || hanOrHangul;
    }

    private static long places(char letter, String system) {
        long places = 0;
        for (int i = 0; i < system.length(); i++) {
            places |= system.charAt(i) == letter ? 1L << i : 0;
        }
        return places;
    }
}
