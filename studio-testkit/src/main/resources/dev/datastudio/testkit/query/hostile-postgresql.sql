--- copy-to-file: writes a file
COPY orders TO '${written}'
--- copy-to-program: runs a program
COPY orders TO PROGRAM 'touch ${written}'
--- copy-from-program: runs a program
COPY orders FROM PROGRAM 'cat ${canary}'
--- do-block: runs code
DO $$ BEGIN DELETE FROM orders; END $$
--- call: runs a procedure
CALL somebody()
--- set: changes a setting
SET statement_timeout = 0
--- set-role: takes another's rights
SET ROLE postgres
--- set-transaction: lifts the read-only transaction
SET TRANSACTION READ WRITE
--- set-config: the same as a function
SELECT set_config('transaction_read_only', 'off', false)
--- set-config-qualified: the same by its schema
SELECT pg_catalog.set_config('statement_timeout', '0', false)
--- reset: changes a setting
RESET ALL
--- show: tells about the server
SHOW data_directory
--- current-setting: tells about the server
SELECT current_setting('data_directory')
--- listen: keeps state
LISTEN x
--- notify: tells other sessions
NOTIFY x, 'y'
--- prepare: keeps a statement
PREPARE p AS DELETE FROM orders
--- execute: runs a kept statement
EXECUTE p
--- lock: takes locks
LOCK TABLE orders
--- vacuum: writes
VACUUM orders
--- pg-sleep: holds a worker
SELECT pg_sleep(600)
--- pg-sleep-in-where: holds a worker for each row
SELECT * FROM orders WHERE pg_sleep(100) IS NULL
--- pg-sleep-as-table: holds a worker
SELECT * FROM pg_sleep(600)
--- pg-sleep-unicode: the name by its characters' numbers
SELECT U&"\0070g_sleep"(600)
--- pg-sleep-quoted: the name in quotes
SELECT "pg_sleep"(600)
--- pg-sleep-alias: the name as that of a table
WITH pg_sleep(x) AS (SELECT 1) SELECT pg_sleep(600)
--- pg-read-file: reads a file
SELECT pg_read_file('${canary}')
--- pg-read-binary-file: reads a file
SELECT pg_read_binary_file('${canary}')
--- pg-read-file-as-table: reads a file
SELECT * FROM pg_read_file('${canary}') AS f(x)
--- pg-ls-dir: lists files
SELECT * FROM pg_ls_dir('/')
--- rows-from: lists files
SELECT * FROM ROWS FROM (pg_ls_dir('/')) AS f(x)
--- pg-stat-file: looks at a file
SELECT pg_stat_file('${canary}')
--- lo-import: reads a file
SELECT lo_import('${canary}')
--- lo-export: writes a file
SELECT lo_export(1, '${written}')
--- lo-get: reads a large object
SELECT lo_get(1)
--- dblink: opens a connection
SELECT * FROM dblink('host=127.0.0.1', 'SELECT 1') AS t(x int)
--- query-to-xml: runs text as a query
SELECT query_to_xml('SELECT * FROM secrets', true, true, '')
--- table-to-xml: reads a table by its name as a text
SELECT table_to_xml('secrets', true, true, '')
--- cursor-to-xml: reads a cursor
SELECT cursor_to_xml('c', 1, true, true, '')
--- database-to-xml: reads everything
SELECT database_to_xml(true, true, '')
--- xmlparse: opens what the text names
SELECT xmlparse(document '<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>')
--- terminate: ends other sessions
SELECT pg_terminate_backend(1)
--- cancel-backend: stops other sessions
SELECT pg_cancel_backend(1)
--- reload-conf: changes the server
SELECT pg_reload_conf()
--- advisory-lock: keeps a lock
SELECT pg_advisory_lock(1)
--- nextval: changes a counter
SELECT nextval('counter')
--- setval: changes a counter
SELECT setval('counter', 1)
--- current-user: tells about the account
SELECT current_user
--- session-user: tells about the account
SELECT session_user
--- user: tells about the account
SELECT user
--- version: tells about the server
SELECT version()
--- inet-server: tells about the server
SELECT inet_server_addr()
--- pg-class: the catalogue, found without its schema
SELECT relname FROM pg_class
--- pg-shadow: passwords
SELECT * FROM pg_shadow
--- pg-authid-qualified: passwords
SELECT rolpassword FROM pg_catalog.pg_authid
--- pg-settings: settings
SELECT * FROM pg_settings
--- pg-stat-activity: what others run
SELECT query FROM pg_stat_activity
--- information-schema: the catalogue
SELECT * FROM information_schema.tables
--- secret-by-schema: goes round the list of names
SELECT * FROM public.secrets
--- secret-by-database: goes round the list of names
SELECT * FROM studio_1.public.secrets
--- secret-upper-case: folded to the same name
SELECT * FROM SECRETS
--- table-statement: reads a table without SELECT
TABLE secrets
--- only: reads a table
SELECT * FROM ONLY secrets
--- regclass: looks a name up
SELECT 'secrets'::regclass
--- regproc: looks a function up
SELECT 'pg_sleep'::regproc
--- cast-to-xml: a type that opens files in old servers
SELECT '<x/>'::xml
--- escape-string: hides characters
SELECT E'\x27; DELETE FROM orders; --'
--- unicode-string: hides characters
SELECT U&'\0027'
--- dollar-tag: hides a statement's end
SELECT $x$ ; $x$
--- row-function: a function in the shape of a column
SELECT (o).row_to_json FROM orders o
--- lpad: a text of any length
SELECT length(lpad('x', 1000000000))
--- repeat: a text of any length
SELECT length(repeat('x', 1000000000))
--- endless-series: runs for hours
SELECT count(*) FROM generate_series(1, 1000000000000) a(x)
--- endless-recursion: never ends
WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT 3 - n FROM r) SELECT count(*) FROM r
--- cross-joins: the product of everything with everything
SELECT count(*) FROM generate_series(1, 10000) a(x), generate_series(1, 10000) b(y), generate_series(1, 10000) c(z) WHERE x + y + z = 7
--- for-share: takes locks
SELECT * FROM orders FOR SHARE
--- for-no-key-update: takes locks
SELECT * FROM orders FOR NO KEY UPDATE
--- tablesample: runs a sampling method of somebody's
SELECT * FROM orders TABLESAMPLE system (1)
--- json-path-operator: not told apart from a place for a value
SELECT '{}'::jsonb @? '$.a'
--- operator-function: an operator by its schema
SELECT 1 OPERATOR(pg_catalog.+) 1
--- growing-regexp-replace: each group copies the whole
SELECT regexp_replace(regexp_replace(regexp_replace(region, '(.*)', '\1\1\1\1\1\1'), '(.*)', '\1\1\1\1\1'), '(.*)', '\1\1') FROM orders
