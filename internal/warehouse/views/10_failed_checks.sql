-- The identities that do not hold in current publications, with expected, actual and difference in yuan.
SELECT
  d.region_name AS region_name,
  s.department_id AS department_id,
  d.department_name AS department_name,
  d.fiscal_year AS fiscal_year,
  d.document_type AS document_type,
  d.file_name AS file_name,
  k.document_id AS document_id,
  k.check_no AS check_no,
  k.rule AS rule,
  k.statement AS statement,
  k.description AS description,
  k.expected AS expected,
  k.actual AS actual,
  k.difference AS difference
FROM {{from "checks" "k"}}
JOIN {{from "documents" "d"}} ON d.document_id = k.document_id
JOIN {{from "series" "s"}} ON s.document_id = k.document_id
WHERE k.status = 'fail' AND s.is_current
