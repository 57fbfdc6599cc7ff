-- Both ids of a link are rows, not the same one, of tables that its relation may join.
-- A package does not carry the relations; where they are not known, what one may join is not judged.
WITH known AS NOT MATERIALIZED (SELECT table_name, row_id FROM all_rows WHERE gives_id AND table_name <> 'withdrawn'),
-- an id without a mark is known to no row: so the link of a row with itself is looked at too
named AS (SELECT _row, CASE WHEN from_id <> to_id THEN hash(from_id) END AS mark FROM links UNION ALL SELECT _row, hash(to_id) FROM links),
suspect AS (
  SELECT _row FROM named ANTI JOIN (SELECT hash(row_id) AS mark FROM known) USING (mark)
  UNION ALL
  SELECT links._row FROM links CROSS JOIN (FROM relations LIMIT 1)
),
judged_links AS MATERIALIZED (FROM links SEMI JOIN suspect USING (_row)),
ids AS MATERIALIZED (
  FROM known SEMI JOIN (SELECT from_id AS row_id FROM judged_links UNION ALL SELECT to_id FROM judged_links) USING (row_id)
),
ends AS (
  SELECT l.*, one.table_name AS from_table, other.table_name AS to_table,
    (relation, one.table_name, other.table_name) IN (SELECT (relation, from_table, to_table) FROM relations) AS may_join
  FROM judged_links AS l LEFT JOIN ids AS one ON one.row_id = l.from_id LEFT JOIN ids AS other ON other.row_id = l.to_id
),
judged AS (
  SELECT _row, unnest([
    CASE WHEN from_table IS NULL THEN {field: 'from_id', message: '"' || from_id || '" is no row', near: from_id} END,
    CASE WHEN to_table IS NULL THEN {field: 'to_id', message: '"' || to_id || '" is no row', near: to_id} END,
    CASE WHEN from_id = to_id THEN {field: 'to_id', message: 'is the row itself', near: NULL} END,
    CASE WHEN NOT may_join
      THEN {field: 'relation', message: relation || ' joins no row of ' || from_table || ' with one of ' || to_table, near: NULL} END
  ]) AS fault
  FROM ends
)
SELECT DISTINCT 'links' AS table_name, _row, fault.field AS field, fault.message AS message, fault.near AS near,
  'SELECT row_id FROM all_rows WHERE gives_id AND table_name <> ''withdrawn''' AS known
FROM judged WHERE fault.message IS NOT NULL AND (fault.field <> 'relation' OR EXISTS (FROM relations))
ORDER BY ALL
