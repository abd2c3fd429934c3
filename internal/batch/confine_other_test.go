//go:build !linux || !(amd64 || arm64)

package batch

func confined(string) string { return "" }

func supervisor() string { return "" }

func inherited() string { return "" }

func confinedReads(string) string { return "" }
