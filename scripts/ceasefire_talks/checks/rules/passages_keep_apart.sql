-- Passages of a source follow each other in the order of their ids and do not overlap.
WITH whole AS (
  SELECT * FROM passages
  WHERE passage_id IS NOT NULL AND source_id IS NOT NULL AND start_offset IS NOT NULL AND end_offset IS NOT NULL
    AND paragraph IS NOT NULL
),
pairs AS (
  SELECT *, lag({id: passage_id, from_offset: start_offset, to_offset: end_offset, paragraph: paragraph}) OVER (
    PARTITION BY source_id ORDER BY start_offset, end_offset
  ) AS one
  FROM whole
),
judged AS (
  SELECT _row, CASE
    WHEN start_offset < one.to_offset THEN ['start_offset',
      start_offset || ' lies inside ' || one.id || ' (' || one.from_offset || '-' || one.to_offset || ')']
    WHEN passage_id < one.id AND length(passage_id) = length(one.id) THEN ['passage_id',
      'stands behind ' || one.id || ' in the text']
    WHEN paragraph - one.paragraph NOT IN (0, 1) AND (SELECT count(*) FROM whole) = (SELECT count(*) FROM passages)
      THEN ['paragraph', paragraph || ' does not follow ' || one.paragraph || ' of ' || one.id]
  END AS fault
  FROM pairs
  WHERE passage_id <> one.id
)
SELECT 'passages' AS table_name, _row, fault[1] AS field, fault[2] AS message
FROM judged WHERE fault IS NOT NULL
ORDER BY _row
