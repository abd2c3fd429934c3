// Package app is the program's use cases: Convert, Inspect (one document, for show and dump), Check, UnknownWords, TryPhrase, Review
// and Report. It joins the packages that do the work. It prints nothing and knows no flags or exit codes: those are the
// command's.
//
// A conversion runs in phases, and each phase is a type that only the phase before makes, so that calling them in another
// order does not compile:
//
//	open → opened.list → listed.resume → resumed.convert → converted.commit
//
// What happens meanwhile is told to an Observer. When a phase fails, or is not reached, closing the run leaves the output as
// it was.
package app
