package main

// Labels of the tables that show prints, as published tables have them.
const (
	unitLabel  = "单位："
	ownerLabel = "编制单位" // where a table does not say itself
	labelEnd   = "："
)
