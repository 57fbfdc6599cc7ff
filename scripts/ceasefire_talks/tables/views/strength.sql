-- How well a row is borne: by a record or somebody's own words, or reported by two origins (2), by one (1), by none (0).
--
-- Of a talk, day and actor, and for an answer the answer, must each be borne; the least of them counts. At most moderate
-- where a first-hand document contradicts what is needed, where an answer is told by another than the answerer, or where a
-- proposal or a breakdown is only said to be somebody's: neither the one nor its own people wrote or announced it.
CREATE MACRO borne(hand, origin) AS
  CASE WHEN bool_or(hand IN ('record', 'own_words')) OR min(origin) <> max(origin) THEN 2 ELSE 1 END;

-- What puts the source nearest to what it tells first.
CREATE MACRO distance(hand, kind, source_id) AS (
  list_position(['record', 'own_words', 'reporting', 'relay'], hand),
  list_position(['primary', 'agency', 'newspaper', 'research', 'reference', 'dataset'], kind), source_id
);

CREATE VIEW talk_scores AS
WITH owned AS (
  SELECT talk_id FROM talk_actors WHERE part IN ('author', 'answerer')
  UNION ALL
  SELECT a.talk_id FROM talk_actors AS a JOIN party AS p USING (actor_id)
  WHERE a.part = 'announcer' AND NOT EXISTS (
    SELECT * FROM talk_actors AS s JOIN party AS o USING (actor_id)
    WHERE s.talk_id = a.talk_id AND s.part = 'said_to_own' AND o.party_id <> p.party_id
  )
),
needs AS (
  SELECT row_id AS talk_id, needed, borne(hand, origin) AS score
  FROM (
    SELECT row_id, origin, hand, 'day' AS needed FROM support WHERE bears_day
    UNION ALL SELECT row_id, origin, hand, 'who' FROM support WHERE bears_who
    UNION ALL SELECT row_id, origin, hand, 'answer' FROM support WHERE bears_answer
  )
  GROUP BY row_id, needed
)
SELECT t.talk_id,
  least(
    coalesce(max(score) FILTER (needed = 'day'), 0),
    coalesce(max(score) FILTER (needed = 'who'), 0),
    CASE WHEN max(t.answer) IS NOT NULL THEN coalesce(max(score) FILTER (needed = 'answer'), 0) END,
    CASE WHEN max(t.answer_basis) <> 'own_statement' THEN 1 END,
    CASE WHEN t.talk_id IN (
      SELECT row_id FROM backing JOIN talks ON talk_id = row_id
      WHERE hand IN ('record', 'own_words') AND (contradicts IN ('day', 'who') OR contradicts = 'answer' AND answer IS NOT NULL)
    ) THEN 1 END,
    CASE WHEN t.kind IN ('proposal', 'breakdown') AND t.talk_id NOT IN (SELECT talk_id FROM owned) THEN 1 END
  ) AS score
FROM talks AS t LEFT JOIN needs USING (talk_id)
GROUP BY t.talk_id, t.kind;

-- Of an assessment, the sources on the side of the verdict count, and of what is disputed the weaker side; the talks that
-- it rests on stand on either side with the strength that they have.
CREATE VIEW assessment_scores AS
WITH told AS (
  SELECT from_id AS assessment_id, max(score) AS score
  FROM links LEFT JOIN talk_scores ON talk_id = to_id WHERE relation = 'rests_on' GROUP BY from_id
),
sides AS (
  SELECT row_id AS assessment_id, count(*) FILTER (stance IN ('supports', 'one_side')) AS supporting,
    count(*) FILTER (stance = 'contradicts') AS contradicting,
    count(*) FILTER (stance = 'contradicts' AND hand IN ('record', 'own_words')) AS first_hand,
    CASE WHEN supporting > 0 THEN
      borne(CASE WHEN stance IN ('supports', 'one_side') THEN hand END, CASE WHEN stance IN ('supports', 'one_side') THEN origin END)
    END AS supports,
    CASE WHEN contradicting > 0 THEN
      borne(CASE WHEN stance = 'contradicts' THEN hand END, CASE WHEN stance = 'contradicts' THEN origin END)
    END AS contradicts
  FROM backing WHERE table_name = 'assessments' GROUP BY row_id
),
both_sides AS (
  SELECT a.assessment_id, a.verdict, told.assessment_id IS NOT NULL AS told,
    coalesce(supporting, 0) AS supporting, coalesce(contradicting, 0) AS contradicting, coalesce(first_hand, 0) AS first_hand,
    coalesce(greatest(supports, told.score), 0) AS supports, coalesce(greatest(contradicts, told.score), 0) AS contradicts
  FROM assessments AS a LEFT JOIN sides USING (assessment_id) LEFT JOIN told USING (assessment_id)
)
SELECT assessment_id, verdict, told, supporting, contradicting, first_hand,
  CASE verdict WHEN 'differs' THEN contradicts WHEN 'disputed' THEN least(supports, contradicts)
    WHEN 'unclear' THEN greatest(supports, contradicts) ELSE supports END AS score
FROM both_sides;

-- The worst verdict on a row and what it is on, as a code and in words; its findings are those of that verdict, and of all
-- that differ or are disputed.
CREATE VIEW judged AS
WITH aspects(aspect, words) AS (VALUES
  ('occurrence', 'whether it is so'), ('value', 'the number'), ('date', 'the date'), ('place', 'the place'),
  ('actor', 'the actor'), ('addressee', 'the addressee'), ('status', 'the outcome'), ('said', 'whether it was said')
),
ties AS (
  SELECT to_id AS row_id, assessment_id, verdict, finding, replace(relation, 'judges_', '') AS aspect,
    list_position(['differs', 'disputed', 'unclear', 'refines', 'agrees', 'no_independent_source'], verdict) AS place
  FROM links JOIN assessments ON assessment_id = from_id
  WHERE relation LIKE 'judges\_%' ESCAPE '\'
),
worst AS (SELECT *, place = min(place) OVER (PARTITION BY row_id) AS is_worst FROM ties),
findings AS (SELECT DISTINCT row_id, assessment_id, place, finding FROM worst WHERE is_worst OR place <= 2)
SELECT row_id, arg_min(verdict, place) AS verdict,
  string_agg(DISTINCT aspect, '; ' ORDER BY aspect) FILTER (is_worst) AS verdict_on,
  string_agg(DISTINCT words, ' and ' ORDER BY words) FILTER (is_worst) AS on_what,
  (SELECT string_agg(finding, ' ' ORDER BY place, assessment_id) FROM findings AS f WHERE f.row_id = worst.row_id) AS finding
FROM worst JOIN aspects USING (aspect)
GROUP BY row_id;
