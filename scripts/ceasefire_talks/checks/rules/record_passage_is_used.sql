-- A passage of kind record is evidence of a row, and a passage of any other kind is of none.
WITH used AS (SELECT DISTINCT passage_id AS used_id FROM evidence WHERE passage_id IS NOT NULL),
-- where a span names a passage that is not there, any passage may be the one that was meant
lost AS (SELECT count(*) AS spans FROM used ANTI JOIN passages ON passage_id = used_id)
SELECT 'passages' AS table_name, _row, 'kind' AS field, CASE
    WHEN kind = 'record' THEN 'is record, but no row was read there'
    ELSE 'is ' || kind || ', but a row was read there'
  END AS message
FROM passages LEFT JOIN used ON used_id = passage_id CROSS JOIN lost
WHERE passage_id IS NOT NULL AND CASE WHEN kind = 'record' THEN used_id IS NULL AND spans = 0 ELSE used_id IS NOT NULL END
ORDER BY _row
