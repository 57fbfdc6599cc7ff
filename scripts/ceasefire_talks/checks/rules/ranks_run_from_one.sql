-- The ranks of a list are all empty, or 1, 2, 3 and so on.
WITH ranked AS (
  SELECT *, count(rank) OVER (PARTITION BY list) AS ranks, count(*) OVER (PARTITION BY list) AS codes,
    row_number() OVER (PARTITION BY list ORDER BY rank NULLS LAST, _row) AS due
  FROM codes WHERE list IS NOT NULL
)
SELECT 'codes' AS table_name, _row, 'rank' AS field, 'is missing; rank all codes of a list or none' AS message
FROM ranked WHERE rank IS NULL AND ranks > 0
UNION ALL
SELECT 'codes', arg_min(_row, due), 'rank',
  arg_min(rank, due) || ' stands where ' || min(due) || ' of ' || list || ' is due'
FROM ranked WHERE ranks = codes AND rank <> due
GROUP BY list
ORDER BY ALL
