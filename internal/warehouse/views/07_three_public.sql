-- “三公” spending by item for each department and year, in yuan; vehicles are purchase and running cost together.
SELECT
  p.department_id AS department_id,
  p.department AS department,
  p.fiscal_year AS fiscal_year,
  p.phase AS phase,
  p.document_id AS document_id,
  p.fund_source AS fund_source,
  SUM(p.amount) AS total,
  SUM(CASE WHEN p.item_name LIKE '%出国%' THEN p.amount END) AS travel_abroad,
  SUM(CASE WHEN p.item_name LIKE '%接待%' THEN p.amount END) AS reception,
  SUM(CASE WHEN p.item_name LIKE '%购置%' OR p.item_name LIKE '%运行%' OR p.item_name LIKE '%用车%' THEN p.amount END) AS vehicles,
  SUM(CASE WHEN p.item_name LIKE '%购置%' AND p.item_name NOT LIKE '%运行%' THEN p.amount END) AS vehicle_purchase,
  SUM(CASE WHEN p.item_name LIKE '%运行%' AND p.item_name NOT LIKE '%购置%' THEN p.amount END) AS vehicle_running
FROM (
  SELECT f.*, MIN(f.choice) OVER (PARTITION BY f.document_id, f.phase) AS first_choice
  FROM (
    SELECT l.department_id AS department_id, l.department AS department, l.fiscal_year AS fiscal_year, l.phase AS phase,
      l.document_id AS document_id, l.fund_source AS fund_source, l.item_name AS item_name, l.amount AS amount,
      CASE l.fund_source WHEN 'all' THEN 0 WHEN 'appropriation' THEN 1 WHEN 'general_public_budget' THEN 2 ELSE 3 END AS choice
    FROM countable_lines l
    WHERE l.statement = 'three_public'
  ) f
) p
WHERE p.choice = p.first_choice
GROUP BY p.department_id, p.department, p.fiscal_year, p.phase, p.document_id, p.fund_source
