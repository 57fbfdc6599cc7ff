-- A quote is visibly altered where a row of readings lies in its words, and as printed where none does.
WITH stretch AS (
  SELECT row_id AS quote_id, source_id, min(start_offset) AS from_offset, max(end_offset) AS to_offset
  FROM evidence WHERE table_name = 'quotes' GROUP BY ALL
),
altered AS (
  SELECT quote_id, min(reading_id) AS reading_id
  FROM stretch AS s JOIN readings AS r
    ON r.source_id = s.source_id AND r.start_offset < s.to_offset AND r.end_offset > s.from_offset
  GROUP BY quote_id
)
SELECT 'quotes' AS table_name, _row, 'fidelity' AS field, CASE fidelity
    WHEN 'as_printed' THEN 'is as_printed, but ' || reading_id || ' lies in its words; it is visibly_altered'
    ELSE 'is visibly_altered, but no row of readings lies in its words'
  END AS message
FROM quotes SEMI JOIN stretch USING (quote_id) LEFT JOIN altered USING (quote_id)
WHERE CASE fidelity WHEN 'as_printed' THEN reading_id IS NOT NULL WHEN 'visibly_altered' THEN reading_id IS NULL END
ORDER BY ALL
