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
--- number-and-letter: read as one word or as two
SELECT 1from secrets
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
