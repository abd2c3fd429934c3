// Package schema is the canonical budget schema: the row types of every dataset, their enums and relations. Codes
// are in schema/codebook; package dataset writes and reads the output. The Go types here and the data dictionary generated from them are the
// contract's only statement in the program.
//
// Struct tags: `col` names the column; `,optional` makes it nullable, with the zero value (or the value after `null=`) as
// null; `,partition` is the Hive partition column, in the path only, and `,own` beside it says that the row's own value
// chooses the partition, not the document's year; `,key` marks the dataset's key; `,scale=4` is for decimals that are not
// money (rounded to it, null where the digits do not fit), which is DECIMAL(18,2) and exact; `,plain` is for text that hardly
// repeats, kept out of a dictionary. `doc` is the column's meaning for the dictionary.
package schema

import "github.com/shopspring/decimal"

// DocumentRow is one distinct input file, by content.
type DocumentRow struct {
	DocumentID      string         `col:"document_id,key" doc:"lowercase hex SHA-256 of the file's bytes"`
	FileName        string         `col:"file_name" doc:"base name of the file"`
	SourceURI       string         `col:"source_uri" doc:"the input as given; a part that is not UTF-8 begins with {GB18030} or {bytes}"`
	AlsoAs          []string       `col:"also_as" doc:"other places where the same bytes were found"`
	Bytes           int64          `col:"bytes" doc:"size of the file"`
	PageCount       int32          `col:"page_count" doc:"pages in the file"`
	Producer        string         `col:"producer,optional" doc:"the program that wrote the PDF, as it says itself"`
	Title           string         `col:"title,optional" doc:"title on the cover, else in the file's information"`
	DocumentType    DocumentType   `col:"document_type,optional" doc:"budget 预算 or final_accounts 决算"`
	EntityLevel     EntityLevel    `col:"entity_level,optional" doc:"department 部门, unit 单位 or government 政府"`
	DepartmentName  string         `col:"department_name,optional" doc:"as published, watermark-free"`
	DepartmentCode  string         `col:"department_code,optional" doc:"as published"`
	RegionCode      string         `col:"region_code,optional" doc:"GB/T 2260 code"`
	RegionName      string         `col:"region_name,optional" doc:"name of the region: of GB/T 2260; without region_code as published"`
	FiscalYear      int32          `col:"fiscal_year,partition" doc:"the budget's or accounts' year"`
	TextPages       int32          `col:"text_pages" doc:"pages read from their text layer"`
	OCRPages        int32          `col:"ocr_pages" doc:"pages read, wholly or partly, by recognition"`
	FailedPages     int32          `col:"failed_pages" doc:"pages that could not be read, or only in part"`
	OCREngine       string         `col:"ocr_engine,optional" doc:"what recognized pages: the models with their versions"`
	PDFiumPages     int32          `col:"pdfium_pages" doc:"pages read by the second reader"`
	Watermarks      []string       `col:"watermarks" doc:"strings that were kept out of the text"`
	TableCount      int32          `col:"table_count" doc:"logical tables"`
	LineCount       int32          `col:"line_count" doc:"rows in budget_lines"`
	NumbersTotal    int32          `col:"numbers_total" doc:"numeric tokens on the pages"`
	NumbersClaimed  int32          `col:"numbers_claimed" doc:"those that a budget line, a project, an indicator or the title of a table carries, or that are a code, a year, a page, row or column number by their place"`
	ChecksPassed    int32          `col:"checks_passed" doc:"identities that hold"`
	ChecksFailed    int32          `col:"checks_failed" doc:"identities that fail"`
	Status          DocumentStatus `col:"status" doc:"ok, partial (something on a page could not be read, or a tenth of the figures of the tables is in no row) or failed (no row but this one and a diagnostic)"`
	Error           string         `col:"error,optional" doc:"why the status is not ok"`
	PipelineVersion string         `col:"pipeline_version" doc:"version of the program that wrote the row"`
}

