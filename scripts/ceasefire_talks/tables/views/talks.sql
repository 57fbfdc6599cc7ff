WITH sided AS (
  SELECT talk_id, part, string_agg(name, '; ' ORDER BY name) AS names,
    string_agg(DISTINCT party, '; ' ORDER BY party) AS parties
  FROM talk_actors JOIN party USING (actor_id)
  GROUP BY talk_id, part
),
-- whose act it is: the first of these parts that somebody has
choices(kind, part, choice) AS (VALUES
  ('answer', 'answerer', 1), ('proposal', 'author', 1), ('proposal', 'answerer', 1), ('proposal', 'said_to_own', 2),
  ('proposal', 'announcer', 3), ('proposal', 'mediator', 4), ('statement', 'voice', 1), ('statement', 'author', 1),
  ('statement', 'said_to_own', 2), ('statement', 'announcer', 3), ('meeting', 'attendee', 1), ('meeting', 'mediator', 1),
  ('vote', 'author', 1), ('breakdown', 'author', 1), ('breakdown', 'said_to_own', 2), ('breakdown', 'announcer', 3),
  ('breakdown', 'attendee', 4), ('mediator_change', 'mediator', 1), ('mediator_change', 'said_to_own', 2),
  ('mediator_change', 'announcer', 3),
  ('agreement', 'author', 1), ('agreement', 'answerer', 1), ('agreement', 'attendee', 1), ('agreement', 'said_to_own', 2),
  ('agreement', 'announcer', 3), ('truce_or_release', 'author', 1), ('truce_or_release', 'attendee', 1),
  ('truce_or_release', 'said_to_own', 2), ('truce_or_release', 'mediator', 3), ('truce_or_release', 'announcer', 4)
),
acting AS (
  SELECT talk_id, name, party, part, choice, dense_rank() OVER (PARTITION BY talk_id ORDER BY choice) AS place
  FROM talk_actors JOIN party USING (actor_id) JOIN talks USING (talk_id) JOIN choices USING (kind, part)
),
lead AS (
  SELECT talk_id, string_agg(DISTINCT name, '; ' ORDER BY name) AS who,
    string_agg(DISTINCT party, '; ' ORDER BY party) AS who_party
  FROM acting WHERE place = 1 GROUP BY talk_id
),
support AS (SELECT * FROM backing WHERE table_name = 'talks' AND stance <> 'contradicts'),
counted AS (
  SELECT row_id AS talk_id, count(DISTINCT source_id)::INTEGER AS source_count, count(DISTINCT origin)::INTEGER AS origin_count
  FROM support GROUP BY row_id
),
best AS (
  SELECT row_id AS talk_id, arg_min(url, distance(hand, kind, source_id)) AS link
  FROM support JOIN sources USING (source_id)
  GROUP BY row_id
),
worded AS (
  SELECT talk_id, string_agg(
    lower(label) || CASE stand WHEN 'refuses' THEN ' (refused)' WHEN 'asks' THEN ' (asked)' WHEN 'accepts' THEN ' (accepted)' ELSE '' END
    || ': ' || statement, '; ' ORDER BY term) AS terms
  FROM talk_terms JOIN codes ON list = 'matter' AND code = matter
  GROUP BY talk_id
),
-- who tells it: those of another side who announced it, or the kind of people who say what somebody answered; of an
-- offer that no record and nobody's own words bear out, reports
announced AS (
  SELECT t.talk_id, string_agg(p.name, '; ' ORDER BY p.name) AS names
  FROM talks AS t JOIN talk_actors AS a USING (talk_id) JOIN party AS p USING (actor_id)
  WHERE a.part = 'announcer' AND NOT EXISTS (
    SELECT * FROM acting WHERE acting.talk_id = t.talk_id AND acting.place = 1 AND acting.party = p.party
  )
  GROUP BY t.talk_id
),
told AS (
  SELECT t.talk_id, CASE
      WHEN answer_basis = 'own_statement' THEN NULL
      WHEN answer_basis = 'unnamed' THEN coalesce(names || ', unnamed', label)
      WHEN answer_basis IS NULL AND kind = 'proposal' AND t.talk_id NOT IN (
        SELECT row_id FROM support WHERE bears_who AND hand IN ('record', 'own_words')) THEN coalesce(names, 'Reports')
      ELSE coalesce(names, label) END AS told_by
  FROM talks AS t LEFT JOIN announced USING (talk_id)
  LEFT JOIN codes ON list = 'answer_basis' AND code = answer_basis
),
bases(basis, words) AS (VALUES
  ('own_statement', 'by its own statement'), ('adversary_account', 'by the account of the other side'),
  ('mediator_account', 'by the account of a mediator'), ('other_account', 'by the account of a third party'),
  ('unnamed', 'by people who are not named')
),
replied AS (
  SELECT a.answers_id AS talk_id,
    string_agg(
      replace(lead.who, '; ', ' and ') || ': ' || lower(reply.label) || ' (' || a.date
      || coalesce(', told by ' || replace(told.told_by, '; ', ', '), '') || ')', '; '
      ORDER BY a.date_first_day, a.date, a.talk_id) AS answers
  FROM talks AS a
  JOIN codes AS reply ON reply.list = 'answer' AND reply.code = a.answer
  JOIN told ON told.talk_id = a.talk_id
  JOIN lead ON lead.talk_id = a.talk_id
  GROUP BY a.answers_id
)
SELECT
  t.talk_id,
  lead.who,
  lead.who_party,
  (SELECT names FROM sided AS n WHERE n.talk_id = t.talk_id AND part = 'addressee') AS to_whom,
  (SELECT parties FROM sided AS n WHERE n.talk_id = t.talk_id AND part = 'addressee') AS to_whom_party,
  (SELECT names FROM sided AS n WHERE n.talk_id = t.talk_id AND part = 'mediator') AS through,
  (SELECT parties FROM sided AS n WHERE n.talk_id = t.talk_id AND part = 'mediator') AS through_party,
  worded.terms,
  text.title AS answered,
  told.told_by,
  replied.answers,
  ['weak', 'moderate', 'strong'][score + 1] AS strength,
  source_count,
  origin_count,
  spoken.words || ': ' || t.summary
  || coalesce(' Coded as: ' || lower(reply.label) || ' (' || bases.words || '), in answer to: ' || text.title || '.', '')
  || coalesce(' Disputed: ' || t.disputed, '') AS says,
  best.link
FROM talks AS t
LEFT JOIN lead USING (talk_id)
LEFT JOIN talk_scores USING (talk_id)
LEFT JOIN counted USING (talk_id)
LEFT JOIN best USING (talk_id)
LEFT JOIN worded USING (talk_id)
LEFT JOIN replied USING (talk_id)
LEFT JOIN talks AS text ON text.talk_id = t.answers_id
LEFT JOIN told USING (talk_id)
LEFT JOIN spoken ON spoken.edtf = t.date
LEFT JOIN bases ON bases.basis = t.answer_basis
LEFT JOIN codes AS reply ON reply.list = 'answer' AND reply.code = t.answer
