-- The package says once what it is.
SELECT 'package' AS table_name, _row, 'title' AS field, 'is a second row; there is one package' AS message
FROM package
WHERE _row > 0
ORDER BY _row
