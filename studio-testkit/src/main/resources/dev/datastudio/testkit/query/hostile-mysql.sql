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
--- executed-comment: run by the server, overlooked by others
SELECT 1 /*! , (SELECT max(secret) FROM secrets) */
--- executed-comment-version: run by newer servers
SELECT 1 /*!50000 UNION SELECT secret FROM secrets */
--- executed-comment-mariadb: run by MariaDB only
SELECT 1 /*M! UNION SELECT secret FROM secrets */
--- hint-comment: sets variables for the statement
SELECT /*+ SET_VAR(max_statement_time = 0) */ 1
--- hash-comment: a comment here, an operator elsewhere
SELECT 1 # , 2
--- dash-dash-number: a comment elsewhere, two signs here
SELECT 1--1
--- into-outfile: writes a file
SELECT * FROM orders INTO OUTFILE '${written}'
--- into-outfile-early: writes a file
SELECT * INTO OUTFILE '${written}' FROM orders
--- into-dumpfile: writes a file
SELECT 'x' INTO DUMPFILE '${written}'
--- into-variable: keeps state between callers
SELECT 1 INTO @x
--- assign-variable: keeps state between callers
SELECT @x := 1
--- system-variable: tells about the server
SELECT @@version
--- system-variable-set: changes the server
SET GLOBAL max_statement_time = 0
--- set-statement: changes settings for the statement
SET STATEMENT max_statement_time = 0 FOR SELECT 1
--- load-file: reads a file
SELECT LOAD_FILE('${canary}')
--- load-file-spaced: with a space before its bracket
SELECT LOAD_FILE ('${canary}')
--- load-file-comment: with a comment before its bracket
SELECT LOAD_FILE/**/('${canary}')
--- load-file-quoted: the name in quotes
SELECT `load_file`('${canary}')
--- load-data: reads a file
LOAD DATA INFILE '${canary}' INTO TABLE orders
--- load-xml: reads a file
LOAD XML INFILE '${canary}' INTO TABLE orders
--- sleep: holds a worker
SELECT SLEEP(600)
--- sleep-in-where: holds a worker for each row
SELECT * FROM orders WHERE SLEEP(100)
--- sleep-in-order: holds a worker
SELECT * FROM orders ORDER BY SLEEP(100)
--- benchmark: holds a worker
SELECT BENCHMARK(10000000000, MD5('x'))
--- get-lock: keeps a lock
SELECT GET_LOCK('x', 600)
--- release-lock: frees a lock
SELECT RELEASE_ALL_LOCKS()
--- master-pos-wait: holds a worker
SELECT MASTER_POS_WAIT('x', 1, 600)
--- sys-exec: runs a program
SELECT sys_exec('touch ${written}')
--- sys-eval: runs a program
SELECT sys_eval('cat ${canary}')
--- next-value-for: changes a counter
SELECT NEXT VALUE FOR counter
--- nextval: changes a counter
SELECT NEXTVAL(counter)
--- setval: changes a counter
SELECT SETVAL(counter, 1)
--- last-insert-id: keeps state
SELECT LAST_INSERT_ID(5)
--- user: tells about the account
SELECT USER()
--- current-user: tells about the account
SELECT CURRENT_USER
--- database: tells about the server
SELECT DATABASE()
--- version: tells about the server
SELECT VERSION()
--- connection-id: tells about the session
SELECT CONNECTION_ID()
--- uuid-short: changes a counter
SELECT UUID_SHORT()
--- mysql-user: passwords
SELECT * FROM mysql.user
--- global-priv: passwords
SELECT * FROM mysql.global_priv
--- information-schema: the catalogue
SELECT * FROM information_schema.tables
--- information-schema-case: the catalogue
SELECT * FROM INFORMATION_SCHEMA.PROCESSLIST
--- performance-schema: what others run
SELECT * FROM performance_schema.threads
--- sys-schema: the server
SELECT * FROM sys.version
--- sequence-table: numbers without end
SELECT count(*) FROM seq_1_to_10000000000
--- secret-by-database: goes round the list of names
SELECT * FROM studio_1.secrets
--- secret-in-backticks: the same in backticks
SELECT * FROM `secrets`
--- show-tables: lists what is not the caller's
SHOW TABLES
--- show-grants: rights
SHOW GRANTS
--- describe: looks at a table
DESCRIBE secrets
--- handler: reads a table past SELECT
HANDLER secrets OPEN
--- table-statement: reads a table without SELECT
TABLE secrets
--- procedure-analyse: runs a procedure on the result
SELECT * FROM orders PROCEDURE ANALYSE()
--- lock-in-share-mode: takes locks
SELECT * FROM orders LOCK IN SHARE MODE
--- for-update-skip: takes locks
SELECT * FROM orders FOR UPDATE SKIP LOCKED
--- lock-tables: takes locks
LOCK TABLES orders WRITE
--- calc-found-rows: keeps state and scans everything
SELECT SQL_CALC_FOUND_ROWS * FROM orders LIMIT 1
--- straight-join: decides how the server works
SELECT STRAIGHT_JOIN * FROM orders
--- use-index: decides how the server works
SELECT * FROM orders USE INDEX (i)
--- partition: reads a part of a table
SELECT * FROM orders PARTITION (p0)
--- kill: ends other sessions
KILL 1
--- flush: changes the server
FLUSH TABLES
--- install-plugin: loads code
INSTALL SONAME 'x'
--- create-function: loads code
CREATE FUNCTION f RETURNS STRING SONAME 'x.so'
--- call: runs a procedure
CALL somebody()
--- prepare: keeps a statement
PREPARE p FROM 'DELETE FROM orders'
--- execute-immediate: runs text as a statement
EXECUTE IMMEDIATE 'DELETE FROM orders'
--- do: evaluates without a result
DO SLEEP(100)
--- begin-not-atomic: runs code
BEGIN NOT ATOMIC DELETE FROM orders; END
--- replace-into: writes rows
REPLACE INTO orders VALUES (1, 'x', 1, '2026-01-01')
--- truncate: removes all rows
TRUNCATE orders
--- on-duplicate: writes rows
INSERT INTO orders VALUES (1, 'x', 1, '2026-01-01') ON DUPLICATE KEY UPDATE id = 2
--- introducer: another character set for a text
SELECT _gbk'x'
--- binary-literal: a text by its bits
SELECT b'01'
--- hex-number: a text by its bytes
SELECT 0x736563726574
--- national-text: another character set for a text
SELECT N'x'
--- json-table: makes tables of texts
SELECT * FROM JSON_TABLE('[1]', '$[*]' COLUMNS (x INT PATH '$')) t
--- extractvalue: errors that tell what they read
SELECT EXTRACTVALUE(1, concat(0x7e, (SELECT secret FROM secrets)))
--- column-get: runs on a blob
SELECT COLUMN_GET('x', 'y' AS CHAR)
--- repeat: a text of any length
SELECT length(repeat('x', 1000000000))
--- rpad: a text of any length
SELECT length(rpad('x', 1000000000, 'y'))
--- space: a text of any length
SELECT length(space(1000000000))
--- cross-joins: the product of everything with everything
SELECT count(*) FROM orders a, orders b, orders c, orders d, orders e, orders f, orders g, orders h, orders i, orders j, orders k, orders l, orders m WHERE a.id + m.id > 0
--- delimiter: a client's command
DELIMITER //
--- backslash-command: a client's command
SELECT 1 \g
