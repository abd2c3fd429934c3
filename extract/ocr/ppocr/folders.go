package ppocr

import (
	"os"
	"path/filepath"
	"slices"
)

const (
	modelFile   = "PP-OCRv6_rec_small.onnx"
	libraryFile = "libonnxruntime.so"
)

// modelFolders are where the model and the library may lie: the one that EXTRACT_MODELS names, models beside the program, the user's,
// the system's. Each of the two is taken from the first folder that has it.
func modelFolders() []string {
	var out []string
	if named := os.Getenv("EXTRACT_MODELS"); named != "" {
		out = append(out, named)
	}
	if program, err := os.Executable(); err == nil {
		out = append(out, filepath.Join(filepath.Dir(program), "models"))
	}
	data := os.Getenv("XDG_DATA_HOME")
	if home, err := os.UserHomeDir(); err == nil && !filepath.IsAbs(data) {
		data = filepath.Join(home, ".local", "share")
	}
	if data != "" {
		out = append(out, filepath.Join(data, "extract", "models"))
	}
	return append(out, "/usr/local/share/extract/models", "/usr/share/extract/models")
}

// find returns the path of a file in the first folder that has it, "" if none has.
func find(folders []string, name string) string {
	for _, dir := range folders {
		path := filepath.Join(dir, name)
		if info, err := os.Stat(path); err == nil && info.Mode().IsRegular() {
			return path
		}
	}
	return ""
}

// Sandbox is what Load opens, for a process that may open nothing else: folders and files to read. There are none where the model
// or the library is missing.
func Sandbox() (folders, files []string) { return sandbox(modelFolders()) }

func sandbox(from []string) (folders, files []string) {
	model, library := find(from, modelFile), find(from, libraryFile)
	if model == "" || library == "" {
		return nil, nil
	}
	for _, path := range []string{model, library} {
		if target, err := filepath.EvalSymlinks(path); err == nil && !slices.Contains(files, target) {
			files = append(files, target)
		}
	}
	// The libraries that libonnxruntime needs, the list by which the loader finds them, and what tells it about the processor.
	for _, dir := range []string{"/lib/x86_64-linux-gnu", "/usr/lib/x86_64-linux-gnu", "/lib/aarch64-linux-gnu", "/usr/lib/aarch64-linux-gnu",
		"/lib64", "/usr/lib64", "/lib", "/usr/lib"} {
		for _, name := range []string{"libstdc++.so.6", "libgcc_s.so.1", "libm.so.6", "libdl.so.2", "librt.so.1", "libpthread.so.0", "libc.so.6"} {
			files = append(files, filepath.Join(dir, name))
		}
	}
	return []string{"/sys/devices/system/cpu"}, append(files, "/etc/ld.so.cache", "/proc/cpuinfo")
}

// Installed reports whether the model and the library are there.
func Installed() bool {
	_, files := Sandbox()
	return len(files) > 0
}
