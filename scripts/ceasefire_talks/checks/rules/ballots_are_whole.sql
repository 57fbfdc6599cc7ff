-- The ballots on a text are fifteen.
SELECT 'talks' AS table_name, t._row, 'talk_id' AS field, 'has ' || count(*) || ' ballots; 15 are due' AS message
FROM ballots JOIN talks AS t USING (talk_id)
GROUP BY t._row
HAVING count(*) <> 15
ORDER BY ALL
