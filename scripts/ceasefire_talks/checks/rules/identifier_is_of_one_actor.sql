-- An id of a public scheme is one actor's.
SELECT 'actor_names' AS table_name, later._row, 'value' AS field,
  'is the ' || scheme || ' id of ' || arg_min(earlier.actor_id, earlier._row) || ' too' AS message
FROM actor_names AS later JOIN actor_names AS earlier USING (scheme, value)
WHERE scheme NOT IN ('alias', 'misprint') AND earlier.actor_id <> later.actor_id AND earlier._row < later._row
GROUP BY later._row, scheme
ORDER BY ALL
