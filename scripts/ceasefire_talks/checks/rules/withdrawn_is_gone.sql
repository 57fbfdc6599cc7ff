-- A withdrawn id stands in no table, and its successor does.
WITH ids AS (SELECT * FROM all_rows WHERE gives_id AND table_name <> 'withdrawn')
SELECT r.table_name, r._row, r.key_field AS field,
  'was withdrawn in release ' || w.release || ' and is never used again; take a new id' AS message,
  NULL AS near, NULL AS known
FROM ids AS r JOIN withdrawn AS w ON w.withdrawn_id = r.row_id
UNION ALL
SELECT 'withdrawn', _row, 'successor_id', '"' || successor_id || '" is in no table',
  successor_id, (SELECT list(row_id ORDER BY row_id) FROM ids)
FROM withdrawn
WHERE successor_id NOT IN (SELECT row_id FROM ids)
ORDER BY ALL
