package dev.datastudio.core.source.internal;

/**
 * Where a database keeps its schema, as four queries. Each takes the wanted schema twice, empty for all.
 *
 * @param tables schema, table, TABLE or VIEW, comment, row estimate; ordered
 * @param columns schema, table, column, native type, nullable as 1 or 0, default, comment; ordered by position
 * @param keys schema, table, key, P or U, column; ordered by key and position
 * @param foreignKeys schema, table, key, column, target schema, target table, target column; ordered by position
 */
record Catalogue(String tables, String columns, String keys, String foreignKeys) {
    private static final String POSTGRES_SCHEMAS =
            " n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' AND (? = '' OR n.nspname = ?) ";

    static final Catalogue POSTGRESQL = new Catalogue(
            """
            SELECT n.nspname, c.relname, CASE WHEN c.relkind IN ('v', 'm') THEN 'VIEW' ELSE 'TABLE' END,
                   pg_catalog.obj_description(c.oid, 'pg_class'),
                   CASE WHEN c.relkind IN ('v', 'f') OR c.reltuples < 0 THEN -1 ELSE c.reltuples::bigint END
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
              AND pg_catalog.has_any_column_privilege(c.oid, 'SELECT') AND""" + POSTGRES_SCHEMAS + "ORDER BY 1, 2",
            """
            SELECT n.nspname, c.relname, a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod),
                   CASE WHEN a.attnotnull THEN 0 ELSE 1 END, pg_catalog.pg_get_expr(d.adbin, d.adrelid),
                   pg_catalog.col_description(c.oid, a.attnum)
            FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
            WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition AND a.attnum > 0
              AND NOT a.attisdropped AND""" + POSTGRES_SCHEMAS + "ORDER BY 1, 2, a.attnum",
            """
            SELECT n.nspname, c.relname, x.relname, CASE WHEN i.indisprimary THEN 'P' ELSE 'U' END, a.attname
            FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indrelid
            JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            CROSS JOIN LATERAL unnest(i.indkey::int2[]) WITH ORDINALITY AS k(attnum, position)
            JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum
            WHERE i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL
              AND k.position <= i.indnkeyatts AND""" + POSTGRES_SCHEMAS + "ORDER BY 1, 2, 3, k.position",
            """
            SELECT n.nspname, c.relname, f.conname, a.attname, tn.nspname, t.relname, ta.attname
            FROM pg_catalog.pg_constraint f JOIN pg_catalog.pg_class c ON c.oid = f.conrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_catalog.pg_class t ON t.oid = f.confrelid
            JOIN pg_catalog.pg_namespace tn ON tn.oid = t.relnamespace
            CROSS JOIN LATERAL unnest(f.conkey, f.confkey) WITH ORDINALITY AS k(attnum, target, position)
            JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.attnum
            JOIN pg_catalog.pg_attribute ta ON ta.attrelid = t.oid AND ta.attnum = k.target
            WHERE f.contype = 'f' AND NOT c.relispartition AND""" + POSTGRES_SCHEMAS + "ORDER BY 1, 2, 3, k.position");

    /** A database is a schema there: the one that the connection uses. */
    private static final String MARIA_SCHEMA = " table_schema = DATABASE() AND (? = '' OR table_schema = ?) ";

    static final Catalogue MARIADB = new Catalogue(
            """
            SELECT '', table_name, CASE WHEN table_type LIKE '%VIEW' THEN 'VIEW' ELSE 'TABLE' END,
                   CASE WHEN table_type LIKE '%VIEW' THEN '' ELSE table_comment END, coalesce(table_rows, -1)
            FROM information_schema.tables
            WHERE table_type IN ('BASE TABLE', 'VIEW', 'SYSTEM VERSIONED') AND""" + MARIA_SCHEMA + "ORDER BY table_name",
            """
            SELECT '', table_name, column_name, column_type, CASE WHEN is_nullable = 'YES' THEN 1 ELSE 0 END,
                   column_default, column_comment
            FROM information_schema.columns WHERE""" + MARIA_SCHEMA + "ORDER BY table_name, ordinal_position",
            """
            SELECT '', table_name, index_name, CASE WHEN index_name = 'PRIMARY' THEN 'P' ELSE 'U' END, column_name
            FROM information_schema.statistics WHERE non_unique = 0 AND""" + MARIA_SCHEMA + "ORDER BY table_name, index_name, seq_in_index",
            """
            SELECT '', table_name, constraint_name, column_name,
                   CASE WHEN referenced_table_schema = DATABASE() THEN '' ELSE referenced_table_schema END,
                   referenced_table_name, referenced_column_name
            FROM information_schema.key_column_usage WHERE referenced_table_name IS NOT NULL AND""" + MARIA_SCHEMA + "ORDER BY table_name, constraint_name, ordinal_position");

