// Package codebook has the classifications that budgets are printed in, and the codes of regions: what a code is called, and
// which code a name means, in each year.
package codebook

import (
	"bytes"
	"embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/countybudget/extract/schema"
	"golang.org/x/text/unicode/norm"
)

// The codebooks are CSV files, one code in one span of years a line, sorted by code and year; data/NOTICE says where they
// come from. A field holds no comma and no quote, so that a line is split and nothing is copied.
//
//go:embed data/*.csv
var codebookFiles embed.FS

// parquetFile is the dataset of the codebooks. It is the same in every output of one version of the program, so its file is
// made beforehand: to make it takes longer than to convert a page. A test of internal/output compares it with the codebooks.
//
//go:embed data/codes.parquet
var parquetFile []byte

// ParquetFile is the data file of the dataset codes. It must not be changed.
func ParquetFile() []byte { return parquetFile }

// Books are the classifications that budgets are printed in, each code with the years in which it had its name.
//
// Lookups take the fiscal year, 0 for today's edition. A code or name that the year's edition does not have is looked up
// in the others: budgets are often printed in the words of the year before or after.
type Books struct {
	functional         *book
	economicDepartment *book
	economicGovernment *book
	revenue            *book
	fundSource         *book
	regionRows         func() ([]schema.CodeRow, error)
	regions            func() (*regionBook, error)
}

// Load gives the codebooks of the program. They are read once; the regions when they are first asked for.
func Load() (*Books, error) { return load() }

var load = sync.OnceValues(func() (*Books, error) {
	aliases, err := readAliases()
	if err != nil {
		return nil, err
	}
	c := &Books{regionRows: sync.OnceValues(readRegions)}
	c.regions = sync.OnceValues(func() (*regionBook, error) { return newRegionBook(c.regionRows()) })
	for _, b := range []struct {
		name string
		to   **book
	}{
		{schema.CodebookFunctional, &c.functional},
		{schema.CodebookEconomicDepartment, &c.economicDepartment},
		{schema.CodebookEconomicGovernment, &c.economicGovernment},
		{schema.CodebookRevenue, &c.revenue},
		{schema.CodebookFundSource, &c.fundSource},
	} {
		if *b.to, err = newBook(b.name, aliases[b.name]); err != nil {
			return nil, err
		}
	}
	return c, nil
})

// Rows lists every code of every codebook.
func (c *Books) Rows() ([]schema.CodeRow, error) {
	regions, err := c.regionRows()
	if err != nil {
		return nil, err
	}
	return slices.Concat(c.functional.rows, c.economicDepartment.rows, c.economicGovernment.rows, c.revenue.rows,
		c.fundSource.rows, regions), nil
}

// FunctionalByName finds a code of 支出功能分类 by its name. Level is 1 类, 2 款, 3 项, or 0 for any; parent, if not empty,
// is a code above it. The name must lead to one code only.
func (c *Books) FunctionalByName(name string, level int, parent string, year int) (schema.CodeRow, bool) {
	return c.functional.byName(name, level, parent, year)
}

// EconomicDepartmentByName finds a code of 部门预算支出经济分类 by its name, as FunctionalByName does. Its CounterpartCode is the
// government economic class that it belongs to in the budget of an administrative organ; an institution's (事业单位) are 50501,
// 50502 and 506.
func (c *Books) EconomicDepartmentByName(name string, level int, parent string, year int) (schema.CodeRow, bool) {
	return c.economicDepartment.byName(name, level, parent, year)
}

// EconomicGovernmentByName finds a code of 政府预算支出经济分类 by its name, as FunctionalByName does.
func (c *Books) EconomicGovernmentByName(name string, level int, parent string, year int) (schema.CodeRow, bool) {
	return c.economicGovernment.byName(name, level, parent, year)
}

// RevenueByName finds a code of 收入分类 by its name, as FunctionalByName does.
func (c *Books) RevenueByName(name string, level int, parent string, year int) (schema.CodeRow, bool) {
	return c.revenue.byName(name, level, parent, year)
}

// FundSourceByName finds a fund source by one of its names in budgets.
func (c *Books) FundSourceByName(name string) (schema.FundSource, bool) {
	row, ok := c.fundSource.byName(name, 0, "", 0)
	return schema.FundSource(row.Code), ok
}

// ParentCode is the code one level up in a numbered codebook: 2080505 → 20805 → 208 → none.
func ParentCode(code string) string {
	if len(code) <= classDigits {
		return ""
	}
	return code[:len(code)-2]
}

// CodeLevel is the level of a code in a numbered codebook: 1 类, 2 款, 3 项; 0 if it is none.
func CodeLevel(code string) int32 {
	if len(code) < classDigits || (len(code)-classDigits)%2 != 0 {
		return 0
	}
	return int32(1 + (len(code)-classDigits)/2)
}

// classDigits is the length of a 类.
const classDigits = 3

// book is one classification, with its indices.
type book struct {
	rows  []schema.CodeRow
	codes map[string]span    // rows of a code
	names map[string][]int32 // rows of a normalized name
}

type span struct{ first, end int32 }

