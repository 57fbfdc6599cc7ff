-- A verdict has its sources: agrees and refines one that supports and none that contradicts first hand, differs one that contradicts and is strong, disputed one for each side, unclear any, no independent source none; rows of talks may stand in their place.
WITH wrong AS (
  SELECT assessment_id, CASE
    WHEN verdict IN ('agrees', 'refines') AND NOT told AND supporting = 0
      THEN '"' || verdict || '" has no source that supports it; name one, or a row of talks'
    WHEN verdict IN ('agrees', 'refines') AND first_hand > 0
      THEN '"' || verdict || '" is contradicted first hand; give the verdict that its sources bear'
    WHEN verdict = 'unclear' AND NOT told AND supporting + contradicting = 0
      THEN '"unclear" has no source; it is no_independent_source'
    WHEN verdict = 'differs' AND contradicting = 0 AND (supporting > 0 OR NOT told) THEN '"differs" has no source that contradicts it; name one'
    WHEN verdict = 'differs' AND score < 2
      THEN '"differs" rests on one report; a record, own words or two origins are needed, else it is unclear'
    WHEN verdict = 'disputed' AND (supporting = 0 OR contradicting = 0) AND (supporting + contradicting > 0 OR NOT told)
      THEN '"disputed" has a source for one side alone; name one for the other'
    WHEN verdict = 'no_independent_source' AND (told OR supporting + contradicting > 0)
      THEN '"no_independent_source" has sources; give the verdict that they bear'
  END AS message
  FROM assessment_scores
)
SELECT 'assessments' AS table_name, _row, 'verdict' AS field, message
FROM assessments JOIN (FROM wrong WHERE message IS NOT NULL) USING (assessment_id)
ORDER BY ALL
