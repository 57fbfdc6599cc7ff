-- Every row of backing stands behind a row of talks, talk_terms or assessments.
WITH backed AS (SELECT unnest(['assessments', 'talk_terms', 'talks']) AS table_name)
SELECT 'backing' AS table_name, b._row, 'table_name' AS field, '"' || b.table_name || '" has no backing' AS message,
  b.table_name AS near, 'SELECT unnest([''assessments'', ''talk_terms'', ''talks''])' AS known
FROM backing AS b ANTI JOIN backed USING (table_name)
WHERE b.table_name IS NOT NULL
UNION ALL
SELECT 'backing', b._row, 'row_id', '"' || b.row_id || '" is not a row of ' || b.table_name,
  b.row_id, 'SELECT row_id FROM all_rows WHERE table_name = ''' || b.table_name || ''''
FROM backing AS b SEMI JOIN backed USING (table_name)
ANTI JOIN (FROM all_rows WHERE table_name IN ('talks', 'talk_terms', 'assessments')) AS r USING (table_name, row_id)
WHERE b.row_id IS NOT NULL
ORDER BY ALL
