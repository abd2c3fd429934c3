package output

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"encoding/json"
	"strings"

	"github.com/countybudget/extract/internal/dataset"
	"github.com/countybudget/extract/schema"
)

// An output describes itself to other programs: layout.DataPackage is a Data Package (Frictionless, version 1) whose columns
// have the types of the Fiscal Data Package.

// packageHead is what the description says of every output. (The profile is what a Fiscal Data Package is to readers without
// its own.)
//
//go:embed package.json
var packageHead []byte

// fiscalTypeFile has the Fiscal Data Package's types of the columns of budget_lines. What item_* names differs from line to
// line, as the column classification says; most are functional.
//
//go:embed fiscal_types.csv
var fiscalTypeFile string

type (
	dataPackage struct {
		Profile     string            `json:"profile"`
		Name        string            `json:"name"`
		Title       string            `json:"title"`
		Description string            `json:"description"`
		Version     string            `json:"version"`
		Program     string            `json:"program"`
		Resources   []packageResource `json:"resources"`
	}
	packageResource struct {
		Name        string        `json:"name"`
		Title       string        `json:"title"`
		Description string        `json:"description"`
		Profile     string        `json:"profile"`
		Path        []string      `json:"path"`
		Format      string        `json:"format"`
		MediaType   string        `json:"mediatype"`
		Partition   string        `json:"hivePartition,omitempty"`
		Schema      packageSchema `json:"schema"`
	}
	packageSchema struct {
		Fields      []packageField   `json:"fields"`
		PrimaryKey  []string         `json:"primaryKey"`
		ForeignKeys []packageForeign `json:"foreignKeys,omitempty"`
	}
	packageField struct {
		Name        string              `json:"name"`
		Type        string              `json:"type"`
		Title       string              `json:"title"`
		Description string              `json:"description"`
		ColumnType  string              `json:"columnType,omitempty"`
		Currency    string              `json:"currency,omitempty"`
		Constraints *packageConstraints `json:"constraints,omitempty"`
	}
	packageConstraints struct {
		Required bool     `json:"required,omitempty"`
		Enum     []string `json:"enum,omitempty"`
	}
	packageForeign struct {
		Fields    []string         `json:"fields"`
		Reference packageReference `json:"reference"`
	}
	packageReference struct {
		Resource string   `json:"resource"` // empty: the same
		Fields   []string `json:"fields"`
	}
)

// newDataPackage describes the files of an output. It holds no time and no host, like the manifest.
func newDataPackage(m *dataset.Manifest) (dataPackage, error) {
	p := dataPackage{Version: m.SchemaVersion, Program: m.Program}
	if err := json.Unmarshal(packageHead, &p); err != nil {
		return p, err
	}
	types, err := readFiscalTypes()
	if err != nil {
		return p, err
	}
	paths := map[string][]string{}
	for _, f := range m.Files {
		paths[f.Dataset] = append(paths[f.Dataset], f.Path)
	}
	for _, d := range schema.Datasets() {
		p.Resources = append(p.Resources, packageResource{
			Name: d.Name, Title: d.Label, Description: d.Doc, Profile: "tabular-data-resource", Path: paths[d.Name],
			Format: "parquet", MediaType: "application/vnd.apache.parquet", Partition: d.Partition, Schema: newPackageSchema(d, types[d.Name]),
		})
	}
	return p, nil
}

// newPackageSchema describes the columns of a dataset; types are the fiscal ones.
func newPackageSchema(d schema.Dataset, types map[string]string) packageSchema {
	s := packageSchema{PrimaryKey: d.Key}
	for _, c := range d.Columns {
		f := packageField{
			Name: c.Name, Type: packageType(c), Title: c.Label, Description: c.Doc, ColumnType: types[c.Name],
		}
		if f.ColumnType == "value" {
			f.Currency = "CNY"
		}
		if !c.Nullable || c.Values != nil {
			f.Constraints = &packageConstraints{Required: !c.Nullable}
			for _, v := range c.Values {
				f.Constraints.Enum = append(f.Constraints.Enum, v.Value)
			}
		}
		s.Fields = append(s.Fields, f)
	}
	for _, r := range schema.Relations() {
		if r.Dataset != d.Name {
			continue
		}
		target := r.Target
		if target == d.Name {
			target = ""
		}
		s.ForeignKeys = append(s.ForeignKeys, packageForeign{r.Columns, packageReference{target, r.TargetKey}})
	}
	return s
}

// packageType is the Table Schema type of a column.
func packageType(c schema.Column) string {
	switch {
	case c.List:
		return "array"
	case c.Type == schema.TypeInt32, c.Type == schema.TypeInt64:
		return "integer"
	case c.Type == schema.TypeDecimal, c.Type == schema.TypeFloat32:
		return "number"
	case c.Type == schema.TypeBool:
		return "boolean"
	}
	return "string"
}

// readFiscalTypes gives the fiscal types of columns by dataset.
func readFiscalTypes() (map[string]map[string]string, error) {
	lines, err := csv.NewReader(strings.NewReader(fiscalTypeFile)).ReadAll()
	if err != nil {
		return nil, err
	}
	types := map[string]string{}
	for _, l := range lines[1:] {
		types[l[0]] = l[1]
	}
	return map[string]map[string]string{schema.DatasetBudgetLines: types}, nil
}

// describe is the content of layout.DataPackage.
func describe(m *dataset.Manifest) ([]byte, error) {
	p, err := newDataPackage(m)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	err = enc.Encode(p)
	return b.Bytes(), err
}
