-- Who does what in an act of the talks: those of each part, whose act it is, and who tells it.
CREATE VIEW sided AS
SELECT talk_id, part, string_agg(name, '; ' ORDER BY name) AS names,
  string_agg(DISTINCT party, '; ' ORDER BY party) AS parties
FROM talk_actors JOIN party USING (actor_id)
GROUP BY talk_id, part;

-- Whose act it is: those who have the first of these parts that somebody has.
CREATE VIEW acting AS
WITH choices(kind, part, choice) AS (VALUES
  ('answer', 'answerer', 1), ('proposal', 'author', 1), ('proposal', 'answerer', 1), ('proposal', 'said_to_own', 2),
  ('proposal', 'announcer', 3), ('proposal', 'mediator', 4), ('statement', 'voice', 1), ('statement', 'author', 1),
  ('statement', 'said_to_own', 2), ('statement', 'announcer', 3), ('meeting', 'attendee', 1), ('meeting', 'mediator', 1),
  ('vote', 'author', 1), ('breakdown', 'author', 1), ('breakdown', 'said_to_own', 2), ('breakdown', 'announcer', 3),
  ('breakdown', 'attendee', 4), ('mediator_change', 'mediator', 1), ('mediator_change', 'said_to_own', 2),
  ('mediator_change', 'announcer', 3),
  ('agreement', 'author', 1), ('agreement', 'answerer', 1), ('agreement', 'attendee', 1), ('agreement', 'said_to_own', 2),
  ('agreement', 'announcer', 3), ('truce_or_release', 'author', 1), ('truce_or_release', 'attendee', 1),
  ('truce_or_release', 'said_to_own', 2), ('truce_or_release', 'mediator', 3), ('truce_or_release', 'announcer', 4))
SELECT talk_id, name, party, part, choice, dense_rank() OVER (PARTITION BY talk_id ORDER BY choice) AS place
FROM talk_actors JOIN party USING (actor_id) JOIN talks USING (talk_id) JOIN choices USING (kind, part);

CREATE VIEW acted_by AS
SELECT talk_id, string_agg(DISTINCT name, '; ' ORDER BY name) AS who,
  string_agg(DISTINCT party, '; ' ORDER BY party) AS who_party
FROM acting WHERE place = 1 GROUP BY talk_id;

CREATE VIEW support AS SELECT * FROM backing WHERE table_name = 'talks' AND stance <> 'contradicts';

-- Who tells it: those of another side who announced it, or the kind of people who say what somebody answered; of an offer
-- that no record and nobody's own words bear out, reports.
CREATE VIEW told AS
WITH announced AS (
  SELECT t.talk_id, string_agg(p.name, '; ' ORDER BY p.name) AS names
  FROM talks AS t JOIN talk_actors AS a USING (talk_id) JOIN party AS p USING (actor_id)
  WHERE a.part = 'announcer' AND NOT EXISTS (
    SELECT * FROM acting WHERE acting.talk_id = t.talk_id AND acting.place = 1 AND acting.party = p.party
  )
  GROUP BY t.talk_id
)
SELECT t.talk_id, CASE
    WHEN answer_basis = 'own_statement' THEN NULL
    WHEN answer_basis = 'unnamed' THEN coalesce(names || ', unnamed', label)
    WHEN answer_basis IS NULL AND kind = 'proposal' AND t.talk_id NOT IN (
      SELECT row_id FROM support WHERE bears_who AND hand IN ('record', 'own_words')) THEN coalesce(names, 'Reports')
    ELSE coalesce(names, label) END AS told_by
FROM talks AS t LEFT JOIN announced USING (talk_id)
LEFT JOIN codes ON list = 'answer_basis' AND code = answer_basis;
