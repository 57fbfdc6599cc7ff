-- Both ids of a link are rows that its relation may join, and not the same one.
WITH ends AS (UNPIVOT links ON from_id, to_id INTO NAME field VALUE row_id)
SELECT 'links' AS table_name, _row, field, '"' || row_id || '" is no row of talks' AS message,
  row_id AS near, (SELECT list(talk_id ORDER BY talk_id) FROM talks) AS known
FROM ends
WHERE row_id NOT IN (SELECT talk_id FROM talks)
UNION ALL
SELECT 'links', _row, 'to_id', 'is the row itself', NULL, NULL FROM links WHERE from_id = to_id
ORDER BY ALL
