--- two-statements: the second runs too
SELECT 1; DROP TABLE orders
--- two-selects: a gate that looks at the first only is blind to the second
SELECT 1; SELECT 2
--- statement-after-comment: the comment hides the second from a text search
SELECT count(*) FROM orders /* ; */ ; DELETE FROM orders
--- semicolon-after-line-comment: the line comment ends before the second statement
SELECT 1 -- harmless
; DROP TABLE orders
--- commit-then-insert: leaves the read-only transaction first
COMMIT; INSERT INTO orders VALUES (99, 'x', 1, '2026-01-01')
--- insert: writes rows
INSERT INTO orders VALUES (99, 'x', 1, '2026-01-01')
--- insert-select: writes rows
INSERT INTO orders SELECT * FROM orders
--- update: changes rows
UPDATE orders SET amount = 0
--- delete: removes rows
DELETE FROM orders
--- delete-comment: the comment splits the key words
DELETE/**/FROM/**/orders
--- drop-table: removes a table
DROP TABLE orders
--- alter-table: changes a table
ALTER TABLE orders ADD COLUMN x INTEGER
--- create-table: makes a table
CREATE TABLE mine AS SELECT * FROM orders
--- create-temp-table: makes a table
CREATE TEMPORARY TABLE mine AS SELECT * FROM orders
--- create-view: makes a view
CREATE VIEW mine AS SELECT * FROM secrets
--- create-index: makes an index
CREATE INDEX i ON orders (id)
--- cte-delete: hidden in WITH
WITH gone AS (DELETE FROM orders RETURNING *) SELECT * FROM gone
--- cte-insert: hidden in WITH
WITH added AS (INSERT INTO orders VALUES (99, 'x', 1, '2026-01-01') RETURNING *) SELECT * FROM added
--- cte-update: hidden in WITH
WITH changed AS (UPDATE orders SET amount = 0 RETURNING *) SELECT * FROM changed
--- cte-delete-nested: hidden two levels down
SELECT * FROM (WITH a AS (WITH b AS (DELETE FROM orders RETURNING id) SELECT * FROM b) SELECT * FROM a) x
--- cte-before-delete: the statement itself deletes
WITH a AS (SELECT 1) DELETE FROM orders
--- begin: opens a transaction that stays open
BEGIN
--- rollback: ends the read-only transaction
ROLLBACK
--- explain: plans, and with ANALYZE runs
EXPLAIN SELECT 1
--- explain-analyze: runs what it explains
EXPLAIN ANALYZE DELETE FROM orders
--- analyze: writes statistics
ANALYZE
--- secret-table: a table that the caller was not given
SELECT * FROM secrets
--- secret-table-quoted: the same in quotes
SELECT secret FROM "secrets"
--- secret-in-subquery: hidden in an expression
SELECT (SELECT max(secret) FROM secrets) FROM orders
--- secret-in-union: hidden in a set operation
SELECT region FROM orders UNION ALL SELECT secret FROM secrets
--- secret-in-join: hidden in a join
SELECT * FROM orders JOIN secrets ON 1 = 1
--- secret-in-exists: hidden in a condition
SELECT 1 FROM orders WHERE EXISTS (SELECT 1 FROM secrets WHERE secret LIKE 'the%')
--- secret-in-order: hidden in the order
SELECT id FROM orders ORDER BY (SELECT count(*) FROM secrets)
--- secret-in-limit: hidden in the limit
SELECT id FROM orders LIMIT (SELECT count(*) FROM secrets)
--- secret-in-case: hidden in an expression
SELECT CASE WHEN id IN (SELECT 1 FROM secrets) THEN 1 END FROM orders
--- secret-in-window: hidden in a window
SELECT sum(id) OVER (ORDER BY (SELECT count(*) FROM secrets)) FROM orders
--- secret-behind-a-shadow: a name in scope elsewhere must not open the real one here
SELECT b.* FROM (WITH secrets AS (SELECT 1) SELECT * FROM secrets) a, secrets b
--- secret-in-its-own-name: inside its own definition the name is still the real one
WITH secrets AS (SELECT * FROM secrets) SELECT * FROM secrets
--- for-update: takes locks
SELECT * FROM orders FOR UPDATE
--- select-into: makes a table
SELECT * INTO mine FROM orders
--- unknown-function: does whatever somebody made it do
SELECT somebody_s_function(1)
--- qualified-function: a function by its schema
SELECT public.lower('x')
--- quoted-function: a function by its name in quotes
SELECT "lower"('x')
--- alias-for-a-function: an alias with columns must not make a call look like one
SELECT lpad(1) FROM (SELECT 1) AS lpad(x)
--- cte-for-a-function: a name with columns must not make a call look like one
WITH lpad(x) AS (SELECT 1) SELECT lpad('x', 2000000000)
--- empty: nothing to run
;
--- only-a-comment: nothing to run
-- DROP TABLE orders
--- full-width-semicolon: looks like one statement, is none
SELECT 1； DROP TABLE orders
--- no-break-space: a space that text searches overlook
DELETE${U+00A0}FROM${U+00A0}orders
--- zero-width-space: a key word that text searches overlook
SEL${U+200B}ECT 1
--- right-to-left-override: shown in another order than it is run
SELECT 1 ${U+202E}/* */
--- byte-order-mark: before the real statement
${U+FEFF}SELECT 1
--- nul-character: a parser in C may stop at it, the next one may not
SELECT 1 ${U+0000}; DELETE FROM orders
--- nul-in-text: ends the text in C
SELECT 'a${U+0000}b'
--- half-surrogate: can't be sent as UTF-8 and comes out as something else
SELECT '${U+D800}'
--- dollar-quotes: text that hides a statement's end
SELECT $$ ; $$ ; DELETE FROM orders
--- nested-comment: ends earlier or later than it looks
SELECT 1 /* /* */ , (SELECT max(secret) FROM secrets) -- */ */
--- open-comment: runs to the end in some engines
SELECT 1 /* open
--- carriage-return-comment: a comment that ends earlier for some engines
SELECT 1 -- x${U+000D}, (SELECT max(secret) FROM secrets)
--- open-quote: runs to the end in some engines
SELECT 'open
--- backslash-string: a backslash that ends the text or not
SELECT '\' || (SELECT max(secret) FROM secrets) || ';' --'
--- hex-text: a text by its bytes
SELECT X'736563726574'
--- number-and-letter: read as one word or as two
SELECT 1from secrets
--- at-variable: keeps state between callers
SELECT @x
--- deep-brackets: overruns a recursive parser's stack
SELECT ${30000 times '('}1${30000 times ')'}
--- some-brackets: takes a backtracking parser ages
SELECT ${45 times '('}1 + ${45 times ')'}
--- deep-not: overruns a recursive parser's stack without a bracket
SELECT ${15000 times 'NOT '}true
--- deep-minus: overruns a recursive parser's stack without a bracket
SELECT ${15000 times '- '}x
--- deep-case: overruns a recursive parser's stack without a bracket
SELECT ${5000 times 'CASE WHEN '}true
--- endless-text: longer than any question
SELECT 1 ${60000 times '    '}
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
