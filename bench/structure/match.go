package main

// found is one table of a system, on one page or over several.
type found struct {
	File      string `json:"file"`
	FirstPage int    `json:"first_page"`
	LastPage  int    `json:"last_page"`
	Title     string `json:"title"`
	Unit      string `json:"unit"`
	Grid
}

// system is what one program found in all files.
type system struct {
	Name   string  `json:"name"`
	Tables []found `json:"tables"`
}

// best scores a system on one reference: the table of the same pages that fits best. For a table over several pages a system
// that knows only pages gets its best table of each page, joined under one header or beside one another.
func (s *system) best(ref *Reference) Score {
	score := compare(&ref.Grid, nil)
	try := func(g *Grid) {
		if other := compare(&ref.Grid, g); other.F1() > score.F1() || score.System == 0 {
			score = other
		}
	}
	pages := map[int]*Grid{}
	shared := map[int]int{}
	for i := range s.Tables {
		t := &s.Tables[i]
		if t.File != ref.File || t.LastPage < ref.FirstPage || t.FirstPage > ref.LastPage {
			continue
		}
		try(&t.Grid)
		if n := compare(&ref.Grid, &t.Grid).Shared; t.FirstPage == t.LastPage && (pages[t.FirstPage] == nil || n > shared[t.FirstPage]) {
			pages[t.FirstPage], shared[t.FirstPage] = &t.Grid, n
		}
	}
	if len(pages) > 1 {
		try(joined(ref, pages))
		try(beside(ref, pages))
	}
	return score
}

// named tells whether the table that fits best on a reference's pages has its title and its unit.
func (s *system) named(ref *Reference) (title, unit bool) {
	most := 0
	for i := range s.Tables {
		t := &s.Tables[i]
		if t.File != ref.File || t.LastPage < ref.FirstPage || t.FirstPage > ref.LastPage {
			continue
		}
		if n := compare(&ref.Grid, &t.Grid).Shared; n > most {
			most, title, unit = n, t.Title == key(ref.Title), t.Unit == key(ref.Unit)
		}
	}
	return title, unit
}

// joined puts the pages' tables under one another, leaving out header rows that repeat those of the first.
func joined(ref *Reference, pages map[int]*Grid) *Grid {
	out := &Grid{}
	for page := ref.FirstPage; page <= ref.LastPage; page++ {
		g := pages[page]
		if g == nil {
			continue
		}
		skip := 0
		for out.Rows > 0 && skip < ref.HeaderRows && skip < g.Rows && out.rowText(skip) == g.rowText(skip) {
			skip++
		}
		for _, c := range g.Cells {
			if c.Row >= skip {
				c.Row += out.Rows - skip
				out.Cells = append(out.Cells, c)
			}
		}
		out.Rows += g.Rows - skip
		out.Columns = max(out.Columns, g.Columns)
	}
	return out
}

// beside puts the pages' tables to the right of one another.
func beside(ref *Reference, pages map[int]*Grid) *Grid {
	out := &Grid{}
	for page := ref.FirstPage; page <= ref.LastPage; page++ {
		g := pages[page]
		if g == nil {
			continue
		}
		for _, c := range g.Cells {
			c.Col += out.Columns
			out.Cells = append(out.Cells, c)
		}
		out.Columns += g.Columns
		out.Rows = max(out.Rows, g.Rows)
	}
	return out
}

// rowText is what the cells that begin in a row say.
func (g *Grid) rowText(row int) string {
	text := ""
	for _, c := range g.Cells {
		if c.Row == row {
			text += "|" + c.Text
		}
	}
	return text
}
