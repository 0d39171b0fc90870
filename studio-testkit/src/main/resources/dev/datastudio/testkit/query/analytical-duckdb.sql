--- all-rows: 6
SELECT * FROM orders
--- quoted-name-any-case: 6
select * from "ORDERS"
--- final-semicolon: 6
SELECT id FROM orders;
--- comment-at-the-end: 6
SELECT id FROM orders -- all of them
--- semicolon-in-text: 1
SELECT ';' AS "a;b"
--- from-first: 6
FROM orders
--- from-first-with-select: 3
FROM orders SELECT region GROUP BY region
--- table-statement: 6
TABLE orders
--- values: 2
VALUES (1, 'a'), (2, 'b')
--- group-by-all: 3
SELECT region, count(*), sum(amount), avg(amount), min(placed), max(placed) FROM orders GROUP BY ALL ORDER BY ALL
--- having: 2
SELECT region FROM orders GROUP BY region HAVING count(*) > 1
--- filter-clause: 1
SELECT count(*) FILTER (WHERE amount > 10) AS large, count(DISTINCT region) AS regions FROM orders
--- grouping-sets: 7
SELECT region, year(placed), grouping(region), sum(amount) FROM orders GROUP BY GROUPING SETS ((region), (year(placed)), (region, year(placed)), ()) HAVING count(*) > 0 ORDER BY 1, 2 LIMIT 7
--- rollup: 4
SELECT region, sum(amount) FROM orders GROUP BY ROLLUP (region)
--- case-expression: 6
SELECT CASE WHEN amount > 20 THEN 'large' WHEN amount IS NULL THEN 'none' ELSE 'small' END AS size FROM orders
--- window-sum: 6
SELECT id, sum(amount) OVER (PARTITION BY region ORDER BY placed ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) FROM orders
--- window-ranks: 6
SELECT rank() OVER w, dense_rank() OVER w, row_number() OVER w, ntile(2) OVER w, percent_rank() OVER w, cume_dist() OVER w FROM orders WINDOW w AS (ORDER BY amount)
--- window-lag-lead: 6
SELECT amount - lag(amount, 1, 0) OVER (ORDER BY placed), lead(amount) OVER (ORDER BY placed), first_value(amount) OVER (ORDER BY placed), last_value(amount) OVER (ORDER BY placed), nth_value(amount, 2) OVER (ORDER BY placed) FROM orders
--- qualify: 3
SELECT * FROM orders QUALIFY row_number() OVER (PARTITION BY region ORDER BY amount DESC) = 1
--- share-of-total: 3
SELECT region, 100.0 * sum(amount) / sum(sum(amount)) OVER () AS share FROM orders GROUP BY region
--- cte: 1
WITH totals AS (SELECT region, sum(amount) AS total FROM orders GROUP BY region) SELECT max(total) FROM totals
--- cte-chain: 1
WITH a AS (SELECT 1 AS x), b AS (SELECT x + 1 AS x FROM a) SELECT b.x FROM a, b
--- cte-with-a-table-s-name: 6
WITH orders AS (SELECT * FROM orders) SELECT * FROM orders
--- cte-materialized: 6
WITH a AS MATERIALIZED (SELECT * FROM orders) FROM a
--- recursive-cte: 5
WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 5) SELECT n FROM r
--- union: 4
SELECT region FROM orders UNION SELECT 'Nowhere' ORDER BY 1
--- union-by-name: 12
SELECT id, region FROM orders UNION ALL BY NAME SELECT region FROM orders
--- except-intersect: 3
(SELECT region FROM orders EXCEPT SELECT 'Nowhere') INTERSECT SELECT region FROM orders
--- scalar-subquery: 2
SELECT * FROM orders WHERE amount > (SELECT avg(amount) FROM orders)
--- correlated-exists: 4
SELECT * FROM orders o WHERE EXISTS (SELECT 1 FROM customers c WHERE c.region = o.region)
--- in-subquery: 4
SELECT * FROM orders WHERE region IN (SELECT region FROM customers)
--- any-subquery: 1
SELECT * FROM orders WHERE amount >= ALL (SELECT amount FROM orders)
--- inner-join: 4
SELECT o.id, c.manager FROM orders o JOIN customers c USING (region)
--- left-join: 6
SELECT o.id, c.manager FROM orders o LEFT JOIN customers c ON o.region = c.region
--- full-join: 6
SELECT * FROM orders FULL OUTER JOIN customers USING (region)
--- semi-anti-join: 2
SELECT * FROM orders ANTI JOIN customers USING (region)
--- asof-join: 6
SELECT * FROM orders a ASOF JOIN orders b ON a.placed >= b.placed
--- lateral-join: 6
SELECT o.id, x.double FROM orders o, LATERAL (SELECT o.amount * 2 AS double) x
--- self-join-on-range: 15
SELECT a.id, b.id FROM orders a JOIN orders b ON a.id < b.id
--- median-and-quantiles: 1
SELECT median(amount), quantile_cont(amount, 0.25), quantile_disc(amount, [0.1, 0.9]), mode(region), mad(amount) FROM orders
--- spread: 1
SELECT stddev_samp(amount), var_pop(amount), skewness(amount), kurtosis(amount), entropy(region) FROM orders
--- correlation-and-regression: 1
SELECT corr(id, amount), covar_pop(id, amount), regr_slope(amount, id), regr_intercept(amount, id), regr_r2(amount, id) FROM orders
--- histogram-aggregate: 1
SELECT histogram(region), approx_count_distinct(region), approx_quantile(amount, 0.5) FROM orders
--- arg-max: 3
SELECT region, arg_max(id, amount), any_value(region), first(id ORDER BY placed) FROM orders GROUP BY region
--- string-agg: 1
SELECT string_agg(region, ', ' ORDER BY region), list(DISTINCT region ORDER BY region) FROM orders
--- date-functions: 6
SELECT date_trunc('month', placed), year(placed), extract(quarter FROM placed), strftime(placed, '%Y-%m'), dayname(placed), date_diff('day', placed, DATE '2026-12-31'), placed + INTERVAL 1 MONTH, last_day(placed), time_bucket(INTERVAL '7 days', placed) FROM orders
--- current-date: 6
SELECT * FROM orders WHERE placed < current_date + INTERVAL 100 YEAR AND now() > TIMESTAMP '2020-01-01' AND current_timestamp IS NOT NULL
--- time-zone: 1
SELECT TIMESTAMPTZ '2026-01-01 12:00:00+00' AT TIME ZONE 'Europe/Berlin'
--- text-functions: 6
SELECT upper(region), lower(region), length(region), trim(region), substr(region, 1, 2), replace(region, 'o', '0'), regexp_replace(region, '[aeiou]', ''), split_part(region, 'o', 1), concat(region, '!'), region || '?', region LIKE 'N%', region ILIKE 'n%', region NOT LIKE '%x%', region SIMILAR TO 'N.*', regexp_matches(region, '^N'), region[1:2], levenshtein(region, 'North'), format('{}', region), printf('%d', id), position('o' IN region), starts_with(region, 'N'), region GLOB 'N*' FROM orders
--- numbers: 6
SELECT abs(amount), round(amount, 1), floor(amount), ceil(amount), sqrt(amount), ln(amount), log10(amount), exp(1), power(amount, 2), amount ** 2, amount ^ 2, amount % 3, amount // 2, greatest(amount, 1), least(amount, 1), sign(amount), mod(id, 2), pi(), -amount, bit_count(id), id & 1, id | 1, id << 1, 5! FROM orders WHERE amount > 0
--- null-handling: 6
SELECT coalesce(amount, 0), nullif(amount, 0), ifnull(amount, 0), amount IS NULL, amount IS DISTINCT FROM 1, amount BETWEEN 1 AND 2, amount NOT BETWEEN 1 AND 2, NOT (amount > 1), amount IN (1, 2), amount NOT IN (1, 2), amount <> 1, amount != 1, if(amount > 1, 1, 0), try(amount / 0) FROM orders
--- casts: 6
SELECT amount::INTEGER, CAST(amount AS VARCHAR), TRY_CAST(region AS INTEGER), id::DECIMAL(18, 3), '[1,2]'::INTEGER[], DATE '2026-01-01', INTERVAL '1' DAY FROM orders
--- unnest: 3
SELECT unnest([1, 2, 3])
--- unnest-from: 3
SELECT x FROM unnest([1, 2, 3]) u(x)
--- unnest-recursive: 2
SELECT unnest([{'a': 1}, {'a': 2}], recursive := true)
--- lambdas: 1
SELECT list_transform([1, 2, 3], lambda x: x * 2), list_filter([1, 2, 3], lambda x: x > 1), list_reduce([1, 2, 3], lambda a, b: a + b), [x * 2 FOR x IN [1, 2, 3] IF x > 1]
--- lists: 1
SELECT list_sum([1, 2]), len([1, 2]), list_contains([1, 2], 1), list_sort([2, 1]), [1, 2, 3][1], [1, 2, 3][1:2], list_value(1, 2), array_agg(id), flatten([[1], [2]]), list_distinct([1, 1]) FROM orders
--- structs-and-maps: 1
SELECT {'a': 1, 'b': {'c': 2}}.b.c, struct_pack(x := 1), map {'k': 1}['k'], map_keys(map {'k': 1}), row(1, 2), struct_extract({'a': 1}, 'a')
--- json: 1
SELECT json_extract('{"a": [1, 2]}', '$.a'), '{"a": 1}'::JSON ->> '$.a', to_json({'a': 1}), json_array_length('[1]')
--- json-each: 2
SELECT key, value FROM json_each('{"a": 1, "b": 2}')
--- range-table: 10
SELECT range FROM range(10)
--- month-calendar: 12
SELECT m::DATE FROM generate_series(DATE '2026-01-01', DATE '2026-12-01', INTERVAL 1 MONTH) t(m)
--- fill-missing-months: 12
SELECT m, coalesce(sum(amount), 0) FROM generate_series(TIMESTAMP '2025-01-01', TIMESTAMP '2025-12-01', INTERVAL 1 MONTH) c(m) LEFT JOIN orders ON date_trunc('month', placed) = m GROUP BY m ORDER BY m
--- pivot: 3
SELECT * FROM (PIVOT (SELECT region, year(placed) AS y, amount FROM orders) ON y IN (2025, 2026) USING sum(amount) GROUP BY region)
--- pivot-statement: 3
PIVOT (SELECT region, year(placed) AS y, amount FROM orders) ON y IN (2025, 2026) USING sum(amount) GROUP BY region
--- pivot-sql-standard: 3
SELECT * FROM (SELECT region, year(placed) AS y, amount FROM orders) PIVOT (sum(amount) FOR y IN (2025, 2026) GROUP BY region)
--- unpivot: 8
SELECT * FROM (UNPIVOT (SELECT id, amount::DOUBLE AS a, id::DOUBLE AS b FROM orders WHERE id < 5) ON a, b INTO NAME n VALUE v)
--- describe: 4
DESCRIBE orders
--- describe-query: 1
DESCRIBE SELECT count(*) FROM orders
--- summarize: 4
SUMMARIZE orders
--- star-exclude-replace: 6
SELECT * EXCLUDE (placed) REPLACE (upper(region) AS region) FROM orders
--- columns-expression: 1
SELECT min(COLUMNS('id|amount')) FROM orders
--- columns-lambda: 6
SELECT COLUMNS(lambda c: c LIKE '%a%') FROM orders
--- distinct-on: 3
SELECT DISTINCT ON (region) region, amount FROM orders ORDER BY region, amount DESC
--- order-nulls-limit-offset: 2
SELECT * FROM orders ORDER BY amount DESC NULLS LAST, id LIMIT 2 OFFSET 1
--- limit-percent: 3
SELECT * FROM orders LIMIT 50%
--- alias-reuse: 2
SELECT amount * 2 AS d, d + 1 AS e FROM orders WHERE d > 40
--- duplicate-labels: 6
SELECT id, id, region AS id FROM orders
--- sample: 6
SELECT * FROM orders USING SAMPLE 100 ROWS
--- tablesample: 6
SELECT * FROM orders TABLESAMPLE 100%
--- random-order: 6
SELECT * FROM orders ORDER BY random()
--- collate: 6
SELECT region FROM orders ORDER BY region COLLATE NOCASE
--- positional-reference: 6
SELECT #1 FROM orders
--- method-chain: 6
SELECT region.upper().substr(1, 2) FROM orders
--- unicode: 1
SELECT 'Größe 数据 😀' AS "Größe"
--- sum-bigger-than-64-bits: 1
SELECT sum(9223372036854775807) FROM range(3)
