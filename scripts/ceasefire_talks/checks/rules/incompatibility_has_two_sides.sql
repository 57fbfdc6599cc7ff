-- The two demands of a strict incompatibility have different demanders.
SELECT 'demand_incompatibilities' AS table_name, c._row, 'other_demand_id' AS field,
  'both are demands of ' || one.demander_id AS message
FROM demand_incompatibilities AS c
JOIN demands AS one USING (demand_id)
JOIN demands AS other ON other.demand_id = c.other_demand_id
WHERE c.grounds = 'strict' AND coalesce(one.demander_id = other.demander_id, false)  -- no condition to join demands by
ORDER BY ALL
