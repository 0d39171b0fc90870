--- all-rows: 6
SELECT * FROM orders
--- comment-and-semicolon: 6
SELECT id /* the key */ FROM orders; -- all of them
--- quoted-names: 6
SELECT [id] AS [the; id]], o], o."region" FROM [orders] AS o
--- unicode-and-quotes-in-texts: 1
SELECT N'Größe 数据 😀' AS a, 'Größe' AS b, 'it''s' AS c, 'a\b' AS d, ';' AS [Größe; DROP]
--- top: 2
SELECT TOP (2) * FROM orders ORDER BY amount DESC
--- top-without-brackets: 2
SELECT TOP 2 id FROM orders ORDER BY id
--- offset-fetch: 2
SELECT * FROM orders ORDER BY amount DESC, id OFFSET 1 ROWS FETCH NEXT 2 ROWS ONLY
--- group-having: 2
SELECT region, count(*) AS n, sum(amount) AS total, avg(amount) AS mean, min(placed) AS first, max(placed) AS last FROM orders GROUP BY region HAVING count(*) > 1 ORDER BY 2 DESC, region
--- windows: 6
SELECT rank() OVER (ORDER BY amount), sum(amount) OVER (PARTITION BY region ORDER BY placed ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW), lag(amount, 1) OVER (ORDER BY id), first_value(amount) OVER (ORDER BY id) FROM orders
--- cte-chain: 1
WITH totals AS (SELECT region, sum(amount) AS total FROM orders GROUP BY region), best AS (SELECT max(total) AS m FROM totals) SELECT m FROM best
--- recursive-cte: 5
WITH r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 5) SELECT n FROM r
--- set-operations: 3
SELECT region FROM orders EXCEPT SELECT 'Nowhere' UNION SELECT 'North'
--- joins: 6
SELECT o.id, c.manager FROM orders o LEFT JOIN customers c ON o.region = c.region
--- apply: 4
SELECT o.id, m.manager FROM orders o CROSS APPLY (SELECT c.manager FROM customers c WHERE c.region = o.region) AS m
--- subqueries: 2
SELECT * FROM orders o WHERE amount > (SELECT avg(amount) FROM orders) AND NOT EXISTS (SELECT 1 FROM customers WHERE manager IS NULL)
--- in-and-between: 3
SELECT * FROM orders WHERE region IN ('North', 'South') AND amount BETWEEN 5 AND 20 AND region NOT LIKE '%x%'
--- spread: 1
SELECT stdev(amount) AS s, varp(amount) AS v, string_agg(region, '; ') WITHIN GROUP (ORDER BY region) AS regions FROM orders
--- quantiles-as-windows: 6
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY amount) OVER (PARTITION BY region) AS m FROM orders
--- dates: 6
SELECT year(placed), datepart(quarter, placed), dateadd(month, 1, placed), format(placed, 'yyyy-MM'), datediff(day, '20250101', placed), eomonth(placed), datename(weekday, placed) FROM orders WHERE placed < dateadd(year, 100, getdate())
--- time-zone: 6
SELECT CAST(placed AS DATETIME2) AT TIME ZONE 'UTC' AS at FROM orders
--- texts: 6
SELECT upper(region), substring(region, 1, 2), replace(region, 'o', '0'), concat(region, '!'), region + '!', charindex('o', region), len(trim(region)), left(region, 2), stuff(region, 1, 1, 'x') FROM orders
--- numbers: 6
SELECT abs(amount), round(amount, 1), amount / 3, id % 2, power(amount, 2), sqrt(amount), -amount, CAST(amount AS DECIMAL(10, 2)), CONVERT(NVARCHAR(20), amount), TRY_CAST(region AS INT), CAST(region AS NVARCHAR(MAX)) FROM orders
--- case-and-null: 6
SELECT CASE WHEN amount > 20 THEN 'large' ELSE 'small' END, coalesce(amount, 0), isnull(amount, 0), nullif(amount, 5), iif(amount > 5, 1, 0) FROM orders
--- rollup: 4
SELECT region, sum(amount) AS total FROM orders GROUP BY ROLLUP (region)
--- values-as-table: 2
SELECT v.n FROM (VALUES (1), (2)) AS v(n)
