-- A withdrawn id stands in no table, and its successor does.
WITH named AS (SELECT withdrawn_id AS row_id FROM withdrawn UNION ALL SELECT successor_id FROM withdrawn),
ids AS MATERIALIZED (
  SELECT * FROM all_rows SEMI JOIN named USING (row_id) WHERE gives_id AND table_name <> 'withdrawn'
  UNION ALL
  -- most often none is looked for of ids that are put together
  SELECT * FROM all_rows SEMI JOIN (FROM named WHERE contains(row_id, '/')) USING (row_id) WHERE NOT gives_id
),
lost AS (
  SELECT w._row, w.successor_id, later.withdrawn_id IS NOT NULL AS withdrawn, last.row_id AS last_id
  FROM withdrawn AS w ANTI JOIN ids ON ids.row_id = w.successor_id
  LEFT JOIN withdrawn AS later ON later.withdrawn_id = w.successor_id
  LEFT JOIN ids AS last ON last.row_id = later.successor_id
  WHERE w.successor_id IS NOT NULL
)
SELECT r.table_name, r._row, r.key_field AS field, 'was withdrawn in release ' || w.release || CASE
    WHEN contains(r.row_id, '/') THEN ' and stands again; take out the row or the withdrawal'
    ELSE ' and is never used again; take a new id'
  END AS message, NULL AS near, NULL AS known
FROM ids AS r JOIN withdrawn AS w ON w.withdrawn_id = r.row_id
UNION ALL
SELECT 'withdrawn', _row, 'successor_id',
  '"' || successor_id || '" is withdrawn too; name ' || coalesce(last_id || ', which stands for it', 'what stands now, if anything'),
  NULL, NULL
FROM lost WHERE withdrawn
UNION ALL
SELECT 'withdrawn', _row, 'successor_id', '"' || successor_id || '" is in no table', successor_id,
  'SELECT row_id FROM all_rows WHERE table_name <> ''withdrawn'''
FROM lost WHERE NOT withdrawn
ORDER BY ALL
