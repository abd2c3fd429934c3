package confine

// olderCalls are the refused calls that newer processors do without; here there are none.
var olderCalls map[string][]call
