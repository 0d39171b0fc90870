--- qualified-function: a function by its schema
SELECT public.lower('x')
--- quoted-function: a function by its name in quotes
SELECT "lower"('x')
--- hex-text: a text by its bytes
SELECT X'736563726574'
--- at-variable: keeps state between callers
SELECT @x
