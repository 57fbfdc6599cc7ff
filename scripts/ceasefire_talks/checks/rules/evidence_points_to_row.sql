-- Every row of evidence names a coded table and a row of it.
WITH lost AS (
  SELECT _row
  FROM (SELECT _row, hash(table_name, row_id) AS mark FROM evidence WHERE table_name IS NOT NULL AND row_id IS NOT NULL)
  ANTI JOIN (SELECT hash(table_name, row_id) AS mark FROM all_rows WHERE coded) USING (mark)
),
wrong AS (
  SELECT e._row, e.table_name, e.row_id, c.table_name IS NOT NULL AS coded
  FROM evidence AS e SEMI JOIN lost USING (_row) LEFT JOIN (FROM filled WHERE coded) AS c USING (table_name)
)
SELECT 'evidence' AS table_name, _row, 'table_name' AS field,
  '"' || table_name || '" is not a table whose rows have evidence' AS message,
  table_name AS near, 'SELECT table_name FROM filled WHERE coded' AS known
FROM wrong WHERE NOT coded
UNION ALL
SELECT 'evidence', _row, 'row_id', '"' || row_id || '" is not a row of ' || table_name,
  row_id, 'SELECT row_id FROM all_rows WHERE table_name = ''' || table_name || ''''
FROM wrong WHERE coded
ORDER BY _row
