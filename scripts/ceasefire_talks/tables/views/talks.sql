WITH counted AS (
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
    || ': ' || list_item(statement), '; ' ORDER BY term) AS terms
  FROM talk_terms JOIN codes ON list = 'matter' AND code = matter
  GROUP BY talk_id
),
signs(answer, words) AS (VALUES
  ('accepts', 'a yes'), ('accepts_with_conditions', 'a yes with conditions'), ('positive', 'a welcome without a yes'),
  ('counterproposes', 'terms of its own'), ('rejects', 'a no'), ('not_yet', 'no answer yet'),
  ('unclear', 'an answer whose yes or no is not told')
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
  JOIN acted_by AS lead ON lead.talk_id = a.talk_id
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
  || coalesce(' We read it as ' || signs.words || ', ' || bases.words || ', in answer to: ' || text.title || '.', '')
  || coalesce(' Disputed: ' || t.disputed, '') AS says,
  best.link
FROM talks AS t
LEFT JOIN acted_by AS lead USING (talk_id)
JOIN talk_scores USING (talk_id)
LEFT JOIN counted USING (talk_id)
LEFT JOIN best USING (talk_id)
LEFT JOIN worded USING (talk_id)
LEFT JOIN replied USING (talk_id)
LEFT JOIN talks AS text ON text.talk_id = t.answers_id
JOIN told USING (talk_id)
LEFT JOIN spoken ON spoken.edtf = t.date
LEFT JOIN bases ON bases.basis = t.answer_basis
LEFT JOIN signs ON signs.answer = t.answer
