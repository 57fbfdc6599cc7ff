-- A quote continues one of the same speaker.
SELECT 'quotes' AS table_name, q._row, 'continues_id' AS field,
  '"' || q.continues_id || '" is of another speaker, ' || other.speaker_id AS message
FROM quotes AS q JOIN quotes AS other ON other.quote_id = q.continues_id
WHERE other.speaker_id <> q.speaker_id
ORDER BY ALL
