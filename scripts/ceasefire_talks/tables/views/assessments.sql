SELECT
  a.assessment_id,
  CASE WHEN a.verdict NOT IN ('unclear', 'no_independent_source') THEN ['weak', 'moderate', 'strong'][s.score + 1] END AS strength,
  (SELECT count(DISTINCT origin)::INTEGER FROM backing AS b
   WHERE b.table_name = 'assessments' AND b.row_id = a.assessment_id AND b.stance <> 'later'
     OR b.table_name = 'talks' AND b.stance <> 'contradicts' AND b.row_id IN (
       SELECT to_id FROM links WHERE from_id = a.assessment_id AND relation = 'rests_on')) AS origin_count,
  (SELECT string_agg(to_id || ' (' || replace(relation, 'judges_', '') || ')', '; ' ORDER BY to_id, relation)
   FROM links WHERE from_id = a.assessment_id AND relation <> 'rests_on') AS judges,
  (SELECT string_agg(to_id, '; ' ORDER BY to_id) FROM links
   WHERE from_id = a.assessment_id AND relation = 'rests_on') AS rests_on,
  (SELECT arg_min(url, (a.verdict = 'differs' AND b.stance <> 'contradicts', distance(hand, kind, source_id)))
   FROM backing AS b JOIN sources USING (source_id)
   WHERE b.table_name = 'assessments' AND b.row_id = a.assessment_id AND b.stance <> 'later') AS link
FROM assessments AS a
JOIN assessment_scores AS s USING (assessment_id)
