-- Every row of talks has a document that supports it.
SELECT 'talks' AS table_name, t._row, 'talk_id' AS field,
  'has no backing; name a document that supports it' AS message
FROM talks AS t
ANTI JOIN backing AS b ON b.table_name = 'talks' AND b.row_id = t.talk_id AND b.stance <> 'contradicts'
WHERE t.talk_id IS NOT NULL
ORDER BY ALL
