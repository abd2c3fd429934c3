// Package layout has every name in an output folder, in its staging folder beside it and in an object store.
//
//	OUT/_manifest.json                                   who wrote the output, and what belongs to it
//	    datapackage.json                                 describes the output to other programs
//	    <dataset>/part-00000.parquet …                   a dataset without years
//	    <dataset>/fiscal_year=2024/part-00000.parquet …  one that is partitioned
//	    _journal, _spool, _objects                       what the next run resumes from
//	    run-1.json …                                     what each run did; not part of the data
//	.OUT.extract-staging/lock                            held by the run as long as it lives
//	                     _journal, spool, _objects       what the run has so far, for one that resumes it
//	                     inputs                          what the run unpacks of its inputs
//	                     new                             the next output; after an exchange, the one before
//	                     old                             the output before, between the two renames of a system without exchange
//
// In an object store the names of data files and of what the next run resumes from have a part of their checksum in them,
// and _lock is beside them.
package layout

import (
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// Names at the root of an output.
const (
	Manifest    = "_manifest.json"
	DataPackage = "datapackage.json"
	Journal     = "_journal" // in a staging folder too
	Spool       = "_spool"
	Objects     = "_objects" // in a staging folder too
)

// Names in a staging folder.
const (
	StagedLock  = "lock"
	StagedSpool = "spool"
	StagedInput = "inputs"
	StagedNew   = "new"
	StagedOld   = "old"
)

// Resumable is a file or folder that a run resumes from: its name in an output, and in the staging folder of a run that died.
type Resumable struct{ Kept, Staged string }

// Resumables are all of them. The journal is the last: where it is, so is what it lists.
func Resumables() []Resumable {
	return []Resumable{{Objects, Objects}, {Spool, StagedSpool}, {Journal, Journal}}
}

// IsKept tells whether the next run resumes from a name in an output.
func IsKept(name string) bool {
	return slices.ContainsFunc(Resumables(), func(r Resumable) bool { return r.Kept == name })
}

// IsResumed tells whether a run takes a name in a staging folder over from one that died.
func IsResumed(name string) bool {
	return slices.ContainsFunc(Resumables(), func(r Resumable) bool { return r.Staged == name })
}

// IsStaged tells whether a name in a staging folder is of this program. The lock is not among them: it is never removed with
// them.
func IsStaged(name string) bool {
	return IsResumed(name) || name == StagedInput || name == StagedNew || name == StagedOld
}

// IsRewritten tells whether every run writes a name in an output anew, so that it is not carried over from the output before.
// Datasets are rewritten too; this package does not know their names.
func IsRewritten(name string) bool {
	return name == Manifest || name == DataPackage || name == Journal || name == Spool
}

// StoreLock is the lock of an output in an object store.
const StoreLock = "_lock"

// Staging is the staging folder of an output: beside it, so that a rename is enough to put the new output into place.
func Staging(out string) string {
	return filepath.Join(filepath.Dir(out), "."+filepath.Base(out)+".extract-staging")
}

// RunFile is the name of the file about the nth run.
func RunFile(n int) string { return fmt.Sprintf("run-%d.json", n) }

// UnknownPartition is what Hive names the partition of rows without a value.
const UnknownPartition = "__HIVE_DEFAULT_PARTITION__"

// The years of partitions that are no years.
const (
	// UnknownYear is the partition of rows without a year.
	UnknownYear = 0
	// AnchorYear is the partition of the empty file that a dataset without any row of a known year gets, under the
	// value 0. It keeps every reader going: one that lists files finds one, and one that infers the type of the
	// partition column (as pyarrow does) finds an integer.
	AnchorYear = -1
)

// Partition is the folder of a year's files, relative to the output and with slashes; column is "" for a dataset without
// partitions.
func Partition(dataset, column string, year int32) string {
	if column == "" {
		return dataset
	}
	value := strconv.Itoa(int(year))
	switch year {
	case UnknownYear:
		value = UnknownPartition
	case AnchorYear:
		value = "0"
	}
	return path.Join(dataset, column+"="+value)
}

// PartitionYear is the year that the folder of a data file says.
func PartitionYear(file, column string) (int32, error) {
	folder := filepath.Base(filepath.Dir(file))
	value, ok := strings.CutPrefix(folder, column+"=")
	if !ok {
		return 0, fmt.Errorf("%s is not a folder of the partition %s", folder, column)
	}
	if value == UnknownPartition {
		return UnknownYear, nil
	}
	year, err := strconv.ParseInt(value, 10, 32)
	return int32(year), err
}

// dataFileEnding ends the name of a data file.
const dataFileEnding = ".parquet"

// Part is the name of the nth data file of a partition.
func Part(n int) string { return fmt.Sprintf("part-%05d%s", n, dataFileEnding) }

// IsDataFile tells a data file from others by its name.
func IsDataFile(name string) bool { return strings.HasSuffix(name, dataFileEnding) }

// RemoteFile is the name of a data file in an object store, where a file is never overwritten: a part of its checksum tells
// one content from another. sum is the SHA-256 in hex, of at least 16 digits.
func RemoteFile(name, sum string) string {
	ext := path.Ext(name)
	return strings.TrimSuffix(name, ext) + "-" + sum[:16] + ext
}

// RemoteKept is the name in an object store of a file that the next run resumes from.
func RemoteKept(name, sum string) string { return name + "-" + sum[:16] }
