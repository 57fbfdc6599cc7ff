-- Every row of evidence names a coded table and a row of it.
WITH coded AS (SELECT table_name, list(row_id) AS known FROM all_rows WHERE coded GROUP BY table_name),
wrong AS (
  SELECT e._row, e.table_name, e.row_id, c.known
  FROM evidence AS e ANTI JOIN (FROM all_rows WHERE coded) AS r USING (table_name, row_id) LEFT JOIN coded AS c USING (table_name)
  WHERE e.table_name IS NOT NULL AND e.row_id IS NOT NULL
)
SELECT 'evidence' AS table_name, _row, 'table_name' AS field,
  '"' || table_name || '" is not a table whose rows have evidence' AS message,
  table_name AS near, (SELECT list(table_name) FROM coded) AS known
FROM wrong WHERE known IS NULL
UNION ALL
SELECT 'evidence', _row, 'row_id', '"' || row_id || '" is not a row of ' || table_name, row_id, known
FROM wrong WHERE known IS NOT NULL
ORDER BY _row
