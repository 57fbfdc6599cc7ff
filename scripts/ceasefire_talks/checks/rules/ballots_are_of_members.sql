-- A ballot is on a vote, and of a member of the Security Council in its year.
-- A package does not carry the members; where they are not known, who is one is not judged.
SELECT 'ballots' AS table_name, b._row, CASE WHEN kind <> 'vote' THEN 'talk_id' ELSE 'actor_id' END AS field,
  CASE WHEN kind <> 'vote' THEN 'is of kind ' || kind || ', not a vote' ELSE 'was no member in ' || year(date_first_day) END
    AS message
FROM ballots AS b JOIN talks USING (talk_id)
WHERE kind <> 'vote'
  OR EXISTS (FROM council) AND date_first_day IS NOT NULL AND (year(date_first_day), b.actor_id) NOT IN (SELECT (year, actor_id) FROM council)
ORDER BY ALL
