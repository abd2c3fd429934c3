// Package proof takes the doubt out of recognized documents, as far as the document itself and the codebooks prove what it
// says.
//
// Names (correct.go): a recognized name that is none of the names that budgets print is replaced by the one such name that
// it is nearly equal to: the name of the code beside it, a name of the codebooks, a label of the usual forms (data/labels.csv),
// or a name that the document itself prints elsewhere. Only a clear and unique match counts, and each is reported.
//
// Amounts (choose.go): a recognized amount may have several readings. The identities of the disclosure choose among them:
// where exactly one combination of readings makes all of them hold, it is taken. Nothing else changes an amount, and no
// amount is computed: each is what one reading of the picture says.
package proof
