-- A text with nine yes is adopted, or vetoed by a permanent member's no; with fewer it is not adopted.
-- A package does not carry the permanent members; where they are not known, a veto is not judged.
WITH counted AS (
  SELECT talk_id, count(*) FILTER (ballot = 'yes') AS yes,
    bool_or(ballot = 'no' AND actor_id IN (SELECT actor_id FROM council WHERE permanent)) AS vetoed
  FROM ballots GROUP BY talk_id
),
judged AS (
  SELECT *, CASE WHEN yes < 9 THEN 'not_adopted' WHEN vetoed THEN 'vetoed' ELSE 'adopted' END AS due
  FROM counted JOIN talks USING (talk_id)
)
SELECT 'talks' AS table_name, _row, 'result' AS field, result || ', but by the ballots it is ' || due AS message
FROM judged WHERE result <> due AND (EXISTS (FROM council) OR 'not_adopted' IN (result, due))
ORDER BY ALL
