// Package customers is the list of customers, and a customer's page: what is owed, the invoices, the
// persons, what was noted and what happened.
package customers
