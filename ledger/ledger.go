// Package ledger holds what is true: the domain's types and rules.
//
// A [Book] is an immutable picture of everything recorded: customers, invoices, payments, letters.
// A [Draft] gathers changes to a book; the store writes them in one transaction with one journal
// [Entry], and publishes the next book. All other packages of the program read books and stage
// drafts; nothing here knows a file, a screen or the time of day.
//
// Money is whole minor units ([Money]), days are civil dates ([Date]), and every error carries a
// code that the translations turn into a sentence ([Error]).
package ledger
