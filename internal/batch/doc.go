// Package batch converts many files in worker processes.
//
// A document is hostile: some broken PDFs overflow the stack, allocate terabytes or never end, which recover cannot stop. So
// the supervisor (Run) never parses one. It starts worker processes of the same binary (Serve), sends each one document at a
// time, and watches it from outside: total time, time without a heartbeat, resident memory. A worker that crashes or exceeds a
// limit is killed with its process group and replaced; its document is tried again in another mode, and is stored as failed
// with the reason if that fails too. Every document has an outcome, whatever happens.
//
// The documents come from package input. The frames between supervisor and worker are described in protocol.go and in
// docs/protocol.md; what a worker may still open in sandbox.go.
package batch
