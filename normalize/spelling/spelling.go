// Package spelling corrects recognized names: a name that is none of those that budgets print is replaced by the one such name
// that it is nearly equal to.
//
// That is the name of the code beside it, a name of the codebooks, a label of the usual forms, or a name that the document
// itself prints elsewhere. Only a clear and unique match counts, and each is reported. Digital text stays as it is.
package spelling