// BudgetLine is one published amount.
type BudgetLine struct {
	DocumentID       string          `col:"document_id,key" doc:"the document it stands in"`
	LineID           string          `col:"line_id,key,plain" doc:"stable hash of document, statement, row path and column dimensions"`
	DocumentType     DocumentType    `col:"document_type,optional" doc:"budget 预算 or final_accounts 决算"`
	EntityLevel      EntityLevel     `col:"entity_level,optional" doc:"department 部门, unit 单位 or government 政府"`
	DepartmentName   string          `col:"department_name,optional" doc:"as published, watermark-free"`
	DepartmentCode   string          `col:"department_code,optional" doc:"as published"`
	ParentDepartment string          `col:"parent_department,optional" doc:"of a unit: the department it belongs to, where the document says so"`
	RegionCode       string          `col:"region_code,optional" doc:"GB/T 2260 code"`
	RegionName       string          `col:"region_name,optional" doc:"name of the region: of GB/T 2260; without region_code as published"`
	FiscalYear       int32           `col:"fiscal_year,partition,own" doc:"the year the amount belongs to (a prior-year comparison carries the prior year)"`
	Phase            Phase           `col:"phase" doc:"proposed 预算草案, approved 预算数, adjusted 调整预算数, executed 决算数"`
	Statement        Statement       `col:"statement" doc:"which table or text it comes from"`
	Direction        Direction       `col:"direction" doc:"revenue or expenditure"`
	Classification   Classification  `col:"classification" doc:"what item_* names"`
	ItemCode         string          `col:"item_code,optional" doc:"the code, joined where it is printed in parts (208+05+01 → 2080501)"`
	ItemCodeOrigin   CodeOrigin      `col:"item_code_origin,optional" doc:"printed, or derived from the codebook by name"`
	ItemName         string          `col:"item_name" doc:"as printed, without numbering and without white space"`
	ItemLevel        int32           `col:"item_level,optional" doc:"1 类, 2 款, 3 项; likewise for economic codes"`
	ParentCode       string          `col:"parent_code,optional" doc:"the code one level up"`
	CounterpartName  string          `col:"counterpart_name,optional" doc:"the second classification of the row (部门 → 政府经济科目)"`
	CounterpartCode  string          `col:"counterpart_code,optional" doc:"its code"`
	EntityName       string          `col:"entity_name,optional" doc:"of a row that a table lists under one of several units (单位): that unit, as printed; of a sentence of a government: whose money it speaks of (全市, 市本级, 高新区), where it or its titles say so; null where the line is the publishing body's own"`
	EntityCode       string          `col:"entity_code,optional" doc:"its code, as printed"`
	Heading          string          `col:"heading,optional" doc:"what stands above the amount: the header path of its column as printed, from the top down, joined by ' / '"`
	FundSource       FundSource      `col:"fund_source" doc:"column dimension: where the money comes from"`
	Spending         Spending        `col:"spending" doc:"column dimension: kind of spending"`
	Period           Period          `col:"period" doc:"column dimension: all, current_year 本年/当年, carryover 上年结转"`
	Amount           decimal.Decimal `col:"amount" doc:"in yuan"`
	RawText          string          `col:"raw_text" doc:"the amount as printed, without footnote marks"`
	RawUnit          string          `col:"raw_unit" doc:"the unit it was printed in (万元, 元, …)"`
	IsAggregate      bool            `col:"is_aggregate" doc:"other lines of the same column add up to this one, or a total counts its money elsewhere: WHERE NOT is_aggregate adds up to every printed total (the rule leaves_add_up of checks)"`
	Page             int32           `col:"page" doc:"1-based, in the file"`
	PageLabel        string          `col:"page_label,optional" doc:"the page number printed on the page"`
	X0               float32         `col:"x0" doc:"left edge of the amount's box, points from the page's top left"`
	Y0               float32         `col:"y0" doc:"top edge of the amount's box"`
	X1               float32         `col:"x1" doc:"right edge of the amount's box"`
	Y1               float32         `col:"y1" doc:"bottom edge of the amount's box"`
	TableNo          int32           `col:"table_no,optional" doc:"its table in tables; null for prose"`
	Row              int32           `col:"row,optional,null=-1" doc:"its row in cells, 0-based; null for prose"`
	Col              int32           `col:"col,optional,null=-1" doc:"its column in cells, 0-based; null for prose"`
	SectionNo        int32           `col:"section_no,optional" doc:"its section in sections, for prose; null for notes below tables and for cells that hold sentences"`
	Source           Source          `col:"source" doc:"text or ocr"`
	Confidence       float32         `col:"confidence" doc:"0–1; 1 for digital text"`
	Meaning          Meaning         `col:"meaning" doc:"stated: every word of the title and of the headers that decide this line was understood; inferred: a word was not, and codes, places or arithmetic leave one reading only; guessed: neither"`
	Verification     Verification    `col:"verification" doc:"verified: at least one identity that involves it holds, and its meaning is not guessed; contradicted: one fails; unchecked"`
}

