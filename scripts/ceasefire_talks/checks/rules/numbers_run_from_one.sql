-- Caveats, and the questions of the data card, are numbered 1, 2, 3 and so on.
WITH numbered AS (
  SELECT 'caveats' AS table_name, _row, number FROM caveats
  UNION ALL SELECT 'card', _row, number FROM card
)
SELECT table_name, arg_max(_row, number) AS _row, 'number' AS field,
  'is the highest number of ' || count(*) || ' rows; number them from 1 without a gap' AS message
FROM numbered
GROUP BY table_name
HAVING count(*) = count(DISTINCT number) AND max(number) <> count(*)
ORDER BY ALL
