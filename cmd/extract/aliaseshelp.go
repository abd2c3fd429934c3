package main

// aliasesHelp describes the file of --aliases.
const aliasesHelp = `An alias file is a CSV file with the heading
  name,current_name,region,from_year,to_year,kind
where kind is renamed or merged (current_name is then the department that it was merged into); region and the years may be
empty. The headings published_name, first_fiscal_year, last_fiscal_year and change are accepted too. For names that are not
in the file, a change of name is inferred when the new department's documents repeat figures of the old one.
`
