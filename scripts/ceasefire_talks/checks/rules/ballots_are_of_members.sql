-- A ballot is on a vote, and of a member of the Security Council in its year.
-- Where the members of a year are not known, as in a package, who is one is not judged.
SELECT 'ballots' AS table_name, b._row, CASE WHEN kind <> 'vote' THEN 'talk_id' ELSE 'actor_id' END AS field,
  CASE WHEN kind <> 'vote' THEN 'is of kind ' || kind || ', not a vote' ELSE 'was no member in ' || year(date_first_day) END
    AS message
FROM ballots AS b JOIN talks USING (talk_id)
WHERE kind <> 'vote'
  OR year(date_first_day) IN (SELECT year FROM council) AND (year(date_first_day), b.actor_id) NOT IN (SELECT (year, actor_id) FROM council)
ORDER BY ALL
