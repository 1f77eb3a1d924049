package fec

import (
	"strings"

	"quitus/ledger"
)

// role is what a line on a customer's account is.
type role uint8

const (
	ignored     role = iota // of a closing entry
	document                // an invoice, in debit, or a credit note
	opening                 // an opening line
	movement                // a receipt or what goes for one, or its return in debit
	surrendered             // given up as a discount, a loss or a difference
	moved                   // between a customer's own accounts
	ahead                   // on an account 419
)

// small is up to what an income beside a customer's account is a rounding and no invoice, in minor units.
const small = 100

// entryOf finds the entry that tells an item's role: its part of the entry that comes to nothing, if that names a
// counterpart; else the whole entry under its number, if that balances; else lines that come to nothing over several numbers,
// for files that number each line or all lines alike.
func (c *collector) entryOf(i *item) int32 {
	key := &c.entries[i.entry]
	if i.segment < 0 {
		return i.entry
	}
	seg := &c.entries[i.segment]
	one := seg.flags&crossesNumbers == 0
	switch {
	case one && seg.flags&(counterparts|manyAccounts) != 0:
		return i.segment
	case key.balance == 0 && key.flags&counterparts != 0:
		return i.entry
	case seg.flags&counterparts != 0 || one:
		return i.segment
	}
	return i.entry
}

// understanding is what is worked out of all items together.
type understanding struct {
	*collector
	entryAt  []int32 // of each item
	roles    []role
	kinds    []PaymentKind // of movements
	customer []int         // of each party
	docs     []int32       // of each item, its index in Invoices, or −1
	moves    []move
	together union
}

// assign finds the role of each item.
func (u *understanding) assign() {
	for i := range u.items {
		it := &u.items[i]
		u.entryAt[i] = u.entryOf(it)
		f := u.entries[u.entryAt[i]].flags
		j := &u.journals.rows[it.journal]
		switch {
		case f&(bankDebit|bankCredit) != 0:
			j.bank++
		case f&(saleDebit|saleCredit) != 0:
			j.sale++
		}
	}
	for i := range u.items {
		u.roles[i], u.kinds[i] = u.role(&u.items[i], &u.entries[u.entryAt[i]])
	}
	u.findMoved()
}

// salesJournal says whether a journal is one of sales, by what it holds, else by its code.
func (j *journal) salesJournal() bool {
	if j.sale+j.bank > 0 {
		return j.sale > j.bank
	}
	code := strings.ToUpper(j.code)
	return strings.HasPrefix(code, "V") || strings.HasPrefix(code, "FA") || strings.Contains(ledger.Fold(j.name), "vente")
}

func (u *understanding) role(it *item, e *entry) (role, PaymentKind) {
	f := e.flags
	j := &u.journals.rows[it.journal]
	if f&isClosing != 0 {
		return ignored, 0
	}
	if u.accounts.rows[it.account].class == classAdvance {
		return ahead, Advance
	}
	if j.opening || f&isOpening != 0 || f&(hasCapital|hasResult) == hasCapital && it.on == u.b.First && f&(bankDebit|bankCredit) != 0 ||
		f&(saleDebit|saleCredit|bankDebit|bankCredit) == 0 && openingLabel(it.label()) {
		return opening, 0
	}
	if it.amount > 0 {
		return debitRole(it, j, f)
	}
	return creditRole(j, f)
}

func debitRole(it *item, j *journal, f flags) (role, PaymentKind) {
	switch {
	case f&(saleCredit|advanceCredit) != 0, f&vatCredit != 0 && f&bankCredit == 0:
		return document, 0
	case f&(bankCredit|bankDebit) != 0:
		return movement, Returned
	case f&incomeCredit != 0 && it.amount > small, j.salesJournal():
		return document, 0
	}
	return movement, Transfer
}

func creditRole(j *journal, f flags) (role, PaymentKind) {
	switch {
	case f&(bankDebit|bankCredit) != 0: // in credit too: a month's entry may have one line of bank
		return movement, Receipt
	case f&givenUp != 0 && f&(saleCredit) == 0:
		return surrendered, 0
	case f&saleDebit != 0:
		return document, 0
	case f&advanceDebit != 0 && f&saleCredit == 0:
		return movement, Applied
	case j.salesJournal():
		return document, 0
	}
	return movement, Transfer
}

// findMoved finds what only goes from one of a customer's accounts to another, as a bill of exchange on 413 or a doubtful
// debt on 416: lines of one entry and customer, on several accounts, that come to nothing. They join what they touch.
func (u *understanding) findMoved() {
	type key struct {
		entry int32
		who   int
	}
	type set struct {
		sum     int64
		account int32
		several bool
		of      []int32
	}
	sets := map[key]*set{}
	for i := range u.items {
		it := &u.items[i]
		if e := u.entryAt[i]; u.entries[e].flags&manyAccounts == 0 || u.roles[i] == ahead || u.roles[i] == opening || u.roles[i] == ignored {
			continue
		}
		k := key{u.entryAt[i], u.customer[it.party]}
		s := sets[k]
		if s == nil {
			s = &set{account: it.account}
			sets[k] = s
		}
		s.sum += it.amount
		s.several = s.several || it.account != s.account
		s.of = append(s.of, int32(i))
	}
	for _, s := range sets {
		if s.sum != 0 || !s.several {
			continue
		}
		for _, i := range s.of {
			u.roles[i] = moved
			u.together.join(s.of[0], i)
		}
	}
}

// findCustomers makes customers of parties. An account of 413, 416 or 419 without auxiliary account belongs to the customer whose
// account 411 ends alike; codes that differ in case only are one.
func (u *understanding) findCustomers() {
	byRef := map[string]int{}
	for p := range u.parties.rows {
		y := &u.parties.rows[p]
		if ref := sameRef(y.ref); !y.account || strings.HasPrefix(ref, "411") {
			if k, known := byRef[ref]; known {
				u.customer[p] = k
				continue
			}
			byRef[ref] = u.addCustomer(p, y)
		}
	}
	for p := range u.parties.rows {
		y := &u.parties.rows[p]
		if !y.account || strings.HasPrefix(y.ref, "411") {
			continue
		}
		tail := strings.TrimLeft(strings.ToUpper(y.ref[3:]), "0")
		if k, known := byRef["411"+sameRef(y.ref[3:])]; known && tail != "" && !y.generic {
			u.customer[p] = k
			continue
		}
		byRef[sameRef(y.ref)] = u.addCustomer(p, y)
	}
}

// sameRef makes codes and numbers comparable as the ledger does: no case, no blanks.
func sameRef(s string) string { return strings.ToUpper(strings.Join(strings.Fields(s), "")) }

func (u *understanding) addCustomer(p int, y *party) int {
	name := strings.Join(strings.Fields(y.name), " ")
	if name == "" {
		name = y.ref
	}
	k := len(u.b.Customers)
	u.b.Customers = append(u.b.Customers, Customer{Ref: y.ref, Name: name, Collective: y.account && y.generic || !y.account && collectiveName(y.name)})
	u.customer[p] = k
	return k
}

// union keeps which items belong together.
type union []int32

func newUnion(n int) union {
	u := make(union, n)
	for i := range u {
		u[i] = int32(i)
	}
	return u
}

func (u union) root(i int32) int32 {
	for u[i] != i {
		u[i] = u[u[i]]
		i = u[i]
	}
	return i
}

func (u union) join(a, b int32) {
	if ra, rb := u.root(a), u.root(b); ra < rb {
		u[rb] = ra
	} else {
		u[ra] = rb
	}
}
