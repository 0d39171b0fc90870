--- all-rows: 6
SELECT * FROM orders
--- comment-and-semicolon: 6
SELECT id /* the key */ FROM orders; -- all of them
--- quoted-names: 6
SELECT `id` AS `the; id`, o."region" FROM `orders` AS o
--- unicode-and-quotes-in-texts: 1
SELECT 'Größe 数据 😀', 'it''s', 'it\'s', 'a\\b', ';' AS `Größe; DROP`
--- backslash-escapes-are-mysql-s: 1
SELECT 1 FROM customers WHERE region = 'North' AND concat('a', '\'') = 'a''' AND char_length('a\\b') = 3
--- bars-join-texts: 1
SELECT manager FROM customers WHERE manager || '!' = 'Ann!'
--- group-having: 2
SELECT region, count(*), sum(amount), avg(amount), min(placed), max(placed) FROM orders GROUP BY region HAVING count(*) > 1 ORDER BY 2 DESC, region
--- windows: 6
SELECT rank() OVER w, sum(amount) OVER (PARTITION BY region ORDER BY placed ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW), lag(amount, 1) OVER w, first_value(amount) OVER w FROM orders WINDOW w AS (ORDER BY amount)
--- cte-chain: 1
WITH totals AS (SELECT region, sum(amount) AS total FROM orders GROUP BY region), best AS (SELECT max(total) AS m FROM totals) SELECT m FROM best
--- recursive-cte: 5
WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 5) SELECT n FROM r
--- set-operations: 3
(SELECT region FROM orders EXCEPT SELECT 'Nowhere') INTERSECT SELECT region FROM orders
--- joins: 6
SELECT o.id, c.manager FROM orders o LEFT JOIN customers c ON o.region = c.region
--- join-using: 4
SELECT o.id, c.manager FROM orders o JOIN customers c USING (region)
--- subqueries: 2
SELECT * FROM orders o WHERE amount > (SELECT avg(amount) FROM orders) AND NOT EXISTS (SELECT 1 FROM customers WHERE manager IS NULL)
--- in-and-between: 3
SELECT * FROM orders WHERE region IN ('North', 'South') AND amount BETWEEN 5 AND 20 AND region NOT LIKE '%x%'
--- spread: 1
SELECT stddev_samp(amount), var_pop(amount), group_concat(DISTINCT region ORDER BY region SEPARATOR '; ') FROM orders
--- dates: 6
SELECT year(placed), quarter(placed), placed + INTERVAL 1 MONTH, date_format(placed, '%Y-%m'), datediff(placed, DATE '2025-01-01'), timestampdiff(DAY, placed, now()), last_day(placed) FROM orders WHERE placed < curdate() + INTERVAL 100 YEAR
--- texts: 6
SELECT upper(region), substring(region, 1, 2), replace(region, 'o', '0'), concat(region, '!'), substring_index(region, 'o', 1), region REGEXP '^N', char_length(trim(region)), left(region, 2) FROM orders
--- numbers: 6
SELECT abs(amount), round(amount, 1), amount / 3, id % 2, power(amount, 2), sqrt(amount), -amount, greatest(id, 3), CAST(amount AS DECIMAL(10, 2)), CAST(amount AS SIGNED) FROM orders
--- case-and-null: 6
SELECT CASE WHEN amount > 20 THEN 'large' ELSE 'small' END, coalesce(amount, 0), ifnull(amount, 0), nullif(amount, 5), if(amount > 5, 1, 0) FROM orders
--- limit-offset: 2
SELECT * FROM orders ORDER BY amount DESC, id LIMIT 2 OFFSET 1
