package schema

// The closed list of diagnostic codes. Messages may be reworded between versions; codes may not.
const (
	DiagUnclaimedNumber  = "unclaimed_number"    // a numeric token that no row accounts for
	DiagPageUnread       = "page_unread"         // a page, or part of it, could not be read
	DiagNeedsOCR         = "needs_ocr"           // a picture where text should be, and no recognition was made
	DiagOCRDoubt         = "ocr_doubt"           // a recognized figure that nothing confirms
	DiagOCRCorrected     = "ocr_corrected"       // a recognized name corrected against a codebook
	DiagCorrected        = "corrected"           // an amount corrected by hand, or a correction that did not fit
	DiagWatermarkRemoved = "watermark_removed"   // a string kept out of the text
	DiagHiddenText       = "hidden_text"         // text in the file that the page does not show; no row holds it
	DiagUndecodedText    = "undecoded_text"      // glyphs without a Unicode value
	DiagXrefRebuilt      = "xref_rebuilt"        // the cross-reference table was rebuilt by scanning
	DiagTruncated        = "truncated"           // the file ends early
	DiagPageTreeLoop     = "page_tree_loop"      // the page tree names itself
	DiagPageTree         = "page_tree"           // the page tree names fewer pages than there are, or names what is lost
	DiagDamagedFile      = "damaged_file"        // part of the file is broken or missing
	DiagAttachment       = "attachment"          // a file attached to the document, which is not read
	DiagXFAForm          = "xfa_form"            // the document holds an XFA form, which is not read
	DiagStreamTooLarge   = "stream_too_large"    // a stream inflates beyond the limit
	DiagNestingTooDeep   = "nesting_too_deep"    // objects nest beyond the limit
	DiagUnknownTable     = "unknown_table"       // a table that no statement describes; its amounts are under other
	DiagUnknownUnit      = "unknown_unit"        // no unit is printed; what was assumed
	DiagUnknownTitle     = "unknown_title"       // a word of a table's title that was not understood
	DiagUnknownHeading   = "unknown_heading"     // a word of a column's header that was not understood
	DiagUnparsedAmount   = "unparsed_amount"     // a cell in an amount column that is not an amount
	DiagAmountRange      = "amount_out_of_range" // an amount of more digits than the column holds; its line is left out
	DiagAmountRounded    = "amount_rounded"      // amounts with fractions of a fen; they are rounded
	DiagContract         = "contract_breach"     // a value that breaks the schema: it, or its row, is left out
	DiagIdentifier       = "identifier_column"   // a column of numbers that are no amounts, by what its cells are
	DiagMetadataConflict = "metadata_conflict"   // cover, headings and tables disagree on department or year
	DiagMetadataMissing  = "metadata_missing"    // no department or year was found
	DiagCheckFailed      = "check_failed"        // an identity does not hold
	DiagSecondReader     = "second_reader"       // the file, or a page, was read by the second reader
	DiagTimeout          = "timeout"             // given up after the time limit
	DiagFailed           = "failed"              // the document could not be read
)
