-- What stand a term has follows from the kind of its act.
WITH due(kind, stands) AS (VALUES
  ('proposal', ['provides']), ('agreement', ['provides']), ('vote', ['provides']), ('meeting', ['discussed']),
  ('truce_or_release', ['carried_out']), ('breakdown', ['carried_out']), ('mediator_change', ['carried_out']),
  ('answer', ['accepts', 'asks', 'refuses']), ('statement', ['accepts', 'asks', 'refuses'])
)
SELECT 'talk_terms' AS table_name, x._row, 'stand' AS field,
  x.stand || ' in a row of kind ' || kind || '; must be ' || array_to_string(stands, ' or ') AS message
FROM talk_terms AS x JOIN talks USING (talk_id) JOIN due USING (kind)
WHERE NOT list_contains(stands, x.stand)
ORDER BY ALL
