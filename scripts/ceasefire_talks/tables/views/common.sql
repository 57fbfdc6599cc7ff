-- What several queries need, those of rules too: the address of the first sentence that a row was read in, the damage of
-- the text there, the party of each actor (the state, armed group or international organisation that it is or belongs
-- to), and the actors of the talks with all that they are part of.
CREATE VIEW first_seen AS
SELECT table_name, row_id, arg_min(p.link, e.start_offset) AS link
FROM evidence AS e
JOIN passages AS p USING (passage_id)
GROUP BY table_name, row_id;

CREATE VIEW damage AS
SELECT e.table_name, e.row_id, CASE WHEN bool_or(r.basis = 'undecided') THEN 'undecided' ELSE 'emended' END AS text_damage
FROM evidence AS e
JOIN readings AS r
  ON r.source_id = e.source_id AND r.start_offset < e.end_offset AND e.start_offset < r.end_offset
GROUP BY e.table_name, e.row_id;

CREATE VIEW party AS
WITH RECURSIVE above(actor_id, whole_id, distance) AS (
  SELECT actor_id, actor_id, 0 FROM actors
  UNION ALL
  SELECT above.actor_id, a.part_of_id, distance + 1
  FROM above JOIN actors AS a ON a.actor_id = above.whole_id
  WHERE distance < 20
),
found AS (
  SELECT above.actor_id, arg_min(whole_id, distance) AS party_id
  FROM above JOIN actors AS a ON a.actor_id = above.whole_id
  WHERE a.kind IN ('state', 'armed_group', 'international_organisation')
  GROUP BY above.actor_id
)
SELECT a.actor_id, a.name, coalesce(found.party_id, a.actor_id) AS party_id, p.name AS party
FROM actors AS a
LEFT JOIN found USING (actor_id)
JOIN actors AS p ON p.actor_id = coalesce(found.party_id, a.actor_id);

CREATE VIEW talking AS
WITH RECURSIVE talking(actor_id) AS (
  SELECT actor_id FROM talk_actors
  UNION ALL SELECT actor_id FROM ballots
  UNION SELECT a.part_of_id FROM talking AS t JOIN actors AS a USING (actor_id) WHERE a.part_of_id IS NOT NULL
)
SELECT actor_id FROM talking;

CREATE MACRO plain_number(value) AS
  CASE WHEN value = round(value) THEN format('{:,}', value::BIGINT) ELSE value::VARCHAR END;

-- A text as it stands among others that semicolons part.
CREATE MACRO list_item(words) AS replace(words, ';', ',');

CREATE MACRO unit_words(label) AS CASE WHEN label LIKE 'US %' THEN label ELSE lower(label) END;

-- One sentence a row that a reader may print: who says it and how sure, what is said, the doubt of the text, and what
-- independent sources say where they differ or disagree.
CREATE MACRO says(attribution, who, certainty, words, damage, verdict, on_what, finding) AS (
  'According to an explainer of October 2024, read in an altered copy'
  || CASE attribution WHEN 'named' THEN ', which cites ' || who WHEN 'unnamed_reports' THEN ', which cites unnamed reports'
     ELSE '' END
  || CASE certainty WHEN 'probable' THEN ', as likely' WHEN 'possible' THEN ', as possible'
     WHEN 'unknown' THEN ', leaving open how sure it is' ELSE '' END
  || ': ' || words
  || CASE damage WHEN 'undecided' THEN ' (The text is damaged there, and its meaning undecided.)' ELSE '' END
  || CASE WHEN verdict IN ('differs', 'disputed') THEN
       CASE WHEN right(words, 1) = '.' OR damage = 'undecided' THEN ' ' ELSE '. ' END
       || CASE verdict WHEN 'differs' THEN 'Independent sources differ on ' ELSE 'Disputed is ' END
       || on_what || ': ' || finding
     ELSE '' END
);
