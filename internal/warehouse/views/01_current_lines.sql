-- The lines of current publications, of each publication's own year and phase: comparisons with another year, and the budget beside final accounts, are left out.
SELECT
{{columns "budget_lines" "l"}}
  s.series_id AS series_id,
  s.department_id AS department_id,
  COALESCE(d.current_name, l.department_name) AS department
FROM {{from "budget_lines" "l"}}
JOIN {{from "series" "s"}} ON s.document_id = l.document_id AND s.fiscal_year = l.fiscal_year
LEFT JOIN {{from "departments" "d"}} ON d.department_id = s.department_id
WHERE s.is_current
  AND ((l.document_type = 'budget' AND l.phase <> 'executed')
    OR (l.document_type = 'final_accounts' AND l.phase = 'executed')
    OR l.document_type IS NULL)
