SELECT
  a.actor_id,
  whole.name AS part_of,
  party.party_id,
  party.party,
  (SELECT string_agg(n.value, '; ' ORDER BY n.value) FROM actor_names AS n
   WHERE n.actor_id = a.actor_id AND n.scheme = 'alias') AS other_names,
  CASE
    WHEN a.actor_id NOT IN (SELECT actor_id FROM talking) THEN 'article'
    WHEN EXISTS (SELECT * FROM evidence AS e WHERE e.table_name = 'actors' AND e.row_id = a.actor_id) THEN 'both'
    ELSE 'talks'
  END AS named_in,
  seen.link
FROM actors AS a
JOIN party USING (actor_id)
LEFT JOIN actors AS whole ON whole.actor_id = a.part_of_id
LEFT JOIN first_seen AS seen ON seen.table_name = 'actors' AND seen.row_id = a.actor_id
