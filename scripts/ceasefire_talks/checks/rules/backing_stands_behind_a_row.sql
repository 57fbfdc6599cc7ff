-- Every row of backing stands behind a row of talks, talk_terms or assessments.
SELECT 'backing' AS table_name, b._row, 'table_name' AS field, '"' || b.table_name || '" has no backing' AS message,
  b.table_name AS near, ['assessments', 'talk_terms', 'talks'] AS known
FROM backing AS b
WHERE b.table_name NOT IN ('talks', 'talk_terms', 'assessments')
UNION ALL
SELECT 'backing', b._row, 'row_id', '"' || b.row_id || '" is not a row of ' || b.table_name,
  b.row_id, (SELECT list(row_id ORDER BY row_id) FROM all_rows AS r WHERE r.table_name = b.table_name)
FROM backing AS b
WHERE b.row_id IS NOT NULL AND b.table_name IN ('talks', 'talk_terms', 'assessments')
  AND (b.table_name, b.row_id) NOT IN (SELECT (table_name, row_id) FROM all_rows)
ORDER BY ALL
