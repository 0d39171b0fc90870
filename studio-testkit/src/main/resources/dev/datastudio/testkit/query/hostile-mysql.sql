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
--- growing-hex: twice as long with each call
SELECT hex(hex(hex(hex(hex(hex(hex(hex(hex(hex(hex(hex(hex(hex(region)))))))))))))) FROM orders
--- system-by-turkish-letters: folded by the server to plain ones
SELECT table_name FROM "${U+0130}NFORMAT${U+0130}ON_SCHEMA".tables
--- system-by-accents: compared without accents
SELECT 1 FROM "m${U+00FD}sql"."user"
