-- A term is borne by its own documents: by a record, somebody's own words or two origins, by one origin, or by none.
SELECT
  t.talk_id, t.term,
  CASE
    WHEN count(b.source_id) = 0 THEN 'weak'
    WHEN bool_or(b.hand IN ('record', 'own_words')) OR count(DISTINCT b.origin) >= 2 THEN 'strong'
    ELSE 'moderate'
  END AS strength
FROM talk_terms AS t
LEFT JOIN backing AS b
  ON b.table_name = 'talk_terms' AND b.row_id = t.talk_id || '/' || t.term AND b.stance <> 'contradicts'
GROUP BY t.talk_id, t.term
