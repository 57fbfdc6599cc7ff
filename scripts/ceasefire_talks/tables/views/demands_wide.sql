SELECT
  d.*,
  demander.name AS demander,
  addressee.name AS addressee,
  who.name AS attributed_to,
  (SELECT group_concat(id, '; ')
   FROM (SELECT other_id AS id FROM clashes WHERE demand_id = d.demand_id AND degree = 'strict' ORDER BY 1)) AS excluded_by,
  (SELECT group_concat(id, '; ')
   FROM (SELECT other_id AS id FROM clashes WHERE demand_id = d.demand_id AND degree = 'tension' ORDER BY 1)) AS in_tension_with,
  (SELECT group_concat(bearing || ' ' || event_id, '; ')
   FROM (SELECT * FROM event_demands WHERE demand_id = d.demand_id ORDER BY event_id, bearing)) AS events,
  seen.passages, seen.paragraph, seen.link
FROM demands AS d
JOIN actors AS demander ON demander.actor_id = d.demander_id
LEFT JOIN actors AS addressee ON addressee.actor_id = d.addressee_id
LEFT JOIN actors AS who ON who.actor_id = d.attributed_to_id
LEFT JOIN first_seen AS seen ON seen."table" = 'demands' AND seen.row_id = d.demand_id
ORDER BY d.demand_id