func newBook(name string, aliases []alias) (*book, error) {
	rows, err := readCodes(name)
	if err != nil {
		return nil, err
	}
	b := &book{rows: rows, codes: make(map[string]span, len(rows)), names: make(map[string][]int32, len(rows))}
	for i := range rows {
		row := &rows[i]
		if row.ParentCode == "" && name != schema.CodebookFundSource {
			row.Level, row.ParentCode = CodeLevel(row.Code), ParentCode(row.Code)
		}
		s, ok := b.codes[row.Code]
		if !ok {
			s.first = int32(i)
		}
		s.end = int32(i) + 1
		b.codes[row.Code] = s
		key := NormalizeName(row.Name)
		b.names[key] = append(b.names[key], int32(i))
	}
	for _, a := range aliases {
		s, ok := b.codes[a.code]
		if !ok {
			return nil, fmt.Errorf("codebook %s: the alias %s leads to %s, which is no code", name, a.name, a.code)
		}
		key := NormalizeName(a.name)
		for i := s.first; i < s.end; i++ {
			b.names[key] = append(b.names[key], i)
		}
	}
	return b, nil
}

func (b *book) byName(name string, level int, parent string, year int) (schema.CodeRow, bool) {
	candidates, ok := b.names[name]
	if !ok {
		candidates = b.names[NormalizeName(name)]
	}
	found, unique := int32(-1), true
	foundValid := false
	for _, i := range candidates {
		row := &b.rows[i]
		if level != 0 && int(row.Level) != level || parent != "" && !isBelow(row, parent) {
			continue
		}
		valid := ValidIn(row, year)
		switch {
		case found < 0 || valid && !foundValid:
			found, foundValid, unique = i, valid, true
		case valid == foundValid && row.Code != b.rows[found].Code:
			unique = false
		}
	}
	if found < 0 || !unique {
		return schema.CodeRow{}, false
	}
	return b.rows[found], true
}

// isBelow tells whether a row is under a code, at any depth.
func isBelow(row *schema.CodeRow, code string) bool {
	return row.ParentCode == code || row.Code != code && CodeLevel(code) > 0 && strings.HasPrefix(row.Code, code)
}

// ValidIn tells whether a row is of the year's edition; of today's for the year 0.
func ValidIn(row *schema.CodeRow, year int) bool {
	if year == 0 {
		return row.ValidTo == 0
	}
	return int(row.ValidFrom) <= year && (row.ValidTo == 0 || year <= int(row.ValidTo))
}

// NormalizeName makes names comparable: one form of full-width and half-width characters, no white space. Most names are
// in that form and are not copied.
func NormalizeName(s string) string {
	if strings.IndexFunc(s, mayNeedNormalizing) < 0 {
		return s
	}
	return strings.Join(strings.Fields(norm.NFKC.String(s)), "")
}

// mayNeedNormalizing passes over what names are made of: visible ASCII and the unified ideographs.
func mayNeedNormalizing(r rune) bool {
	return !('!' <= r && r <= '~' || 0x4e00 <= r && r <= 0x9fff)
}

type alias struct{ name, code string }

func readAliases() (map[string][]alias, error) {
	aliases := map[string][]alias{}
	err := eachLine("aliases", 4, func(f []string) error {
		aliases[f[0]] = append(aliases[f[0]], alias{name: f[1], code: f[2]})
		return nil
	})
	return aliases, err
}

func readCodes(name string) ([]schema.CodeRow, error) {
	data, err := codebookFiles.ReadFile("data/" + name + ".csv")
	if err != nil {
		return nil, err
	}
	rows := make([]schema.CodeRow, 0, bytes.Count(data, []byte{'\n'}))
	err = eachLine(name, 10, func(f []string) error {
		row := schema.CodeRow{
			Codebook: name, Code: f[0], Name: f[1], Level: 1, ParentCode: f[2],
			COFOG: f[5], GFSM: f[6], Mapping: f[7], CounterpartCode: f[8], Basis: f[9],
		}
		if row.ParentCode != "" {
			row.Level = 2
		}
		var err error
		if row.ValidFrom, err = parseYear(f[3]); err != nil {
			return err
		}
		if f[4] != "" {
			row.ValidTo, err = parseYear(f[4])
		}
		rows = append(rows, row)
		return err
	})
	return rows, err
}

func parseYear(s string) (int32, error) {
	n, err := strconv.ParseInt(s, 10, 32)
	return int32(n), err
}

// eachLine reads an embedded file, without its heading. The slice is used again for the next line.
func eachLine(name string, fields int, do func([]string) error) error {
	data, err := codebookFiles.ReadFile("data/" + name + ".csv")
	if err != nil {
		return err
	}
	parts := make([]string, 0, fields)
	n := 0
	for line := range strings.Lines(string(data)) {
		if n++; n == 1 {
			continue
		}
		parts = parts[:0]
		for field := range strings.SplitSeq(strings.TrimRight(line, "\r\n"), ",") {
			parts = append(parts, field)
		}
		if len(parts) != fields {
			return fmt.Errorf("%s.csv, line %d: %d fields, not %d", name, n, len(parts), fields)
		}
		if err := do(parts); err != nil {
			return fmt.Errorf("%s.csv, line %d: %w", name, n, err)
		}
	}
	return nil
}
