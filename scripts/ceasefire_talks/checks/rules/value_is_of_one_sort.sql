-- The value of an assessment has the unit of the quantity that it judges, or both measure time.
WITH times AS (SELECT unnest(['hours', 'days', 'weeks', 'months', 'years', 'decades']) AS unit)
SELECT 'assessments' AS table_name, a._row, 'unit' AS field,
  '"' || a.unit || '" does not fit "' || q.unit || '", the unit of ' || q.quantity_id || ', which it judges' AS message
FROM links AS l
JOIN assessments AS a ON a.assessment_id = l.from_id
JOIN quantities AS q ON q.quantity_id = l.to_id
WHERE l.relation = 'judges_value' AND a.unit <> q.unit AND NOT (a.unit IN (FROM times) AND q.unit IN (FROM times))
ORDER BY ALL
