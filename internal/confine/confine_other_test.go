//go:build !linux || !(amd64 || arm64)

package confine

func confined(string) string { return "" }

func parent() string { return "" }

func inherited() string { return "" }
