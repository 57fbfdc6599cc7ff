-- What is withdrawn has the shape of an id, or of several with slashes between them.
SELECT 'withdrawn' AS table_name, _row, 'withdrawn_id' AS field,
  '"' || withdrawn_id || '" looks like no id of a row, such as EV0099, hamas or EV0001/hamas/initiator' AS message
FROM withdrawn
WHERE NOT regexp_full_match(withdrawn_id,
  '((AS|CL|DE|EV|LE|ME|PA|QN|QU|RE|SO|TK)[0-9]{4}|[GHL][0-9]{3}|[a-z]+(_[a-z0-9]+)*)(/[^/]+)*')
ORDER BY ALL
