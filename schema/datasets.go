package schema

import "sync"

// Version is the version of the canonical schema: a new column or enum value raises the minor part; a column renamed,
// retyped or changed in meaning the major one.
const Version = "1.1"

// The names of the datasets.
const (
	DatasetDocuments             = "documents"
	DatasetBudgetLines           = "budget_lines"
	DatasetPerformanceProjects   = "performance_projects"
	DatasetPerformanceIndicators = "performance_indicators"
	DatasetSections              = "sections"
	DatasetTables                = "tables"
	DatasetCells                 = "cells"
	DatasetChecks                = "checks"
	DatasetSeries                = "series"
	DatasetDepartments           = "departments"
	DatasetCodes                 = "codes"
	DatasetDiagnostics           = "diagnostics"
)

const documentIDColumn = "document_id"

// catalog is every dataset, in a fixed order: spools know a dataset by its place. It is built once and never changed. What a
// row is, is in labels/datasets.csv.
var catalog = sync.OnceValue(func() []Dataset {
	doc := datasetDocs()
	return []Dataset{
		NewDataset[DocumentRow](DatasetDocuments, doc[DatasetDocuments], ScopeHead),
		NewDataset[BudgetLine](DatasetBudgetLines, doc[DatasetBudgetLines], ScopeDocument),
		NewDataset[PerformanceProject](DatasetPerformanceProjects, doc[DatasetPerformanceProjects], ScopeDocument),
		NewDataset[PerformanceIndicator](DatasetPerformanceIndicators, doc[DatasetPerformanceIndicators], ScopeDocument),
		NewDataset[SectionRow](DatasetSections, doc[DatasetSections], ScopeDocument),
		NewDataset[TableRow](DatasetTables, doc[DatasetTables], ScopeDocument),
		NewDataset[CellRow](DatasetCells, doc[DatasetCells], ScopeDocument),
		NewDataset[CheckRow](DatasetChecks, doc[DatasetChecks], ScopeDocument),
		NewDataset[SeriesRow](DatasetSeries, doc[DatasetSeries], ScopeOutput),
		NewDataset[DepartmentRow](DatasetDepartments, doc[DatasetDepartments], ScopeOutput),
		NewDataset[CodeRow](DatasetCodes, doc[DatasetCodes], ScopeFixed),
		NewDataset[DiagnosticRow](DatasetDiagnostics, doc[DatasetDiagnostics], ScopeDocument),
	}
})

// Rows gives a document's rows of a dataset, as a slice of its row type; nil of one that is made from all documents.
func (d *Disclosure) Rows(dataset string) any {
	switch dataset {
	case DatasetDocuments:
		return []DocumentRow{d.Document}
	case DatasetBudgetLines:
		return d.BudgetLines
	case DatasetPerformanceProjects:
		return d.Projects
	case DatasetPerformanceIndicators:
		return d.Indicators
	case DatasetSections:
		return d.Sections
	case DatasetTables:
		return d.Tables
	case DatasetCells:
		return d.Cells
	case DatasetChecks:
		return d.Checks
	case DatasetDiagnostics:
		return d.Diagnostics
	}
	return nil
}

// Identity is what storage must know of a document: its id, the name to tell of it in messages, and the year of its
// partition.
func (d *DocumentRow) Identity() (id, name string, year int32) {
	return d.DocumentID, shorten(d.FileName), d.FiscalYear
}
