-- The words of a term say the number that the row has: they are read without the columns beside them.
SELECT 'talk_terms' AS table_name, _row, 'statement' AS field, 'names no number, and the row has one' AS message
FROM talk_terms
WHERE coalesce(value_min, value_max) IS NOT NULL AND NOT regexp_matches(
  lower(statement), '[0-9]|\b(an? (hour|day|week|month|year)|both|half|third|one|two|three|four|five|six|seven|eight|nine|ten|twelve)\b')
ORDER BY ALL
