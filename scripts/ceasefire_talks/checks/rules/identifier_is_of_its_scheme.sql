-- An id of a public scheme is written as the scheme writes it.
WITH forms(scheme, form, example) AS (VALUES
  ('wikidata', 'Q[1-9][0-9]*', 'Q801'), ('ror', '0[0-9a-hjkmnp-tv-z]{6}[0-9]{2}', '034vnkd20'),
  ('iso_3166_1_alpha_2', '[A-Z]{2}', 'IL'), ('iso_3166_1_alpha_3', '[A-Z]{3}', 'ISR'),
  ('cow', '[1-9][0-9]{0,2}', '666'), ('gleditsch_ward', '[1-9][0-9]{0,2}', '666'), ('ucdp_actor', '[1-9][0-9]*', '117')
)
SELECT 'actor_names' AS table_name, _row, 'value' AS field,
  'is not written as an id of ' || scheme || coalesce(', such as ' || example, '; say how in this rule') AS message
FROM actor_names LEFT JOIN forms USING (scheme)
WHERE scheme NOT IN ('alias', 'misprint') AND NOT coalesce(regexp_full_match(value, form), FALSE)
ORDER BY ALL
