package lineage

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/countybudget/extract/schema/codebook"
)

// Alias says what became of a department's name. Aliases are kept in a CSV file with a heading:
//
//	name          the name as published
//	current_name  the name under which it is shown; of a merger the department it went into
//	region        code or name of the region, where the same name exists in several (optional)
//	from_year     first fiscal year of the name (optional)
//	to_year       last fiscal year of the name (optional; a merger counts from the year after)
//	kind          renamed or merged; "merged into NAME" with the department's own name as current_name says the same;
//	              empty where the name did not change
//
// published_name, first_fiscal_year, last_fiscal_year and change are other headings for name, from_year, to_year and kind.
type Alias struct {
	Name, Current string
	Region        string
	From, To      int32
	MergedInto    string
}

var aliasColumns = map[string]string{
	"name": "name", "published_name": "name", "current_name": "current", "region": "region",
	"from_year": "from", "first_fiscal_year": "from", "to_year": "to", "last_fiscal_year": "to",
	"kind": "kind", "change": "kind",
}

// ReadAliases reads an alias file.
func ReadAliases(r io.Reader) ([]Alias, error) {
	records := csv.NewReader(r)
	records.TrimLeadingSpace = true
	heading, err := records.Read()
	if errors.Is(err, io.EOF) {
		return nil, errors.New("the file is empty; its first line must name the columns name and current_name")
	}
	if err != nil {
		return nil, err
	}
	places, err := aliasPlaces(heading)
	if err != nil {
		return nil, err
	}
	aliases := []Alias{} // never nil: a file without lines is not the same as no file
	for {
		record, err := records.Read()
		if errors.Is(err, io.EOF) {
			return aliases, nil
		}
		if err != nil {
			return nil, err
		}
		field := func(name string) string {
			if i, ok := places[name]; ok {
				return strings.Join(strings.Fields(record[i]), "")
			}
			return ""
		}
		kind := ""
		if i, ok := places["kind"]; ok {
			kind = strings.TrimSpace(record[i])
		}
		a, err := newAlias(field, kind)
		if err != nil {
			line, _ := records.FieldPos(0)
			return nil, fmt.Errorf("line %d: %w", line, err)
		}
		aliases = append(aliases, a)
	}
}

func aliasPlaces(heading []string) (map[string]int, error) {
	places := map[string]int{}
	for i, name := range heading {
		name = strings.ToLower(strings.TrimSpace(strings.TrimPrefix(name, "\ufeff")))
		column, ok := aliasColumns[name]
		if !ok {
			return nil, fmt.Errorf("column %q is not known", name)
		}
		if _, twice := places[column]; twice {
			return nil, fmt.Errorf("column %q says what another column says already", name)
		}
		places[column] = i
	}
	for _, needed := range []string{"name", "current"} {
		if _, ok := places[needed]; !ok {
			return nil, errors.New("the first line must name the columns name and current_name")
		}
	}
	return places, nil
}

func newAlias(field func(string) string, kind string) (Alias, error) {
	a := Alias{Name: field("name"), Current: field("current"), Region: field("region")}
	if a.Name == "" {
		return a, errors.New("no name")
	}
	if a.Current == "" {
		a.Current = a.Name
	}
	var err error
	if a.From, err = aliasYear(field("from")); err != nil {
		return a, err
	}
	if a.To, err = aliasYear(field("to")); err != nil {
		return a, err
	}
	if a.From > 0 && a.To > 0 && a.From > a.To {
		return a, fmt.Errorf("the years run from %d to %d", a.From, a.To)
	}
	target, intoOther := strings.CutPrefix(kind, "merged into ")
	switch {
	case intoOther:
		a.MergedInto = strings.Join(strings.Fields(target), "")
	case kind == "merged":
		a.MergedInto, a.Current = a.Current, a.Name
	case kind != "" && kind != "renamed":
		return a, fmt.Errorf("kind %q is neither renamed nor merged", kind)
	}
	if a.MergedInto == a.Name {
		return a, fmt.Errorf("%s cannot be merged into itself", a.Name)
	}
	return a, nil
}

func aliasYear(s string) (int32, error) {
	if s == "" {
		return 0, nil
	}
	year, err := strconv.Atoi(s)
	if err != nil || year < 1900 || year > 2200 {
		return 0, fmt.Errorf("%q is not a year", s)
	}
	return int32(year), nil
}

// appliesTo says whether the alias is about the name that a document bears, in its region and year.
func (a *Alias) appliesTo(e *docEntry) bool {
	return codebook.NormalizeName(a.Name) == e.nameKey && (a.Region == "" || a.Region == e.regionName || a.Region == e.regionCode) &&
		(a.From == 0 || e.year >= a.From) && (a.To == 0 || e.year <= a.To)
}

// AliasesID is a hash of department aliases; "" of none.
func AliasesID(aliases []Alias) string {
	if len(aliases) == 0 {
		return ""
	}
	var parts []string
	for _, a := range aliases {
		parts = append(parts, fmt.Sprintf("%q", a))
	}
	return stableID(parts...)
}
