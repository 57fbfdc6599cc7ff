-- Every row of evidence names a coded table and a row of it.
WITH coded AS (SELECT DISTINCT table_name FROM all_rows WHERE coded),
wrong AS (
  SELECT e._row, e.table_name, e.row_id, c.table_name IS NOT NULL AS coded
  FROM evidence AS e ANTI JOIN (FROM all_rows WHERE coded) AS r USING (table_name, row_id) LEFT JOIN coded AS c USING (table_name)
  WHERE e.table_name IS NOT NULL AND e.row_id IS NOT NULL
)
SELECT 'evidence' AS table_name, _row, 'table_name' AS field,
  '"' || table_name || '" is not a table whose rows have evidence' AS message,
  table_name AS near, 'SELECT DISTINCT table_name FROM all_rows WHERE coded' AS known
FROM wrong WHERE NOT coded
UNION ALL
SELECT 'evidence', _row, 'row_id', '"' || row_id || '" is not a row of ' || table_name,
  row_id, 'SELECT row_id FROM all_rows WHERE table_name = ''' || table_name || ''''
FROM wrong WHERE coded
ORDER BY _row
