-- What was coded twice is a row, or a unit of the first or second coding.
WITH wrong AS (
  SELECT c._row, c.table_name, c.row_id FROM codings AS c ANTI JOIN all_rows AS r USING (table_name, row_id)
  WHERE c.row_id IS NOT NULL AND c.table_name IS NOT NULL AND NOT regexp_matches(c.row_id, '^(first|second)/')
),
ids AS (
  SELECT table_name, list(row_id ORDER BY row_id) AS known FROM all_rows SEMI JOIN wrong USING (table_name) GROUP BY table_name
)
SELECT 'codings' AS table_name, _row, 'row_id' AS field, '"' || row_id || '" is not a row of ' || w.table_name AS message,
  row_id AS near, known
FROM wrong AS w LEFT JOIN ids USING (table_name)
ORDER BY ALL
