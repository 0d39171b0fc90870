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
