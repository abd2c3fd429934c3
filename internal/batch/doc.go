// Package batch converts many files in worker processes.
//
// A document is hostile: some broken PDFs overflow the stack, ask for terabytes or never end, and no recover helps. So the
// supervisor (Run) never opens one. It starts worker processes of the same binary, hands each one document at a time, and
// watches it from outside: time in all, time without a sign of progress, resident memory. A worker that crashes or breaks
// a limit is killed with its process group and replaced; its document is tried once more and then has a failed row with
// the reason. Every input has an outcome, whatever happens.
//
// The steps are: Collect finds the inputs, Plan hashes them and joins duplicates by content, Run converts what Plan gave,
// and Serve is the worker's side. The stream between supervisor and worker is described in protocol.go.
package batch
