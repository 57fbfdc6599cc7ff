-- Every row of evidence names a coded table and a row of it.
WITH coded AS (SELECT DISTINCT table_name FROM all_rows WHERE coded)
SELECT 'evidence' AS table_name, e._row, 'table_name' AS field,
  '"' || e.table_name || '" is not a table whose rows have evidence' AS message,
  e.table_name AS near, (SELECT list(table_name ORDER BY table_name) FROM coded) AS known
FROM evidence AS e ANTI JOIN coded USING (table_name)
WHERE e.table_name IS NOT NULL AND e.row_id IS NOT NULL
UNION ALL
SELECT 'evidence', e._row, 'row_id', '"' || e.row_id || '" is not a row of ' || e.table_name,
  e.row_id, (SELECT list(row_id ORDER BY row_id) FROM all_rows AS r WHERE r.table_name = e.table_name)
FROM evidence AS e SEMI JOIN coded USING (table_name)
WHERE e.row_id IS NOT NULL AND (e.table_name, e.row_id) NOT IN (SELECT (table_name, row_id) FROM all_rows)
ORDER BY _row
