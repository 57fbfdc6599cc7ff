-- A text revises another one that is not later.
SELECT 'talks' AS table_name, t._row, 'revises_id' AS field,
  '"' || t.revises_id || '" is of ' || CASE
    WHEN text.kind NOT IN ('proposal', 'agreement', 'vote') THEN 'kind ' || text.kind ELSE 'a later day, ' || text.date
  END AS message
FROM talks AS t JOIN talks AS text ON text.talk_id = t.revises_id
WHERE text.kind NOT IN ('proposal', 'agreement', 'vote') OR t.date_last_day < text.date_first_day
ORDER BY ALL
