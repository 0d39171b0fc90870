--- attach-file: opens another file
ATTACH '${canary}' AS other
--- attach-new-file: makes a file
ATTACH DATABASE '${written}' AS other
--- detach: takes the data away
DETACH main
--- vacuum-into: writes a file
VACUUM INTO '${written}'
--- vacuum: writes the database file
VACUUM
--- pragma: reads and sets
PRAGMA query_only = OFF
--- pragma-writable-schema: opens the catalogue for writing
PRAGMA writable_schema = ON
--- pragma-journal: changes the file
PRAGMA journal_mode = DELETE
--- pragma-as-table: a pragma as a table
SELECT * FROM pragma_table_info('secrets')
--- pragma-as-bare-table: a pragma as a table
SELECT * FROM pragma_database_list
--- pragma-in-subquery: a pragma as a table
SELECT (SELECT file FROM pragma_database_list)
--- load-extension: loads code
SELECT load_extension('${canary}')
--- load-extension-entry: loads code
SELECT load_extension('x', 'y')
--- readfile: reads a file
SELECT readfile('${canary}')
--- writefile: writes a file
SELECT writefile('${written}', 'x')
--- edit: starts an editor
SELECT edit('x')
--- fts3-tokenizer: loads code by its address
SELECT fts3_tokenizer('x', 'y')
--- fts5: calls into the machine
SELECT fts5('x')
--- fsdir: lists files
SELECT * FROM fsdir('/')
--- zipfile: reads a file
SELECT * FROM zipfile('${canary}')
--- csv-table: opens a file as a table
CREATE VIRTUAL TABLE temp.c USING csv(filename='${canary}')
--- sqlite-master: the catalogue
SELECT * FROM sqlite_master
--- sqlite-schema: the catalogue
SELECT sql FROM sqlite_schema
--- sqlite-temp-master: the catalogue
SELECT * FROM sqlite_temp_master
--- sqlite-sequence: the catalogue
SELECT * FROM sqlite_sequence
--- sqlite-master-qualified: the catalogue
SELECT * FROM main.sqlite_master
--- sqlite-master-brackets: the catalogue
SELECT * FROM [sqlite_master]
--- sqlite-master-cte: a name in scope elsewhere must not open the real one here
SELECT b.* FROM (WITH sqlite_master AS (SELECT 1) SELECT * FROM sqlite_master) a, sqlite_master b
--- dbstat: the file's pages
SELECT * FROM dbstat
--- bytecode: how statements run
SELECT * FROM bytecode('SELECT 1')
--- sqlite-version: tells about the engine
SELECT sqlite_version()
--- sqlite-source-id: tells about the engine
SELECT sqlite_source_id()
--- sqlite-compileoption: tells about the engine
SELECT sqlite_compileoption_get(1)
--- sqlite-log: writes to the log
SELECT sqlite_log(1, 'x')
--- last-insert-rowid: tells what others did
SELECT last_insert_rowid()
--- changes: tells what others did
SELECT changes(), total_changes()
--- secret-by-schema: goes round the list of names
SELECT * FROM main.secrets
--- secret-brackets: the same in brackets
SELECT * FROM [secrets]
--- secret-backticks: the same in backticks
SELECT * FROM `secrets`
--- secret-upper-case: letter case doesn't count here
SELECT * FROM SECRETS
--- secret-in-single-quotes: a text is a name where a name must stand
SELECT * FROM 'secrets'
--- json-each: a table function
SELECT * FROM json_each('[1]')
--- generate-series: numbers without end
SELECT count(*) FROM generate_series(1, 1000000000000)
--- randomblob: bytes of any length
SELECT length(randomblob(1000000000))
--- zeroblob: bytes of any length
SELECT length(zeroblob(1000000000))
--- printf: a text of any length
SELECT length(printf('%1000000000d', 1))
--- format: a text of any length
SELECT length(format('%1000000000d', 1))
--- replace-into: writes rows
REPLACE INTO orders VALUES (1, 'x', 1, '2026-01-01')
--- insert-or-replace: writes rows
INSERT OR REPLACE INTO orders VALUES (1, 'x', 1, '2026-01-01')
--- upsert: writes rows
INSERT INTO orders VALUES (1, 'x', 1, '2026-01-01') ON CONFLICT DO NOTHING
--- create-trigger: runs later
CREATE TRIGGER t AFTER INSERT ON orders BEGIN DELETE FROM orders; END
--- create-virtual: makes a table of somebody's code
CREATE VIRTUAL TABLE v USING fts5(x)
--- reindex: writes the database file
REINDEX
--- savepoint: opens a transaction
SAVEPOINT x
--- begin-immediate: takes a lock
BEGIN IMMEDIATE
--- begin-exclusive: takes a lock
BEGIN EXCLUSIVE
--- explain-query-plan: tells about the engine
EXPLAIN QUERY PLAN SELECT 1
--- indexed-by: decides how the engine works
SELECT * FROM orders INDEXED BY i
--- named-parameter: a place for a value by its name
SELECT :x
--- dollar-parameter: a place for a value by its name
SELECT $x
--- numbered-parameter: a place for a value by its number
SELECT ?1
--- blob-text: a text by its bytes
SELECT x'00'
--- match: calls somebody's code
SELECT * FROM orders WHERE region MATCH 'x'
--- endless-recursion: never ends
WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT 3 - n FROM r) SELECT count(*) FROM r
--- cross-joins: the product of everything with everything
SELECT count(*) FROM orders a, orders b, orders c, orders d, orders e, orders f, orders g, orders h, orders i, orders j, orders k, orders l WHERE a.id + l.id > 0
--- dot-command: a client's command
.shell touch ${written}
--- growing-hex: twice as long with each call
SELECT hex(hex(hex(hex(hex(hex(hex(hex(hex(hex(hex(hex(hex(hex(region)))))))))))))) FROM orders
