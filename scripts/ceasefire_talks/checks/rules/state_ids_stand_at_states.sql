-- The number of a state stands at the state; UCDP's, which is of its government, at that government where it is an actor.
SELECT 'actor_names' AS table_name, n._row, 'actor_id' AS field, CASE
    WHEN scheme = 'ucdp_actor' THEN 'is a state whose government is an actor; give its UCDP id to ' || min(g.actor_id)
    ELSE 'is of kind ' || a.kind || '; ' || scheme || ' is a scheme of states'
  END AS message
FROM actor_names AS n JOIN actors AS a USING (actor_id)
  LEFT JOIN actors AS g ON g.part_of_id = a.actor_id AND g.kind = 'government'
WHERE CASE scheme
    WHEN 'ucdp_actor' THEN a.kind = 'state' AND g.actor_id IS NOT NULL
    ELSE scheme IN ('cow', 'gleditsch_ward', 'iso_3166_1_alpha_2', 'iso_3166_1_alpha_3') AND a.kind <> 'state'
  END
GROUP BY n._row, scheme, a.kind
ORDER BY ALL
