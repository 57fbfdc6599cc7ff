-- A term is borne by its own documents: by a record, somebody's own words or two origins, by one origin, or by none.
WITH borne AS (
  SELECT row_id,
    ['moderate', 'strong'][borne(list(hand), list(origin))] AS strength
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
  (SELECT string_agg(DISTINCT p.party, '; ' ORDER BY p.party)
   FROM talk_actors AS a JOIN party AS p USING (actor_id)
   WHERE a.talk_id = x.talk_id AND a.part IN ('author', 'answerer', 'voice', 'said_to_own')) AS who_party,
  coalesce(borne.strength, 'weak') AS strength
FROM talk_terms AS x
JOIN talks AS t USING (talk_id)
LEFT JOIN borne ON borne.row_id = x.talk_id || '/' || x.term
