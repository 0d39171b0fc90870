--- select-commit-delete: leaves the transaction between two harmless looking parts
SELECT 1; COMMIT; DELETE FROM orders; SELECT 2
--- semicolon-after-line-comment: the line comment ends before the second statement
SELECT 1 -- harmless
; DROP VIEW orders
--- truncate: removes all rows
TRUNCATE orders
--- merge: writes rows
MERGE INTO orders USING customers ON orders.region = customers.region WHEN MATCHED THEN DELETE
--- drop-view: removes a table
DROP VIEW orders
--- drop-table-cascade: removes stored rows
DROP TABLE studio_0.main.data CASCADE
--- create-temp-table: read-only attachments don't stop temporary tables
CREATE TEMP TABLE mine AS SELECT * FROM orders
--- create-or-replace-view: puts another query behind a known name
CREATE OR REPLACE VIEW orders AS SELECT 1 AS id
--- create-macro: puts code behind a function's name
CREATE MACRO sum(x) AS 0
--- create-table-macro: puts a query behind a function's name
CREATE TEMP MACRO steal() AS TABLE SELECT * FROM orders
--- create-secret: stores a credential
CREATE SECRET s (TYPE S3, KEY_ID 'k', SECRET 's')
--- create-schema: makes a schema
CREATE SCHEMA mine
--- create-sequence: makes a counter
CREATE SEQUENCE counter
--- create-type: makes a type
CREATE TYPE mood AS ENUM ('a')
--- cte-delete-stored: the same on the stored table by its full name
WITH gone AS (DELETE FROM studio_0.main.data RETURNING *) SELECT count(*) FROM gone
--- cte-delete-in-union: hidden in one arm of a set operation
SELECT 1 UNION ALL (WITH a AS (DELETE FROM orders RETURNING id) SELECT id FROM a)
--- cte-delete-in-scalar-subquery: hidden in an expression
SELECT (WITH a AS (DELETE FROM orders RETURNING id) SELECT count(*) FROM a)
--- cte-before-delete: the statement itself deletes
WITH a AS (SELECT 1) DELETE FROM orders WHERE id IN (SELECT * FROM a)
--- copy-to-file: writes a file
COPY orders TO '${written}'
--- copy-query-to-parquet: writes a file
COPY (SELECT 1) TO '${written}' (FORMAT parquet)
--- copy-over-stored-file: overwrites the stored file in place
COPY (SELECT 1 AS id) TO '${data}' (FORMAT parquet, USE_TMP_FILE false)
--- copy-from-file: reads a file
COPY orders FROM '${canary}'
--- copy-from-database: copies everything
COPY FROM DATABASE studio_0 TO memory
--- copy-to-program-device: writes to a device
COPY orders TO '/dev/stdout'
--- attach-memory: still allowed by a locked engine
ATTACH ':memory:' AS mine
--- attach-file: opens another file
ATTACH '${canary}' AS other
--- attach-stored-file-writable: opens the stored file for writing
ATTACH '${data}' AS again (READ_WRITE)
--- detach: takes the data away
DETACH studio_0
--- use: changes where names are looked up
USE studio_0
--- export-database: writes files
EXPORT DATABASE '${written}'
--- import-database: runs SQL from files
IMPORT DATABASE '${canary}'
--- install: fetches code
INSTALL httpfs
--- install-from: fetches code from a place of the writer's choice
INSTALL evil FROM 'http://127.0.0.1:9/'
--- load: runs code
LOAD httpfs
--- load-file: runs code from a file
LOAD '${canary}'
--- pragma: reads and sets
PRAGMA database_list
--- pragma-profiling: prints to standard output
PRAGMA enable_profiling
--- set: lifts a limit
SET memory_limit = '100GB'
--- set-external-access: opens the file system
SET enable_external_access = true
--- set-search-path: changes where names are looked up
SET search_path = 'studio_0.main'
--- set-variable: keeps state between callers
SET VARIABLE x = 1
--- reset: lifts a limit
RESET memory_limit
--- call: runs a procedure
CALL duckdb_settings()
--- call-checkpoint: writes the database file
CALL force_checkpoint('studio_0')
--- prepare: keeps a statement for later
PREPARE p AS DELETE FROM orders
--- execute: runs a kept statement
EXECUTE p
--- deallocate: drops a kept statement
DEALLOCATE p
--- vacuum: writes the database file
VACUUM
--- checkpoint: writes the database file
CHECKPOINT studio_0
--- begin: opens a transaction that stays open
BEGIN TRANSACTION
--- commit: ends the read-only transaction
COMMIT
--- comment-on: changes the catalogue
COMMENT ON VIEW orders IS 'x'
--- show-tables: lists what is not the caller's
SHOW TABLES
--- show-databases-inside: the same as a table
SELECT * FROM (SHOW DATABASES)
--- show-all-tables: lists every attached file
SHOW ALL TABLES
--- read-csv: reads a file
SELECT * FROM read_csv('${canary}')
--- read-csv-auto: reads a file
SELECT * FROM read_csv_auto('${canary}')
--- read-text: reads a file
SELECT content FROM read_text('${canary}')
--- read-text-wide-name: quoted and in capitals
SELECT * FROM "READ_TEXT"('${canary}')
--- read-text-qualified: with its schema
SELECT * FROM system.main.read_text('${canary}')
--- read-blob: reads a file
SELECT * FROM read_blob('${canary}')
--- read-parquet: reads a file
SELECT * FROM read_parquet('${canary}')
--- parquet-scan: another name of the same
SELECT * FROM parquet_scan('${canary}')
--- read-json: reads a file
SELECT * FROM read_json('${canary}')
--- read-json-objects: reads a file
SELECT * FROM read_json_objects('${canary}')
--- read-duckdb: opens another database as a table
SELECT * FROM read_duckdb('${data}')
--- glob: lists files
SELECT * FROM glob('/*')
--- sniff-csv: reads a file's head
SELECT * FROM sniff_csv('${canary}')
--- parquet-metadata: reads a file's head
SELECT * FROM parquet_metadata('${canary}')
--- file-as-table: a quoted file name is a table
SELECT * FROM '${canary}'
--- file-as-table-double-quotes: the same with the other quotes
SELECT * FROM "${canary}"
--- relative-file-as-table: a name with a known ending is a file
FROM 'secrets.csv'
--- url-as-table: fetches from the network
SELECT * FROM 'http://127.0.0.1:9/x.csv'
--- file-in-subquery: hidden in an expression
SELECT (SELECT count(*) FROM read_text('${canary}')) AS n FROM orders
--- file-in-lateral-join: hidden in a join
SELECT * FROM orders, LATERAL (SELECT * FROM read_text('${canary}')) f
--- file-in-exists: hidden in a condition
SELECT 1 FROM orders WHERE EXISTS (FROM read_text('${canary}'))
--- file-in-order-by: hidden in the order
SELECT id FROM orders ORDER BY (SELECT count(*) FROM read_text('${canary}'))
--- file-in-limit: hidden in the limit
SELECT id FROM orders LIMIT (SELECT count(*) FROM read_text('${canary}'))
--- file-in-pivot: hidden in a pivot's source
FROM (PIVOT (FROM read_csv('${canary}')) ON a IN (1) USING count(*))
--- file-in-describe: reads the file's head
DESCRIBE SELECT * FROM read_csv('${canary}')
--- file-in-summarize: reads the whole file
SUMMARIZE SELECT * FROM '${canary}'
--- file-in-window: hidden in a window's frame
SELECT sum(id) OVER (ORDER BY (SELECT count(*) FROM read_text('${canary}'))) FROM orders
--- getenv: reads the environment
SELECT getenv('HOME')
--- getenv-method: the same in method syntax
SELECT 'HOME'.getenv()
--- getenv-in-list: hidden in a lambda
SELECT list_transform(['HOME'], lambda x: getenv(x))
--- current-setting: reads a setting
SELECT current_setting('temp_directory')
--- getvariable: reads what another caller kept
SELECT getvariable('x')
--- duckdb-settings: lists settings
SELECT * FROM duckdb_settings()
--- duckdb-secrets: lists credentials
SELECT * FROM duckdb_secrets()
--- duckdb-databases: lists the attached files with their paths
SELECT path FROM duckdb_databases()
--- duckdb-databases-view: the same through the view
SELECT path FROM duckdb_databases
--- pragma-as-function: a pragma as a table
SELECT * FROM pragma_table_info('orders')
--- sqlite-master: the catalogue
SELECT * FROM sqlite_master
--- information-schema: the catalogue
SELECT * FROM information_schema.tables
--- pg-catalog: the catalogue
SELECT * FROM pg_catalog.pg_class
--- shadowed-catalog-view: a name in scope elsewhere must not open the real one here
SELECT * FROM (WITH duckdb_databases AS (SELECT 1) SELECT * FROM duckdb_databases) a, duckdb_databases b
--- self-named-cte: inside its own definition the name is still the real one
WITH duckdb_databases AS (SELECT * FROM duckdb_databases) SELECT * FROM duckdb_databases
--- stored-table-by-full-name: goes round the names that the caller was given
SELECT * FROM studio_0.main.data
--- other-schema: a table by its schema
SELECT * FROM main.orders
--- query-function: runs text as a query
SELECT * FROM query('SELECT * FROM duckdb_settings()')
--- query-table-function: reads a table by a computed name
SELECT * FROM query_table('duckdb_' || 'settings')
--- histogram-table-macro: reads a table by a computed name
SELECT * FROM histogram('orders', amount)
--- json-execute: runs a serialised statement
SELECT * FROM json_execute_serialized_sql(json_serialize_sql('SELECT 1'))
--- json-plan: plans a serialised statement, which opens its files
SELECT json_serialize_plan('SELECT * FROM read_csv(''${canary}'')')
--- nextval: changes a counter
SELECT nextval('counter')
--- setseed: changes the chance of other callers
SELECT setseed(0.5)
--- write-log: writes to the engine's log
SELECT write_log('x')
--- sleep: holds a worker
SELECT sleep_ms(600000)
--- pg-sleep: holds a worker
SELECT pg_sleep(600)
--- enable-logging: writes logs
SELECT * FROM enable_logging()
--- test-all-types: internal test data
SELECT * FROM test_all_types()
--- time-travel: reads another version
SELECT * FROM orders AT (VERSION => 1)
--- default-value: has no meaning in a query
SELECT DEFAULT
--- zero-width-space: a key word that text searches overlook
SEL${U+200B}ECT 1; DELETE FROM orders
--- right-to-left-override: shown in another order than it is run
SELECT 1 ${U+202E}/* */; DELETE FROM orders
--- byte-order-mark: before the real statement
${U+FEFF}DELETE FROM orders
--- half-surrogate: can't be sent as UTF-8 and comes out as something else
SELECT '${U+D800}'; DELETE FROM orders
--- nested-comment: ends earlier or later than it looks
SELECT 1 /* /* */ */ ; DELETE FROM orders
--- backslash-string: a backslash that ends the text or not
SELECT '\'; DELETE FROM orders; --'
--- deep-lists: overruns a recursive parser's stack
SELECT ${30000 times '['}1${30000 times ']'}
--- deep-not: overruns a recursive parser's stack without a bracket
SELECT ${20000 times 'NOT '}true
--- deep-minus: overruns a recursive parser's stack without a bracket
SELECT ${20000 times '- '}1
--- long-sum: a tree as deep as the text is long
SELECT 1${20000 times '+1'}
--- endless-series: runs for hours
SELECT count(*) FROM generate_series(1, 1000000000000) a(x), generate_series(1, 1000000) b(y) WHERE x * y % 7 = 3
--- endless-recursion: never ends
WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT count(*) FROM r
--- exploding-recursion: doubles without end
WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n FROM r, (VALUES (1), (2)) v(x)) SELECT count(*) FROM r
--- cross-joins: the product of everything with everything
SELECT count(*) FROM range(1000000) a, range(1000000) b, range(1000000) c WHERE a.range + b.range + c.range = 7
--- huge-list: a list that fills the memory
SELECT len(range(4000000000))
--- huge-text: a text that fills the memory
SELECT sum(length(repeat('x', 400000000))) FROM range(1000)
--- huge-group: a hash table that fills memory and disk
SELECT count(*) FROM (SELECT DISTINCT hash(a.range, b.range) FROM range(1000000) a, range(1000000) b)
