-- Both ids of a link are rows, not the same one, of tables that its relation may join.
-- A package does not carry the relations; where they are not known, what one may join is not judged.
WITH ids AS (SELECT table_name, row_id FROM all_rows WHERE gives_id AND table_name <> 'withdrawn'),
wrong AS MATERIALIZED (
  SELECT l.*, one.table_name AS from_table, other.table_name AS to_table
  FROM links AS l LEFT JOIN ids AS one ON one.row_id = l.from_id LEFT JOIN ids AS other ON other.row_id = l.to_id
  WHERE one.table_name IS NULL OR other.table_name IS NULL OR from_id = to_id
    OR (relation, one.table_name, other.table_name) NOT IN (SELECT (relation, from_table, to_table) FROM relations)
      AND EXISTS (FROM relations)
),
ends AS (UNPIVOT (FROM wrong WHERE from_table IS NULL OR to_table IS NULL) ON from_id, to_id INTO NAME field VALUE row_id)
SELECT DISTINCT 'links' AS table_name, _row, field, '"' || row_id || '" is no row' AS message, row_id AS near,
  'SELECT row_id FROM all_rows WHERE gives_id AND table_name <> ''withdrawn''' AS known
FROM ends WHERE CASE field WHEN 'from_id' THEN from_table IS NULL ELSE to_table IS NULL END
UNION ALL
SELECT DISTINCT 'links', _row, 'to_id', 'is the row itself', NULL, NULL FROM wrong WHERE from_id = to_id
UNION ALL
SELECT 'links', _row, 'relation', relation || ' joins no row of ' || from_table || ' with one of ' || to_table, NULL, NULL
FROM wrong
WHERE (relation, from_table, to_table) NOT IN (SELECT (relation, from_table, to_table) FROM relations)
  AND from_table IS NOT NULL AND to_table IS NOT NULL AND EXISTS (FROM relations)
ORDER BY ALL