// PerformanceProject is one project's performance declaration (项目支出绩效目标表), or the department's own (整体绩效).
type PerformanceProject struct {
	DocumentID            string              `col:"document_id,key" doc:"the document it stands in"`
	FiscalYear            int32               `col:"fiscal_year,partition" doc:"the document's year"`
	ProjectNo             int32               `col:"project_no,key" doc:"1-based, in order of appearance"`
	Scope                 string              `col:"scope" doc:"department or project"`
	ProjectName           string              `col:"project_name,optional" doc:"as printed"`
	SupervisingDepartment string              `col:"supervising_department,optional" doc:"主管部门"`
	SupervisingCode       string              `col:"supervising_code,optional" doc:"its code"`
	ImplementingUnit      string              `col:"implementing_unit,optional" doc:"实施单位"`
	Attribute             string              `col:"attribute,optional" doc:"项目属性: 经常性, 一次性, …"`
	Duration              string              `col:"duration,optional" doc:"项目期限"`
	TotalFunds            decimal.NullDecimal `col:"total_funds" doc:"whole implementation period, yuan"`
	TotalCentral          decimal.NullDecimal `col:"total_central" doc:"of it from the central government"`
	TotalProvincial       decimal.NullDecimal `col:"total_provincial" doc:"of it from the province"`
	TotalLocal            decimal.NullDecimal `col:"total_local" doc:"of it from city and county"`
	TotalSelfRaised       decimal.NullDecimal `col:"total_self_raised" doc:"of it raised by the unit"`
	TotalOther            decimal.NullDecimal `col:"total_other" doc:"of it from elsewhere"`
	AnnualFunds           decimal.NullDecimal `col:"annual_funds" doc:"the year's, yuan"`
	AnnualCentral         decimal.NullDecimal `col:"annual_central" doc:"of it from the central government"`
	AnnualProvincial      decimal.NullDecimal `col:"annual_provincial" doc:"of it from the province"`
	AnnualLocal           decimal.NullDecimal `col:"annual_local" doc:"of it from city and county"`
	AnnualSelfRaised      decimal.NullDecimal `col:"annual_self_raised" doc:"of it raised by the unit"`
	AnnualOther           decimal.NullDecimal `col:"annual_other" doc:"of it from elsewhere"`
	Overview              string              `col:"overview,optional,plain" doc:"项目概况"`
	Basis                 string              `col:"basis,optional,plain" doc:"立项依据"`
	Necessity             string              `col:"necessity,optional,plain" doc:"项目设立必要性"`
	Safeguards            string              `col:"safeguards,optional,plain" doc:"保证项目实施的制度、措施"`
	Plan                  string              `col:"plan,optional,plain" doc:"项目实施计划"`
	TotalGoal             string              `col:"total_goal,optional,plain" doc:"实施期目标"`
	AnnualGoal            string              `col:"annual_goal,optional,plain" doc:"年度目标"`
	Page                  int32               `col:"page" doc:"first page of the form"`
	Source                Source              `col:"source" doc:"text or ocr"`
}

// PerformanceIndicator is one performance indicator (绩效指标) with its target.
type PerformanceIndicator struct {
	DocumentID  string              `col:"document_id,key" doc:"the document it stands in"`
	FiscalYear  int32               `col:"fiscal_year,partition" doc:"the document's year"`
	IndicatorNo int32               `col:"indicator_no,key" doc:"1-based, in order of appearance"`
	ProjectNo   int32               `col:"project_no" doc:"its declaration in performance_projects"`
	Horizon     string              `col:"horizon" doc:"implementation 实施期 or annual 年度"`
	Level1      string              `col:"level1,optional" doc:"一级指标: 产出指标, 效益指标, …"`
	Level2      string              `col:"level2,optional" doc:"二级指标: 数量指标, 质量指标, …"`
	Name        string              `col:"name" doc:"三级指标"`
	Operator    string              `col:"operator,optional" doc:"≥ ≤ > < ="`
	Value       decimal.NullDecimal `col:"value,scale=6" doc:"the target's number"`
	ValueUnit   string              `col:"unit,optional" doc:"its unit, as printed"`
	RawValue    string              `col:"raw_value" doc:"the target as printed"`
	Page        int32               `col:"page" doc:"1-based, in the file"`
	Source      Source              `col:"source" doc:"text or ocr"`
	Confidence  float32             `col:"confidence" doc:"0–1; 1 for digital text"`
}

