-- Strength: day and actor, and for an answer the answer, each borne by a record or somebody's own words, or reported by two
-- origins (2), by one (1), by none (0); the least of them. At most moderate where a first-hand document contradicts what is
-- needed, or where an answer is told by another than the answerer.
WITH named AS (
  SELECT talk_id, part, string_agg(name, '; ' ORDER BY name) AS names
  FROM talk_actors JOIN actors USING (actor_id)
  GROUP BY talk_id, part
),
acting AS (
  SELECT talk_id, actor_id, name, party, dense_rank() OVER (PARTITION BY talk_id ORDER BY CASE
    WHEN part IN ('answerer', 'author', 'voice', 'attendee') THEN 1
    ELSE list_position(['said_to_own', 'announcer', 'mediator'], part) + 1 END) AS choice
  FROM talk_actors JOIN party USING (actor_id)
  WHERE part <> 'addressee'
),
lead AS (
  SELECT talk_id, string_agg(DISTINCT name, '; ' ORDER BY name) AS who,
    string_agg(DISTINCT party, '; ' ORDER BY party) AS who_party
  FROM acting WHERE choice = 1 GROUP BY talk_id
),
sided AS (
  SELECT talk_id, part, string_agg(DISTINCT party, '; ' ORDER BY party) AS parties
  FROM talk_actors JOIN party USING (actor_id)
  GROUP BY talk_id, part
),
support AS (SELECT * FROM backing WHERE table_name = 'talks' AND stance <> 'contradicts'),
borne AS (
  SELECT row_id AS talk_id, needed,
    CASE WHEN bool_or(hand IN ('record', 'own_words')) OR count(DISTINCT origin) >= 2 THEN 2 ELSE 1 END AS score
  FROM (
    SELECT row_id, origin, hand, 'day' AS needed FROM support WHERE bears_day
    UNION ALL SELECT row_id, origin, hand, 'who' FROM support WHERE bears_who
    UNION ALL SELECT row_id, origin, hand, 'answer' FROM support WHERE bears_answer
  )
  GROUP BY row_id, needed
),
scores AS (
  SELECT t.talk_id,
    least(
      coalesce(max(score) FILTER (needed = 'day'), 0),
      coalesce(max(score) FILTER (needed = 'who'), 0),
      CASE WHEN any_value(t.answer) IS NULL THEN 2 ELSE coalesce(max(score) FILTER (needed = 'answer'), 0) END,
      CASE WHEN any_value(t.answer_basis) <> 'own_statement' THEN 1 ELSE 2 END,
      CASE WHEN t.talk_id IN (
        SELECT row_id FROM backing
        WHERE table_name = 'talks' AND hand IN ('record', 'own_words') AND contradicts IN ('day', 'who', 'answer')
      ) THEN 1 ELSE 2 END
    ) AS score
  FROM talks AS t LEFT JOIN borne USING (talk_id)
  GROUP BY t.talk_id
),
counted AS (
  SELECT row_id AS talk_id, count(DISTINCT source_id)::INTEGER AS source_count, count(DISTINCT origin)::INTEGER AS origin_count
  FROM support GROUP BY row_id
),
best AS (
  SELECT row_id AS talk_id, arg_min(url, (
    list_position(['record', 'own_words', 'reporting', 'relay'], hand),
    list_position(['primary', 'agency', 'newspaper', 'research', 'reference', 'dataset'], kind), source_id
  )) AS link
  FROM support JOIN sources USING (source_id)
  GROUP BY row_id
),
worded AS (
  SELECT talk_id, string_agg(lower(label) || ': ' || statement, '; ' ORDER BY term) AS terms
  FROM talk_terms JOIN codes ON list = 'matter' AND code = matter
  GROUP BY talk_id
),
replied AS (
  SELECT a.answers_id AS talk_id,
    string_agg(names || ': ' || lower(label) || ' (' || a.date || ')', '; ' ORDER BY a.date, a.talk_id) AS answers
  FROM talks AS a
  JOIN codes ON list = 'answer' AND code = a.answer
  JOIN named ON named.talk_id = a.talk_id AND part = CASE WHEN a.kind = 'answer' THEN 'answerer' ELSE 'author' END
  GROUP BY a.answers_id
)
SELECT
  t.talk_id,
  lead.who,
  lead.who_party,
  (SELECT names FROM named AS n WHERE n.talk_id = t.talk_id AND part = 'addressee') AS to_whom,
  (SELECT parties FROM sided AS n WHERE n.talk_id = t.talk_id AND part = 'addressee') AS to_whom_party,
  (SELECT names FROM named AS n WHERE n.talk_id = t.talk_id AND part = 'mediator') AS through,
  (SELECT parties FROM sided AS n WHERE n.talk_id = t.talk_id AND part = 'mediator') AS through_party,
  worded.terms,
  text.title AS answered,
  replied.answers,
  ['weak', 'moderate', 'strong'][score + 1] AS strength,
  source_count,
  origin_count,
  best.link
FROM talks AS t
LEFT JOIN lead USING (talk_id)
LEFT JOIN scores USING (talk_id)
LEFT JOIN counted USING (talk_id)
LEFT JOIN best USING (talk_id)
LEFT JOIN worded USING (talk_id)
LEFT JOIN replied USING (talk_id)
LEFT JOIN talks AS text ON text.talk_id = t.answers_id
