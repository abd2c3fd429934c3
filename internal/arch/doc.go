// Package arch holds no code: its test checks which package imports which.
package arch
