-- What is answered is a proposal or a vote, and not later than the answer.
SELECT 'talks' AS table_name, a._row, 'answers_id' AS field,
  '"' || a.answers_id || '" is of ' || CASE
    WHEN text.kind NOT IN ('proposal', 'vote') THEN 'kind ' || text.kind ELSE 'a later day, ' || text.date
  END AS message
FROM talks AS a JOIN talks AS text ON text.talk_id = a.answers_id
WHERE text.kind NOT IN ('proposal', 'vote') OR a.date_last_day < text.date_first_day
ORDER BY ALL
