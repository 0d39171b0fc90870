--- all-rows: 6
SELECT * FROM orders
--- quoted-name-any-case: 6
select * from "ORDERS"
--- comment-and-semicolon: 6
SELECT id /* the key */ FROM orders; -- all of them
--- quoted-names: 6
SELECT `id` AS [the; id], o."region" FROM [orders] AS o
--- unicode-and-quotes-in-texts: 1
SELECT 'Größe 数据 😀', 'it''s', 'a\b', ';' AS "Größe; DROP"
--- group-having: 2
SELECT region, count(*), sum(amount), avg(amount), min(placed), max(placed) FROM orders GROUP BY region HAVING count(*) > 1 ORDER BY 2 DESC NULLS LAST, region
--- filter-clause: 1
SELECT count(*) FILTER (WHERE amount > 10) AS large, count(DISTINCT region) FROM orders
--- windows: 6
SELECT rank() OVER w, sum(amount) OVER (PARTITION BY region ORDER BY placed ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW), lag(amount, 1) OVER w, first_value(amount) OVER w FROM orders WINDOW w AS (ORDER BY amount)
--- cte-chain: 1
WITH totals AS (SELECT region, sum(amount) AS total FROM orders GROUP BY region), best AS (SELECT max(total) AS m FROM totals) SELECT m FROM best
--- recursive-cte: 5
WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 5) SELECT n FROM r
--- set-operations: 3
SELECT region FROM orders EXCEPT SELECT 'Nowhere' ORDER BY 1
--- joins: 6
SELECT o.id, c.manager FROM orders o LEFT JOIN customers c ON o.region = c.region
--- join-using: 4
SELECT o.id, c.manager FROM orders o JOIN customers c USING (region)
--- subqueries: 2
SELECT * FROM orders o WHERE amount > (SELECT avg(amount) FROM orders) AND NOT EXISTS (SELECT 1 FROM customers WHERE manager IS NULL)
--- in-and-between: 3
SELECT * FROM orders WHERE region IN ('North', 'South') AND amount BETWEEN 5 AND 20 AND region NOT LIKE '%x%'
--- values: 2
VALUES (1, 'a'), (2, 'b')
--- dates: 6
SELECT strftime('%Y', placed), date(placed, '+1 month'), julianday(placed) - julianday('2025-01-01') FROM orders WHERE placed < date('now', '+100 years')
--- texts: 6
SELECT upper(region), substr(region, 1, 2), replace(region, 'o', '0'), region || '!', length(trim(region)), instr(region, 'o') FROM orders
--- numbers: 6
SELECT abs(amount), round(amount, 1), amount / 3, id % 2, -amount, max(id, 3), CAST(amount AS INTEGER) FROM orders
--- case-and-null: 6
SELECT CASE WHEN amount > 20 THEN 'large' ELSE 'small' END, coalesce(amount, 0), ifnull(amount, 0), nullif(amount, 5), iif(amount > 5, 1, 0), amount IS NOT NULL FROM orders
--- group-concat: 1
SELECT group_concat(region, ', ') FROM orders
--- limit-offset: 2
SELECT * FROM orders ORDER BY amount DESC, id LIMIT 2 OFFSET 1
