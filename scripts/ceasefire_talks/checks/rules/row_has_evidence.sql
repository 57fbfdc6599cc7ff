-- Every row of a coded table says where it was read, but for actors of the talks and ids seen elsewhere.
WITH bare AS (
  SELECT r.* FROM (SELECT *, hash(table_name, row_id) AS mark FROM all_rows WHERE coded) AS r
  ANTI JOIN (SELECT hash(table_name, row_id) AS mark FROM evidence) AS e USING (mark)
  WHERE (r.source_id IS NULL OR r.source_id IN (SELECT source_id FROM passages))
    AND r.row_id NOT IN (SELECT actor_id FROM talking WHERE actor_id IS NOT NULL)
)
SELECT b.table_name, b._row, b.key_field AS field, 'has no evidence; name the span it was read in' AS message
-- a row that belongs to one without evidence takes over what that one is given
FROM bare AS b ANTI JOIN bare AS owner ON owner.row_id = b.owner_id
ORDER BY ALL
