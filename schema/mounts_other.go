//go:build !linux

package schema

func isMounted(string) bool { return false }
