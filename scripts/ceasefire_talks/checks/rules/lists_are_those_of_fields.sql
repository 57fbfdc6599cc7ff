-- Every code list is named by a field, and every list that a field names has codes.
WITH strange AS (SELECT list, min(_row) AS _row FROM codes ANTI JOIN lists USING (list) WHERE list IS NOT NULL GROUP BY list),
missing AS (FROM lists ANTI JOIN codes USING (list)),
-- a list that only bears another name is told as a strange one
renamed AS (
  SELECT missing.list FROM missing CROSS JOIN strange WHERE jaro_winkler_similarity(strange.list, missing.list) > 0.8
)
SELECT 'codes' AS table_name, _row, 'list' AS field, 'no field has the code list "' || list || '"' AS message,
  list AS near, 'FROM lists ANTI JOIN codes USING (list)' AS known
FROM strange
UNION ALL
SELECT 'codes', 0, 'list', 'there are no codes of "' || list || '"; put the list back', NULL, NULL
FROM missing ANTI JOIN renamed USING (list)
WHERE EXISTS (FROM codes)
ORDER BY ALL
