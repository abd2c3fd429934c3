-- Which publications there are, current or not, and how well each was read.
SELECT
  d.region_name AS region_name,
  s.department_id AS department_id,
  d.department_name AS department_name,
  d.entity_level AS entity_level,
  d.fiscal_year AS fiscal_year,
  d.document_type AS document_type,
  d.file_name AS file_name,
  d.document_id AS document_id,
  s.is_current AS is_current,
  s.reason AS reason,
  d.status AS status,
  d.line_count AS line_count,
  d.numbers_total AS numbers_total,
  d.numbers_claimed AS numbers_claimed,
  d.checks_passed AS checks_passed,
  d.checks_failed AS checks_failed
FROM {{from "documents" "d"}}
JOIN {{from "series" "s"}} ON s.document_id = d.document_id
