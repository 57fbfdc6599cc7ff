-- A term is borne by its own documents: by a record, somebody's own words or two origins, by one origin, or by none.
WITH borne AS (
  SELECT row_id,
    ['moderate', 'strong'][borne(hand, origin)] AS strength
  FROM backing
  WHERE table_name = 'talk_terms' AND stance <> 'contradicts'
  GROUP BY row_id
)
SELECT
  x.talk_id, x.term,
  t.title,
  t.date,
  t.kind,
  t.track,
  t.date_first_day,
  acted_by.who,
  acted_by.who_party,
  addressed.names AS to_whom,
  told.told_by,
  coalesce(borne.strength, 'weak') AS strength
FROM talk_terms AS x
JOIN talks AS t USING (talk_id)
LEFT JOIN acted_by USING (talk_id)
LEFT JOIN sided AS addressed ON addressed.talk_id = x.talk_id AND addressed.part = 'addressee'
JOIN told ON told.talk_id = x.talk_id
LEFT JOIN borne ON borne.row_id = x.talk_id || '/' || x.term
