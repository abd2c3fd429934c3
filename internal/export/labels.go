package export

// Labels of workbooks.
const (
	unknownYear       = "未知年度" // in the names of workbooks
	failedChecksSheet = "勾稽不符"
	labelYes          = "是"
	labelNo           = "否"
)
