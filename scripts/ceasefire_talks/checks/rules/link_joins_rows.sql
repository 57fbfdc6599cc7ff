-- Both ids of a link are rows, not the same one, of tables that its relation may join.
-- A package does not carry the relations; where they are not known, what one may join is not judged.
WITH ids AS (SELECT table_name, row_id FROM all_rows WHERE gives_id AND table_name <> 'withdrawn'),
ends AS (UNPIVOT links ON from_id, to_id INTO NAME field VALUE row_id)
SELECT 'links' AS table_name, _row, field, '"' || row_id || '" is no row' AS message, row_id AS near,
  'SELECT row_id FROM all_rows WHERE gives_id AND table_name <> ''withdrawn''' AS known
FROM ends ANTI JOIN ids USING (row_id)
UNION ALL
SELECT 'links', _row, 'to_id', 'is the row itself', NULL, NULL FROM links WHERE from_id = to_id
UNION ALL
SELECT 'links', l._row, 'relation',
  relation || ' joins no row of ' || one.table_name || ' with one of ' || other.table_name, NULL, NULL
FROM links AS l JOIN ids AS one ON one.row_id = l.from_id JOIN ids AS other ON other.row_id = l.to_id
WHERE (relation, one.table_name, other.table_name) NOT IN (SELECT (relation, from_table, to_table) FROM relations)
  AND EXISTS (FROM relations)
ORDER BY ALL
