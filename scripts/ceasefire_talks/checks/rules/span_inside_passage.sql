-- A span never leaves the passage it names.
SELECT s.table_name, s._row, 'start_offset' AS field,
  s.start_offset || '-' || s.end_offset || ' leaves its passage ' || p.passage_id
  || ' (' || p.start_offset || '-' || p.end_offset || ')' AS message
FROM spans AS s JOIN passages AS p USING (passage_id)
WHERE s.start_offset < p.start_offset OR p.end_offset < s.end_offset
ORDER BY ALL
