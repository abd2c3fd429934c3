package schema

import (
	"reflect"
	"sync"
)

// EnumValue is one value of a closed list.
type EnumValue struct {
	Value string
	Label string // in Chinese
}

// enumValues are the closed lists of labels/values.csv, by the name of the Go type, or by dataset.column for columns of
// plain strings.
var enumValues = sync.OnceValue(func() map[string][]EnumValue {
	values := map[string][]EnumValue{}
	for _, l := range labelLines("values.csv") {
		values[l[0]] = append(values[l[0]], EnumValue{l[1], l[2]})
	}
	return values
})

// enumOf is the closed list that a string column takes its values from, or nil.
func enumOf(t reflect.Type, dataset, column string) []EnumValue {
	if t == reflect.TypeFor[string]() {
		return enumValues()[dataset+"."+column]
	}
	values := enumValues()[t.Name()]
	if values == nil {
		panic("schema: no values are listed for the enum " + t.Name())
	}
	return values
}

// The reasons why a publication is the current one of its series.
const (
	ReasonOnly       = "only"       // there is no other
	ReasonCorrection = "correction" // it says that it corrects another (更正, 修订, 补充公开, 重新公开)
	ReasonLater      = "later"      // it comes last in the order of series
)

// The origins of a department.
const (
	OriginDerived = "derived" // from the documents
	OriginCurated = "curated" // from the alias file
)

// The codebooks.
const (
	CodebookFunctional         = "functional"
	CodebookEconomicDepartment = "economic_department"
	CodebookEconomicGovernment = "economic_government"
	CodebookRevenue            = "revenue"
	CodebookFundSource         = "fund_source"
	CodebookRegion             = "region"
)

// How well a code corresponds to COFOG or GFSM.
const (
	MappingExact       = "exact"
	MappingApproximate = "approximate"
	MappingNone        = "none"
)
