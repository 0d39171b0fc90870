--- qualified-function: a function by its schema
SELECT public.lower('x')
--- quoted-function: a function by its name in quotes
SELECT "lower"('x')
--- hex-text: a text by its bytes
SELECT X'736563726574'
--- at-variable: keeps state between callers
SELECT @x
--- growing-replace: a text of a gigabyte out of ten letters
SELECT length(replace(replace(replace('aaaaaaaaaa', 'a', '${1000 times 'a'}'), 'a', '${1000 times 'a'}'), 'a', '${100 times 'a'}'))
--- growing-replace-in-steps: the same, each step in a table of its own
SELECT length(replace(c.z, 'a', '${1000 times 'a'}')) FROM (SELECT replace(b.y, 'a', '${1000 times 'a'}') AS z FROM (SELECT replace('aaaaaaaaaa', 'a', '${1000 times 'a'}') AS y) b) c
--- growing-replace-by-values: the texts are in the data
SELECT replace(replace(region, region, region), region, region) FROM orders
--- growing-replace-in-recursion: twice as long in each round
WITH RECURSIVE r(s) AS (SELECT 'a' UNION ALL SELECT replace(s, 'a', 'aa') FROM r) SELECT count(*) FROM r