    private static final String SQLITE_TABLES =
            " m.type IN ('table', 'view') AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND (? = '' OR ? = 'main') ";

    static final Catalogue SQLITE = new Catalogue(
            "SELECT '', m.name, upper(m.type), '', -1 FROM sqlite_schema m WHERE" + SQLITE_TABLES + "ORDER BY m.name",
            """
            SELECT '', m.name, p.name, p.type, p."notnull" = 0 AND p.pk = 0, p.dflt_value, ''
            FROM sqlite_schema m JOIN pragma_table_xinfo(m.name) p WHERE p.hidden <> 1 AND""" + SQLITE_TABLES + "ORDER BY m.name, p.cid",
            """
            SELECT '', name, 'key', kind, part FROM (
              SELECT m.name AS name, '' AS place, 'P' AS kind, p.name AS part, p.pk AS position
              FROM sqlite_schema m JOIN pragma_table_info(m.name) p WHERE p.pk > 0 AND""" + SQLITE_TABLES + """
              UNION ALL
              SELECT m.name, x.name, 'U', i.name, i.seqno
              FROM sqlite_schema m JOIN pragma_index_list(m.name) x JOIN pragma_index_info(x.name) i
              WHERE x."unique" = 1 AND x.partial = 0 AND x.origin <> 'pk' AND m.type = 'table')
            ORDER BY name, place, position""",
            """
            SELECT '', m.name, 'fk_' || f.id, f."from", '', f."table", f."to"
            FROM sqlite_schema m JOIN pragma_foreign_key_list(m.name) f WHERE""" + SQLITE_TABLES + "ORDER BY m.name, f.id, f.seq");

    private static final String DUCKDB_TABLES =
            " database_name = current_database() AND NOT internal AND (? = '' OR schema_name = ?) ";

    static final Catalogue DUCKDB = new Catalogue(
            "SELECT * FROM (SELECT schema_name, table_name, 'TABLE', comment, estimated_size FROM duckdb_tables() WHERE"
                    + DUCKDB_TABLES
                    + "UNION ALL SELECT schema_name, view_name, 'VIEW', comment, -1 FROM duckdb_views() WHERE"
                    + DUCKDB_TABLES + ") ORDER BY 1, 2",
            """
            SELECT schema_name, table_name, column_name, data_type, CASE WHEN is_nullable THEN 1 ELSE 0 END,
                   column_default, comment
            FROM duckdb_columns() WHERE""" + DUCKDB_TABLES + "ORDER BY 1, 2, column_index",
            """
            SELECT schema_name, table_name, CAST(constraint_index AS VARCHAR),
                   CASE WHEN constraint_type = 'PRIMARY KEY' THEN 'P' ELSE 'U' END, unnest(constraint_column_names)
            FROM duckdb_constraints()
            WHERE constraint_type IN ('PRIMARY KEY', 'UNIQUE') AND database_name = current_database()
              AND (? = '' OR schema_name = ?) ORDER BY schema_name, table_name, constraint_index""",
            """
            SELECT schema_name, table_name, CAST(constraint_index AS VARCHAR), unnest(constraint_column_names),
                   schema_name, referenced_table, unnest(referenced_column_names)
            FROM duckdb_constraints()
            WHERE constraint_type = 'FOREIGN KEY' AND database_name = current_database()
              AND (? = '' OR schema_name = ?) ORDER BY schema_name, table_name, constraint_index""");
}
