-- Every event, quantity, means of pressure, mediator, demand and state is judged by an assessment on whether it is so, on its value or on whether it was said; a claim of another kind by none.
WITH judged_rows AS (
  SELECT to_id FROM links WHERE relation IN ('judges_occurrence', 'judges_value', 'judges_said')
),
due AS (
  SELECT 'events' AS table_name, _row, 'event_id' AS field, event_id AS row_id, TRUE AS checkable FROM events
  UNION ALL SELECT 'quantities', _row, 'quantity_id', quantity_id, TRUE FROM quantities
  UNION ALL SELECT 'leverage', _row, 'leverage_id', leverage_id, TRUE FROM leverage
  UNION ALL SELECT 'mediators', _row, 'mediator_id', mediator_id, TRUE FROM mediators
  UNION ALL SELECT 'demands', _row, 'demand_id', demand_id, TRUE FROM demands
  UNION ALL SELECT 'claims', _row, 'claim_id', claim_id, kind = 'state' FROM claims
)
SELECT table_name, _row, field, CASE WHEN checkable
  THEN 'is judged by no assessment; tie one to it, if only with the verdict no_independent_source'
  ELSE 'is judged by an assessment and is no state; what is neither event nor state cannot be checked' END AS message
FROM due
WHERE checkable <> (row_id IN (SELECT to_id FROM judged_rows))
ORDER BY ALL
