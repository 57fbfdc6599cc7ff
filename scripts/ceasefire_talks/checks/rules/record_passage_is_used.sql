-- A passage of kind record is evidence of a row, and a passage of any other kind is of none.
WITH used AS (SELECT passage_id FROM evidence WHERE passage_id IS NOT NULL)
SELECT 'passages' AS table_name, _row, 'kind' AS field, CASE
    WHEN kind = 'record' THEN 'is record, but no row was read there'
    ELSE 'is ' || kind || ', but a row was read there'
  END AS message
FROM passages
WHERE CASE
  WHEN kind = 'record' THEN passage_id NOT IN (SELECT passage_id FROM used)
    -- where a span names a passage that is not there, any passage may be the one that was meant
    AND NOT EXISTS (FROM used ANTI JOIN passages USING (passage_id))
  ELSE passage_id IN (SELECT passage_id FROM used)
END
ORDER BY _row
