-- A quote continues one of the same speaker; none continues itself or stands within itself.
SELECT 'quotes' AS table_name, q._row, 'continues_id' AS field,
  '"' || q.continues_id || '" is not another quote by the same speaker' AS message
FROM quotes AS q LEFT JOIN quotes AS other ON other.quote_id = q.continues_id
WHERE q.continues_id = q.quote_id OR other.speaker_id <> q.speaker_id
UNION ALL
SELECT 'quotes', _row, 'within_id', 'is the quote itself' FROM quotes WHERE within_id = quote_id
ORDER BY ALL
