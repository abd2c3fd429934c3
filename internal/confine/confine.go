// Package confine is the sandbox of a process that reads hostile input: Landlock for files, seccomp for system calls,
// resource limits, and no inherited descriptors. It knows nothing of documents; the caller names the files that stay open to
// the process. SECURITY.md and docs/decisions/005-sandbox.md say why each part is there.
package confine

// Files are the only files that a confined process may still open.
type Files struct {
	ReadDirs  []string // may be missing
	ReadFiles []string // may be missing
	WriteDirs []string // read and write; must be there
}
