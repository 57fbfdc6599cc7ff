-- The Security Council has fifteen members in a year, and five of them have a permanent seat.
SELECT 'council' AS table_name, min(_row) AS _row, 'year' AS field,
  'has ' || count(*) || ' members, ' || count(*) FILTER (permanent) || ' of them permanent; 15 and 5 are due' AS message
FROM council
WHERE year IS NOT NULL
GROUP BY year
HAVING count(*) <> 15 OR count(*) FILTER (permanent) <> 5
ORDER BY ALL
