package main

const aliasesHelp = `An alias file is a CSV file with the heading
  name,current_name,region,from_year,to_year,kind
where kind is renamed or merged (current_name is then the department it went into) and region and the years may be empty.
The headings published_name, first_fiscal_year, last_fiscal_year and change will do too. Of names that it does not speak of,
changes are seen where the new department's documents repeat the figures of the old one.
`
