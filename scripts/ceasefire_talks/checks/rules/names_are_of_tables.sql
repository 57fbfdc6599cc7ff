-- What was coded, compared, graded or may be linked is named by a table that has rows, and by a field of it.
WITH named AS (
  SELECT 'agreement' AS owner, _row, 'table_name' AS place, table_name, field FROM agreement
  UNION ALL SELECT 'codings', _row, 'table_name', table_name, nullif(field, 'row') FROM codings
  UNION ALL SELECT 'unitizing', _row, 'table_name', table_name, NULL FROM unitizing
  UNION ALL SELECT 'precision', _row, 'table_name', table_name, NULL FROM precision
  UNION ALL SELECT 'human', _row, 'table_name', table_name, NULL FROM human
  UNION ALL SELECT 'relations', _row, 'from_table', from_table, NULL FROM relations
  UNION ALL SELECT 'relations', _row, 'to_table', to_table, NULL FROM relations
)
SELECT owner AS table_name, _row, place AS field, '"' || table_name || '" is no table' AS message,
  table_name AS near, 'SELECT table_name FROM filled' AS known
FROM named
WHERE table_name NOT IN (SELECT table_name FROM filled)
UNION ALL
SELECT owner, _row, 'field', '"' || field || '" is no field of ' || table_name,
  field, 'SELECT field FROM fields WHERE table_name = ''' || table_name || ''''
FROM named
-- who acts in a talk is compared as one field, which its rows do not have
WHERE table_name IN (SELECT table_name FROM filled) AND (table_name, field) <> ('talks', 'who')
  AND field IS NOT NULL AND (table_name, field) NOT IN (SELECT (table_name, field) FROM fields)
ORDER BY ALL
