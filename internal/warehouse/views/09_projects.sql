-- The projects of 项目支出表 with their amounts in yuan and the page they stand on.
SELECT
  l.department_id AS department_id,
  l.department AS department,
  l.fiscal_year AS fiscal_year,
  l.phase AS phase,
  l.document_id AS document_id,
  d.file_name AS file_name,
  l.page AS page,
  l.item_name AS project_name,
  l.counterpart_name AS counterpart_name,
  l.period AS period,
  l.amount AS yuan,
  l.verification AS verification
FROM countable_lines l
JOIN {{from "documents" "d"}} ON d.document_id = l.document_id
WHERE l.statement = 'project_expenditure' AND l.classification = 'project' AND l.fund_source = 'all'
