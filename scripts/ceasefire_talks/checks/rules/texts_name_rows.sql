-- An id in a text is that of a row, or of a withdrawn one where it is told why it is gone.
WITH ids AS (SELECT row_id AS mentioned_id FROM all_rows WHERE gives_id AND table_name <> 'withdrawn'),
wrong AS (
  SELECT m.*, w.release, w.successor_id
  FROM mentions AS m ANTI JOIN ids USING (mentioned_id) LEFT JOIN withdrawn AS w ON w.withdrawn_id = m.mentioned_id
  WHERE w.withdrawn_id IS NULL OR m.table_name NOT IN ('withdrawn', 'codings')
)
SELECT table_name, _row, field, '"' || mentioned_id || '" ' || coalesce(
    'was withdrawn in release ' || release || coalesce('; ' || successor_id || ' stands for it', ''), 'is no row') AS message,
  CASE WHEN release IS NULL THEN mentioned_id END AS near,
  'SELECT row_id FROM all_rows WHERE gives_id AND table_name <> ''withdrawn'' AND left(row_id, 2) = ''' || left(mentioned_id, 2) || ''''
    AS known
FROM wrong
ORDER BY ALL
