-- The words of a quote are as long as the stretch its evidence covers.
WITH stretch AS (
  SELECT row_id AS quote_id, max(end_offset) - min(start_offset) AS width
  FROM evidence WHERE table_name = 'quotes' GROUP BY row_id
)
SELECT 'quotes' AS table_name, _row, 'altered_words' AS field,
  'has ' || length(altered_words) || ' characters, its evidence ' || width AS message
FROM quotes JOIN stretch USING (quote_id)
WHERE length(altered_words) <> width
ORDER BY _row
