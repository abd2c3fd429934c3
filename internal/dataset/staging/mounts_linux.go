package staging

import (
	"os"
	"strings"
)

// isMounted tells whether a file system, or a folder of one, is mounted at a path. Where /proc cannot be read the answer
// is no, and the swap will tell.
func isMounted(path string) bool {
	data, err := os.ReadFile("/proc/self/mountinfo")
	if err != nil {
		return false
	}
	escape := strings.NewReplacer(`\`, `\134`, " ", `\040`, "\t", `\011`, "\n", `\012`)
	path = escape.Replace(path)
	for line := range strings.Lines(string(data)) {
		if fields := strings.Fields(line); len(fields) > 4 && fields[4] == path {
			return true
		}
	}
	return false
}
