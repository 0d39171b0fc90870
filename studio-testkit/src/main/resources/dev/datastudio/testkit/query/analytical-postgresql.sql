--- all-rows: 6
SELECT * FROM orders
--- comment-and-semicolon: 6
SELECT id /* the key */ FROM orders; -- all of them
--- quoted-names: 6
SELECT "id" AS "the; id", o."region" FROM "orders" AS o
--- unicode-and-quotes-in-texts: 1
SELECT 'Größe 数据 😀', 'it''s', 'a\b', ';' AS "Größe; DROP"
--- group-having: 2
SELECT region, count(*), sum(amount), avg(amount), min(placed), max(placed) FROM orders GROUP BY region HAVING count(*) > 1 ORDER BY 2 DESC NULLS LAST, region
--- filter-clause: 1
SELECT count(*) FILTER (WHERE amount > 10) AS large, count(DISTINCT region) FROM orders
--- rollup: 4
SELECT region, sum(amount), grouping(region) FROM orders GROUP BY ROLLUP (region)
--- windows: 6
SELECT rank() OVER w, sum(amount) OVER (PARTITION BY region ORDER BY placed ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW), lag(amount, 1) OVER w, first_value(amount) OVER w FROM orders WINDOW w AS (ORDER BY amount)
--- cte-chain: 1
WITH totals AS (SELECT region, sum(amount) AS total FROM orders GROUP BY region), best AS (SELECT max(total) AS m FROM totals) SELECT m FROM best
--- cte-with-a-table-s-name: 6
WITH orders AS (SELECT * FROM orders) SELECT * FROM orders
--- recursive-cte: 5
WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 5) SELECT n FROM r
--- set-operations: 3
(SELECT region FROM orders EXCEPT SELECT 'Nowhere') INTERSECT SELECT region FROM orders
--- joins: 6
SELECT o.id, c.manager FROM orders o LEFT JOIN customers c ON o.region = c.region
--- join-using: 4
SELECT o.id, c.manager FROM orders o JOIN customers c USING (region)
--- lateral-join: 6
SELECT o.id, x.twice FROM orders o, LATERAL (SELECT o.amount * 2 AS twice) x
--- subqueries: 2
SELECT * FROM orders o WHERE amount > (SELECT avg(amount) FROM orders) AND NOT EXISTS (SELECT 1 FROM customers WHERE manager IS NULL)
--- in-and-between: 3
SELECT * FROM orders WHERE region IN ('North', 'South') AND amount BETWEEN 5 AND 20 AND region NOT LIKE '%x%' AND region ILIKE '%o%'
--- values: 2
SELECT * FROM (VALUES (1, 'a'), (2, 'b')) v(n, word)
--- quantiles: 1
SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY amount), mode() WITHIN GROUP (ORDER BY region), stddev_samp(amount), corr(id, amount) FROM orders
--- dates: 6
SELECT date_trunc('month', placed), extract(quarter FROM placed), placed + INTERVAL '1 month', CAST(placed AS TIMESTAMP), placed - DATE '2025-01-01', to_char(placed, 'YYYY-MM') FROM orders WHERE placed < current_date + 36500
--- texts: 6
SELECT upper(region), substring(region, 1, 2), replace(region, 'o', '0'), region || '!', split_part(region, 'o', 1), region ~ '^N', length(trim(region)) FROM orders
--- numbers: 6
SELECT abs(amount), round(amount::numeric, 1), amount / 3, id % 2, power(amount, 2), sqrt(amount), -amount, greatest(id, 3), CAST(amount AS DECIMAL(10, 2)) FROM orders
--- case-and-null: 6
SELECT CASE WHEN amount > 20 THEN 'large' ELSE 'small' END, coalesce(amount, 0), nullif(amount, 5), amount IS DISTINCT FROM 1 FROM orders
--- series: 12
SELECT m FROM generate_series(1, 12) AS s(m)
--- distinct-on: 3
SELECT DISTINCT ON (region) region, amount FROM orders ORDER BY region, amount DESC
--- string-agg: 1
SELECT string_agg(region, ', ' ORDER BY region) FROM orders
--- limit-offset: 2
SELECT * FROM orders ORDER BY amount DESC, id LIMIT 2 OFFSET 1