// SectionRow is one titled section of prose.
type SectionRow struct {
	DocumentID string `col:"document_id,key" doc:"the document it stands in"`
	FiscalYear int32  `col:"fiscal_year,partition" doc:"the document's year"`
	SectionNo  int32  `col:"section_no,key" doc:"1-based, in reading order"`
	ParentNo   int32  `col:"parent_no,optional" doc:"the section around it"`
	Level      int32  `col:"level" doc:"1 第X部分, 2 一、, 3 （一）, 4 1."`
	Title      string `col:"title,optional" doc:"as printed, with its numbering"`
	Text       string `col:"text,plain" doc:"watermark-free, lines joined to paragraphs, a line feed between paragraphs"`
	FirstPage  int32  `col:"first_page" doc:"1-based"`
	LastPage   int32  `col:"last_page" doc:"1-based"`
	Source     Source `col:"source" doc:"text or ocr"`
}

// TableRow is one logical table, continued pages joined.
type TableRow struct {
	DocumentID string    `col:"document_id,key" doc:"the document it stands in"`
	FiscalYear int32     `col:"fiscal_year,partition" doc:"the document's year"`
	TableNo    int32     `col:"table_no,key" doc:"1-based, in reading order"`
	Title      string    `col:"title,optional" doc:"as printed, without white space"`
	Statement  Statement `col:"statement" doc:"what the table was taken for"`
	Unit       string    `col:"unit,optional" doc:"as printed after 单位："`
	FirstPage  int32     `col:"first_page" doc:"1-based"`
	LastPage   int32     `col:"last_page" doc:"1-based"`
	Rows       int32     `col:"rows" doc:"rows of the grid, header included"`
	Columns    int32     `col:"columns" doc:"columns of the grid"`
	HeaderRows int32     `col:"header_rows" doc:"rows of the header"`
	Source     Source    `col:"source" doc:"text or ocr"`
	Confidence float32   `col:"confidence" doc:"0–1"`
}

// CellRow is one cell of a logical table, lossless.
type CellRow struct {
	DocumentID string  `col:"document_id,key" doc:"the document it stands in"`
	FiscalYear int32   `col:"fiscal_year,partition" doc:"the document's year"`
	TableNo    int32   `col:"table_no,key" doc:"its table"`
	Row        int32   `col:"row,key" doc:"0-based"`
	Col        int32   `col:"col,key" doc:"0-based"`
	RowSpan    int32   `col:"row_span" doc:"rows it covers"`
	ColSpan    int32   `col:"col_span" doc:"columns it covers"`
	Text       string  `col:"text" doc:"watermark-free, wrapped lines joined, with footnote marks (raised digits as superscripts: 1089.06¹); empty for an empty cell"`
	IsHeader   bool    `col:"is_header" doc:"in the header"`
	Page       int32   `col:"page" doc:"1-based, in the file"`
	X0         float32 `col:"x0" doc:"left edge, points from the page's top left"`
	Y0         float32 `col:"y0" doc:"top edge"`
	X1         float32 `col:"x1" doc:"right edge"`
	Y1         float32 `col:"y1" doc:"bottom edge"`
	Source     Source  `col:"source" doc:"text or ocr"`
	Confidence float32 `col:"confidence" doc:"0–1; 1 for digital text"`
}

// CheckRow is one arithmetic identity tested.
type CheckRow struct {
	DocumentID  string              `col:"document_id,key" doc:"the document it stands in"`
	FiscalYear  int32               `col:"fiscal_year,partition" doc:"the document's year"`
	CheckNo     int32               `col:"check_no,key" doc:"1-based"`
	Rule        string              `col:"rule" doc:"stable name of the identity"`
	Statement   Statement           `col:"statement,optional" doc:"where it was tested"`
	Description string              `col:"description" doc:"the identity in words, with its items"`
	Expected    decimal.NullDecimal `col:"expected,scale=4" doc:"yuan"`
	Actual      decimal.NullDecimal `col:"actual,scale=4" doc:"yuan"`
	Difference  decimal.NullDecimal `col:"difference,scale=4" doc:"actual − expected, yuan"`
	Tolerance   decimal.NullDecimal `col:"tolerance,scale=4" doc:"half a unit of the last printed place for each addend, yuan"`
	Status      CheckStatus         `col:"status" doc:"pass, fail or skipped (a precondition is not met)"`
	LineIDs     []string            `col:"line_ids" doc:"the lines it used"`
}

// SeriesRow is one document's place among the publications of the same department, year, type and level.
type SeriesRow struct {
	DocumentID   string `col:"document_id,key" doc:"the publication"`
	FiscalYear   int32  `col:"fiscal_year,partition,own" doc:"its year"`
	SeriesID     string `col:"series_id" doc:"hash of department_id, year, type and level"`
	DepartmentID string `col:"department_id,optional" doc:"in departments"`
	Rank         int32  `col:"rank" doc:"1 is the current one"`
	IsCurrent    bool   `col:"is_current" doc:"every sum takes only current ones"`
	Reason       string `col:"reason" doc:"why the current publication of the series is current: only, correction (更正/修订/补充公开/重新公开) or later"`
}

