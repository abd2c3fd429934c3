package schema

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// The years of partitions.
const (
	// UnknownYear is the partition of rows without a year.
	UnknownYear = 0

	firstYear, lastYear = 1949, 2999
)

// ValidYear tells whether a fiscal year can be one; the unknown year can.
func ValidYear(year int32) bool { return year == UnknownYear || year >= firstYear && year <= lastYear }

// CheckYear says why a fiscal year cannot be one.
func CheckYear(year int32) error {
	if ValidYear(year) {
		return nil
	}
	return fmt.Errorf("the fiscal year %d is not between %d and %d; unknown is 0", year, firstYear, lastYear)
}

// RowSet is rows of one dataset, reached by reflection.
type RowSet struct {
	ds *Dataset
	v  reflect.Value // a slice of the row type
}

// NewRowSet takes a slice of the dataset's row type.
func NewRowSet(ds *Dataset, rows any) RowSet { return RowSet{ds, reflect.ValueOf(rows)} }

// Len is the number of rows.
func (s RowSet) Len() int { return s.v.Len() }

// Row is a row; its fields can be set.
func (s RowSet) Row(i int) reflect.Value { return s.v.Index(i) }

// Year is the year that a row says its partition is.
func (s RowSet) Year(i int) int32 { return int32(s.v.Index(i).Field(s.ds.partition.Index).Int()) }

// Sorted gives the indices of the rows in key order. Two rows with the same key are an error.
func (s RowSet) Sorted() ([]int, error) {
	order := make([]int, s.Len())
	for i := range order {
		order[i] = i
	}
	if !slices.IsSortedFunc(order, s.compare) {
		slices.SortStableFunc(order, s.compare)
	}
	for i := 1; i < len(order); i++ {
		if s.compare(order[i-1], order[i]) == 0 {
			return nil, fmt.Errorf("two rows of %s have the same key %s", s.ds.Name, s.Key(order[i]))
		}
	}
	return order, nil
}

func (s RowSet) compare(i, j int) int {
	a, b := s.v.Index(i), s.v.Index(j)
	for _, k := range s.ds.keys {
		x, y := a.Field(k.Index), b.Field(k.Index)
		var c int
		if k.Type == TypeString {
			c = strings.Compare(x.String(), y.String())
		} else {
			c = cmp.Compare(x.Int(), y.Int())
		}
		if c != 0 {
			return c
		}
	}
	return 0
}

// Key describes a row by its key, for an error message.
func (s RowSet) Key(i int) string {
	var b strings.Builder
	for _, k := range s.ds.keys {
		if k.Name == documentIDColumn && len(s.ds.keys) > 1 {
			continue
		}
		if b.Len() > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "%s=%v", k.Name, s.v.Index(i).Field(k.Index))
	}
	return b.String()
}

// Document is the id of the document that a row is of.
func (s RowSet) Document(i int) string { return s.v.Index(i).Field(s.ds.keys[0].Index).String() }

// CheckDocument compares the rows' document_id with the document's.
func (s RowSet) CheckDocument(id string) error {
	for i := range s.Len() {
		if got := s.Document(i); got != id {
			return fmt.Errorf("%s, %s: document_id is %q, of the document it is %q", s.ds.Name, s.Key(i), shorten(got), shorten(id))
		}
	}
	return nil
}
