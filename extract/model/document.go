package model

// Word is a run of glyphs on one line without a gap.
type Word struct {
	Text       string
	Box        Rect
	Glyphs     []*Glyph // in reading order; nil when the word was rebuilt without them
	Source     Source
	Confidence float32 // the least of its glyphs
}

// Baseline is the y of the word's baseline, points; the lower edge of its box where it has no glyphs.
func (w *Word) Baseline() float64 {
	if len(w.Glyphs) > 0 {
		return w.Glyphs[0].Origin.Y
	}
	return w.Box.Y1
}

// Em is the size of the word's font, points; the height of its box where it has no glyphs.
func (w *Word) Em() float64 {
	if len(w.Glyphs) > 0 {
		return w.Glyphs[0].Size
	}
	return w.Box.Height()
}

// Line is one line of text outside tables, in reading order.
type Line struct {
	Page  int // 1-based
	Box   Rect
	Text  string // words joined: without white space between Chinese characters, one space otherwise
	Words []Word
	Size  float64 // the commonest glyph size, points
	Bold  bool
	Role  LineRole // "" if unknown
}

// LineRole says what a line outside tables is for.
type LineRole string

// The roles of lines.
const (
	LineBody      LineRole = "body"       // text to be read
	LinePageLabel LineRole = "page_label" // the printed page number
	LineRunning   LineRole = "running"    // a header or footer that repeats from page to page
	LineContents  LineRole = "contents"   // the table of contents
	LineCaption   LineRole = "caption"    // belongs to a table: its title, unit, owner, notes
)

// Section is a titled stretch of prose: its lines joined to paragraphs, watermark-free.
type Section struct {
	No, ParentNo        int // 1-based; ParentNo 0 for a top section
	Level               int // 1 第X部分, 2 一、, 3 （一）, 4 1.
	Title, Text         string
	FirstPage, LastPage int
	Source              Source
	Lines               []Line // the title's lines first; provenance for amounts in prose
}

// TableKind says from what a table's grid was found.
type TableKind string

// The kinds of table.
const (
	TableRuled      TableKind = "ruled"      // drawn lines in both directions
	TableHorizontal TableKind = "horizontal" // horizontal rules only; columns from alignment
	TableBorderless TableKind = "borderless" // alignment only
)

// Cell is one cell of a logical table. Row and Col are 0-based in the logical table (continued pages joined).
type Cell struct {
	Row, Col, RowSpan, ColSpan int
	Text                       string // lines joined without white space where Chinese; free of watermarks and footnote marks
	Marked                     string // Text with its footnote marks, raised digits as superscripts: 1089.06¹; "" when it has none
	UpperHalf                  string // of a number broken over two lines, or of two numbers above each other, the upper one; "" otherwise
	Indent                     int    // level of indentation within its column, 0-based, where names are indented
	IsHeader                   bool
	Page                       int
	Box                        Rect // the cell's own box
	TextBox                    Rect // the box of its text; the zero Rect when empty
	Source                     Source
	Confidence                 float32
	Readings                   []Reading // alternative texts of a recognized cell of one piece, including Text
}

// Printed is the cell's text with its footnote marks.
func (c *Cell) Printed() string {
	if c.Marked != "" {
		return c.Marked
	}
	return c.Text
}

// Table is one logical table: continued pages joined, repeated headers dropped, with the texts around it that belong to it.
type Table struct {
	No                     int       // 1-based in the document
	Kind                   TableKind //
	Title                  string    // joined, without white space
	TitleBox               Rect      // on FirstPage
	Unit                   string    // as printed after 单位：, e.g. 万元; "" when not printed
	Owner                  string    // 编制部门 / 部门名称 / 单位名称 line, its value; "" when not printed
	OwnerLabel             string    // the label of that line, e.g. 编制部门
	FormNo                 string    // 公开01表, 部门公开表1, 表一 … as printed near the title
	Notes                  []Note    // 注：… below the table
	FirstPage, LastPage    int
	Rows, Cols, HeaderRows int
	Cells                  []Cell // sorted by Row, then Col; no two cells cover the same grid place
	Source                 Source
	Confidence             float32
}

// Note is a note below a table.
type Note struct {
	Text  string // joined, without white space
	Lines []Line // that it stands on; provenance for amounts in it
}

// NoteTexts are the texts of the notes.
func (t *Table) NoteTexts() []string {
	var out []string
	for i := range t.Notes {
		out = append(out, t.Notes[i].Text)
	}
	return out
}

// At returns the cell that covers a grid place, or nil.
func (t *Table) At(row, col int) *Cell {
	for i := range t.Cells {
		c := &t.Cells[i]
		if row >= c.Row && row < c.Row+c.RowSpan && col >= c.Col && col < c.Col+c.ColSpan {
			return c
		}
	}
	return nil
}

// Grid returns the cells by place, grid[row][col]; a spanning cell is at each place that it covers, and a place without a
// cell is nil.
func (t *Table) Grid() [][]*Cell {
	g := make([][]*Cell, t.Rows)
	flat := make([]*Cell, t.Rows*t.Cols)
	for r := range g {
		g[r] = flat[r*t.Cols : (r+1)*t.Cols : (r+1)*t.Cols]
	}
	for i := range t.Cells {
		c := &t.Cells[i]
		for r := c.Row; r < c.Row+c.RowSpan && r < t.Rows; r++ {
			for k := c.Col; k < c.Col+c.ColSpan && k < t.Cols; k++ {
				g[r][k] = c
			}
		}
	}
	return g
}

// Severity of a diagnostic.
type Severity string

// The severities.
const (
	Info    Severity = "info"
	Warning Severity = "warning"
	Error   Severity = "error"
)

// Diagnostic is one thing a reader of the output should know about the document.
type Diagnostic struct {
	Severity Severity
	Code     string // one of the closed list in schema
	Message  string // plain English, for the person who must act
	Page     int    // 0 when it concerns the whole document
	Box      Rect   // the zero Rect when it has no place
	RawText  string
}

// Watermark is one string that was excluded from the text.
type Watermark struct {
	Text    string
	Pages   int      // on how many pages
	Figures []Number // amounts excluded with it that are not on most pages
}

// PageInfo is what is kept of a page once its content is in lines, sections and tables.
type PageInfo struct {
	Number        int
	Label         string // printed on the page, else from the file
	Width, Height float64
	Reader        Reader
	Source        Source // text or ocr
	NeedsOCR      bool   // has pictures in place of text, or undecoded text, and was not recognized
	Err           error
}

// Document is everything rebuilt from one file.
type Document struct {
	Producer, DocTitle string
	OCREngine          string // the engine that recognized pages, with its version; "" for none
	PageCount          int    // pages in the file; Pages may be fewer where reading was limited
	Pages              []PageInfo
	Lines              []Line   // lines outside tables, in reading order, page by page
	Contents           []string // the entries of the table of contents (目录), without leaders and page numbers
	Sections           []Section
	Tables             []Table
	Watermarks         []Watermark
	Numbers            []Number
	Diagnostics        []Diagnostic
	Sheets             []Sheet   // only if requested
	Drawings           []Drawing // of Draw only
}

// Number is a numeric token on a page. Which row holds it is known only after normalization.
type Number struct {
	Page int
	Box  Rect
	Text string
	Held bool // in a cell of a table or in a section
	Year bool // a year: before 年 or in brackets, as in 〔2024〕
}
