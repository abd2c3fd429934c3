package confine

import (
	"fmt"
	"os"
	"testing"
)

// The test binary is also the process that is confined, and the parent and child of the test of descriptors.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 {
		switch os.Args[1] {
		case "test-confined":
			fmt.Print(confined(os.Args[2]))
			os.Exit(0)
		case "test-parent":
			fmt.Print(parent())
			os.Exit(0)
		case "test-descriptors":
			fmt.Print(inherited())
			os.Exit(0)
		}
	}
	os.Exit(m.Run())
}
