package schema

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// DataPackageName is the file at the root of an output that describes it to other programs: a Data Package
// (Frictionless, version 1) whose columns have the types of the Fiscal Data Package.
const DataPackageName = "datapackage.json"

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
func newDataPackage(m *Manifest) dataPackage {
	p := dataPackage{
		Profile: "tabular-data-package", // what a Fiscal Data Package is to readers without its profile
		Name:    "county-budget-disclosures",
		Title:   "部门预算、决算公开数据",
		Description: "Published budgets and final accounts of county departments, read from their PDF files. " +
			"fiscal_year is in the path of the files only (Hive partitioning).",
		Version: m.SchemaVersion,
		Program: manifestProgram,
	}
	paths := map[string][]string{}
	for _, f := range m.Files {
		paths[f.Dataset] = append(paths[f.Dataset], f.Path)
	}
	for _, d := range Datasets() {
		p.Resources = append(p.Resources, packageResource{
			Name: d.Name, Title: d.Label, Description: d.Doc, Profile: "tabular-data-resource", Path: paths[d.Name],
			Format: "parquet", MediaType: "application/vnd.apache.parquet", Partition: d.Partition, Schema: newPackageSchema(d),
		})
	}
	return p
}

func newPackageSchema(d Dataset) packageSchema {
	s := packageSchema{PrimaryKey: d.Key}
	for _, c := range d.Columns {
		f := packageField{
			Name: c.Name, Type: c.packageType(), Title: c.Label, Description: c.Doc, ColumnType: fiscalType(d.Name, c.Name),
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
	for _, r := range Relations() {
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
func (c Column) packageType() string {
	switch {
	case c.List:
		return "array"
	case c.Type == TypeInt32, c.Type == TypeInt64:
		return "integer"
	case c.Type == TypeDecimal, c.Type == TypeFloat32:
		return "number"
	case c.Type == TypeBool:
		return "boolean"
	}
	return "string"
}

// fiscalTypes are the Fiscal Data Package's types of the columns of budget_lines. What item_* names differs from line to
// line, as the column classification says; most are functional.
var fiscalTypes = map[string]string{
	"line_id":          "budget-line-id",
	"department_code":  "administrative-classification:generic:level1:code",
	"department_name":  "administrative-classification:generic:level1:label",
	"region_code":      "geo:target:code",
	"region_name":      "geo:target:label",
	"fiscal_year":      "date:fiscal-year",
	"phase":            "phase:id",
	"direction":        "direction",
	"item_code":        "functional-classification:generic:level1:code",
	"item_name":        "functional-classification:generic:level1:label",
	"counterpart_code": "economic-classification:generic:level1:code",
	"counterpart_name": "economic-classification:generic:level1:label",
	"fund_source":      "fin-source:generic:level1:code",
	"amount":           "value",
}

func fiscalType(dataset, column string) string {
	if dataset == DatasetBudgetLines {
		return fiscalTypes[column]
	}
	return ""
}

// writeDataPackage writes the description of an output and notes its hash in the manifest.
func writeDataPackage(m *Manifest, dir string) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	if err := enc.Encode(newDataPackage(m)); err != nil {
		return err
	}
	sum := sha256.Sum256(b.Bytes())
	m.DataPackage = hex.EncodeToString(sum[:])
	return writeSynced(filepath.Join(dir, DataPackageName), b.Bytes())
}

// checkDataPackage refuses an output folder with a description that someone else wrote: it would be lost.
func checkDataPackage(out string) error {
	path := filepath.Join(out, DataPackageName)
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	var p struct {
		Program string `json:"program"`
	}
	if json.Unmarshal(data, &p) != nil || p.Program != manifestProgram {
		return fmt.Errorf("%s was not written by this program and would be lost; move it elsewhere", path)
	}
	return nil
}
