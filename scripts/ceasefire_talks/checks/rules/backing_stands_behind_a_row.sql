-- Every row of backing stands behind a row of talks, talk_terms or assessments.
WITH backed AS (SELECT unnest(['assessments', 'talk_terms', 'talks']) AS table_name),
wrong AS (
  SELECT b._row, b.table_name, b.row_id
  FROM backing AS b SEMI JOIN backed USING (table_name) ANTI JOIN all_rows AS r USING (table_name, row_id)
  WHERE b.row_id IS NOT NULL
),
ids AS (
  SELECT table_name, list(row_id) AS known FROM all_rows SEMI JOIN wrong USING (table_name) GROUP BY table_name
)
SELECT 'backing' AS table_name, b._row, 'table_name' AS field, '"' || b.table_name || '" has no backing' AS message,
  b.table_name AS near, (SELECT list(table_name) FROM backed) AS known
FROM backing AS b ANTI JOIN backed USING (table_name)
WHERE b.table_name IS NOT NULL
UNION ALL
SELECT 'backing', _row, 'row_id', '"' || row_id || '" is not a row of ' || table_name, row_id, known
FROM wrong LEFT JOIN ids USING (table_name)
ORDER BY ALL