// DepartmentName is one name of a department with the years it was used in.
type DepartmentName struct {
	Name      string `col:"name"`
	FirstYear int32  `col:"first_year"`
	LastYear  int32  `col:"last_year"`
}

// DepartmentRow is one department over the years, under all its names.
type DepartmentRow struct {
	DepartmentID string           `col:"department_id,key" doc:"stable hash of region and first known name"`
	RegionCode   string           `col:"region_code,optional" doc:"GB/T 2260 code"`
	CurrentName  string           `col:"current_name" doc:"the latest name"`
	Names        []DepartmentName `col:"names" doc:"every name with its first and last year"`
	Predecessors []string         `col:"predecessors" doc:"ids of departments merged into this one"`
	Successors   []string         `col:"successors" doc:"ids of departments this one went into"`
	Origin       string           `col:"origin" doc:"derived from the documents, or curated from the alias file"`
}

// CodeRow is one code of a codebook.
type CodeRow struct {
	Codebook        string `col:"codebook,key" doc:"functional, economic_department, economic_government, revenue, fund_source, region"`
	Code            string `col:"code,key" doc:"as printed in budgets"`
	Name            string `col:"name" doc:"official name"`
	Level           int32  `col:"level" doc:"1 类, 2 款, 3 项; of regions 1 province, 2 prefecture, 3 county"`
	ParentCode      string `col:"parent_code,optional" doc:"the code one level up"`
	ValidFrom       int32  `col:"valid_from,key" doc:"first fiscal year"`
	ValidTo         int32  `col:"valid_to,optional" doc:"last fiscal year; null while in force"`
	COFOG           string `col:"cofog,optional" doc:"COFOG division of a functional 类"`
	GFSM            string `col:"gfsm,optional" doc:"GFSM 2014 code of an economic class"`
	Mapping         string `col:"mapping,optional" doc:"exact, approximate or none"`
	CounterpartCode string `col:"counterpart_code,optional" doc:"of a department economic class: the government economic class it belongs to"`
	Basis           string `col:"basis,optional" doc:"where the line was taken from"`
}

// DiagnosticRow is one thing a reader should know.
type DiagnosticRow struct {
	DocumentID   string   `col:"document_id,key" doc:"the document"`
	FiscalYear   int32    `col:"fiscal_year,partition" doc:"the document's year"`
	DiagnosticNo int32    `col:"diagnostic_no,key" doc:"1-based"`
	Severity     Severity `col:"severity" doc:"info, warning or error"`
	Code         string   `col:"code" doc:"one of a closed list"`
	Message      string   `col:"message" doc:"plain English"`
	Page         int32    `col:"page,optional" doc:"1-based; null when it concerns the whole document"`
	X0           float32  `col:"x0,optional" doc:"left edge, points from the page's top left"`
	Y0           float32  `col:"y0,optional" doc:"top edge"`
	X1           float32  `col:"x1,optional" doc:"right edge"`
	Y1           float32  `col:"y1,optional" doc:"bottom edge"`
	RawText      string   `col:"raw_text,optional" doc:"the text it is about"`
}

// Disclosure is every row that one document gives. Series, departments and codes are made from all documents of an output
// and are not in it.
type Disclosure struct {
	Document    DocumentRow
	BudgetLines []BudgetLine
	Projects    []PerformanceProject
	Indicators  []PerformanceIndicator
	Sections    []SectionRow
	Tables      []TableRow
	Cells       []CellRow
	Checks      []CheckRow
	Diagnostics []DiagnosticRow

	// For the checks alone, in no dataset: what the table of contents lists, and the numbers of the tables whose printed unit is
	// not known. Sums come out in any unit, so none of their lines is verified.
	Contents     []ListedTable
	UnknownUnits []int32
	Labels       []RowLabel // the names of the rows that have lines, in the order of the lines
}

// RowLabel is the name that a table prints for a row, with the signs of what the row belongs to.
type RowLabel struct {
	TableNo, Row int32  // those of the amounts
	Col          int32  // the first of the naming columns, which tells tables side by side apart
	Step         int32  // in which of the naming columns the name stands, 0-based
	Numbering    string // what is printed before the name: 一、（一）1. 其中：
	Name         string // without the numbering and white space
	Indent       int32  // level of indentation within its column, 0-based
}

// ListedTable is a table that the document's table of contents (目录) names.
type ListedTable struct {
	Title     string
	Statement Statement
}
