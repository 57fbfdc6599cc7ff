SELECT
  a.actor_id,
  whole.name AS part_of,
  (SELECT string_agg(n.value, '; ' ORDER BY n.value) FROM actor_names AS n
   WHERE n.actor_id = a.actor_id AND n.scheme = 'alias') AS other_names,
  seen.link
FROM actors AS a
LEFT JOIN actors AS whole ON whole.actor_id = a.part_of_id
LEFT JOIN first_seen AS seen ON seen.table_name = 'actors' AND seen.row_id = a.actor_id
