package schema

// Relation says that the values of some columns stand in another dataset as its key. A row with a null among the columns
// refers to nothing.
type Relation struct {
	Dataset string
	Columns []string
	// Target is the dataset referred to, by its key.
	Target    string
	TargetKey []string
}

// Relations lists how the datasets refer to each other: every dataset of a document to documents, and parts of a
// document to the part they stand in.
func Relations() []Relation {
	var all []Relation
	for _, d := range Datasets() {
		if len(d.Key) > 0 && d.Key[0] == documentIDColumn && d.Name != DatasetDocuments {
			all = append(all, relation(d.Name, DatasetDocuments, documentIDColumn))
		}
	}
	return append(all,
		relation(DatasetBudgetLines, DatasetTables, documentIDColumn, "table_no"),
		relation(DatasetBudgetLines, DatasetSections, documentIDColumn, "section_no"),
		relation(DatasetCells, DatasetTables, documentIDColumn, "table_no"),
		relation(DatasetPerformanceIndicators, DatasetPerformanceProjects, documentIDColumn, "project_no"),
		Relation{DatasetSections, []string{documentIDColumn, "parent_no"}, DatasetSections, []string{documentIDColumn, "section_no"}},
		relation(DatasetSeries, DatasetDepartments, "department_id"),
	)
}

// relation is one whose columns are named alike on both sides.
func relation(dataset, target string, columns ...string) Relation {
	return Relation{Dataset: dataset, Columns: columns, Target: target, TargetKey: columns}
}
