-- A source that is cut into passages says how long its text is, and none of them lies behind its end.
WITH last AS (
  SELECT source_id, max(end_offset) AS text_end, arg_max(_row, end_offset) AS _row
  FROM passages GROUP BY source_id
)
SELECT 'sources' AS table_name, s._row, 'characters' AS field,
  'is missing; passages of the source count in it' AS message
FROM last JOIN sources AS s USING (source_id)
WHERE s.characters IS NULL
UNION ALL
SELECT 'passages', last._row, 'end_offset',
  text_end || ' lies behind the end of ' || source_id || ' (' || s.characters || ')'
FROM last JOIN sources AS s USING (source_id)
WHERE text_end > s.characters
ORDER BY ALL
