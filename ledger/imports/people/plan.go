package people

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"quitus/ledger"
)

// Decision is what becomes of a draft.
type Decision uint8

// Decisions. NewPlan proposes one for each draft; the owner may take another with [Plan.Decide].
const (
	Create Decision = iota // a new customer
	Update                 // the customer of that code
	Merge                  // into a customer who looks the same
	Leave                  // not taken
)

// String is the decision's name; its text for people is people.decision.<name>.
func (d Decision) String() string {
	return [...]string{"create", "update", "merge", "leave"}[d]
}

// Plan is what taking drafts in would do to a book: the preview shows it, and Stage does it.
type Plan struct {
	Items    []Item
	New      int // customers to create
	Changed  int // known ones of whom the list says something new
	Same     int // known ones, unchanged
	Left     int // not taken
	Proposed int // items with proposals to look at, whatever is decided of them

	book *ledger.Book
}

// Item is one draft with what is known of it.
type Item struct {
	Draft     *Draft
	Decision  Decision
	Customer  ledger.CustomerID // of Update and Merge
	Changes   []Change          // of Customer, what the list says differently
	Contacts  int               // to create or change
	Proposals []Proposal        // known customers who look the same, the likeliest first
	Problem   string            // why it cannot be taken: name_missing for an unknown code without a name; else empty
}

// Proposal is a known customer who may be the one of the list.
type Proposal struct {
	Customer ledger.CustomerID
	Why      Field // SIREN, VAT or Name: what they share
	Sure     bool  // nothing speaks against it
}

// Change is what a list says differently of a known customer.
type Change struct {
	Field    Field
	From, To string // as shown; terms, kinds and the like by their names in files
}

// NewPlan compares drafts with a book. The customer of the same code is brought up to date. One of the same company
// or VAT number, or of the same name where the place does not differ, is a proposal; it is decided to merge where
// exactly one is proposed, one of the two has no code of the owner's, and nothing differs that tells customers apart.
// Proposals are never silent: the preview and the command line show each.
func NewPlan(b *ledger.Book, drafts []Draft) *Plan {
	p := &Plan{Items: make([]Item, 0, len(drafts)), book: b}
	by := indexOf(b)
	for i := range drafts {
		item := Item{Draft: &drafts[i]}
		by.find(b, &item)
		p.Items = append(p.Items, item)
	}
	p.once()
	for i := range p.Items {
		p.Items[i].compare(b)
	}
	p.count()
	return p
}

// Decide changes what becomes of an item; into is the customer of Merge.
func (p *Plan) Decide(item int, d Decision, into ledger.CustomerID) {
	i := &p.Items[item]
	i.Decision, i.Customer = d, 0
	if d == Merge || d == Update {
		i.Customer = into
	}
	i.compare(p.book)
	p.count()
}

// once leaves aside what would be merged into a customer whom an earlier item is about: two lines of a list are two
// customers until the owner says otherwise.
func (p *Plan) once() {
	taken := map[ledger.CustomerID]bool{}
	for i := range p.Items {
		if item := &p.Items[i]; item.Decision == Update {
			taken[item.Customer] = true
		}
	}
	for i := range p.Items {
		item := &p.Items[i]
		if item.Decision != Merge {
			continue
		}
		if taken[item.Customer] {
			item.Decision, item.Customer = Leave, 0
			for n := range item.Proposals {
				item.Proposals[n].Sure = false
			}
			continue
		}
		taken[item.Customer] = true
	}
}

func (p *Plan) count() {
	p.New, p.Changed, p.Same, p.Left, p.Proposed = 0, 0, 0, 0, 0
	for i := range p.Items {
		item := &p.Items[i]
		if len(item.Proposals) > 0 && !item.unchanged() {
			p.Proposed++
		}
		switch {
		case item.Decision == Leave:
			p.Left++
		case item.Decision == Create:
			p.New++
		case item.unchanged():
			p.Same++
		default:
			p.Changed++
		}
	}
}

func (item *Item) unchanged() bool {
	return item.Customer != 0 && len(item.Changes) == 0 && item.Contacts == 0
}

// index finds known customers by their numbers.
type index struct {
	siren, vat map[string][]ledger.CustomerID
}

func indexOf(b *ledger.Book) index {
	x := index{map[string][]ledger.CustomerID{}, map[string][]ledger.CustomerID{}}
	for c := range b.Customers.All() {
		if s := sirenKey(c.SIREN); s != "" {
			x.siren[s] = append(x.siren[s], c.ID)
		}
		if v := ledger.NormalVAT(c.VAT); v != "" {
			x.vat[v] = append(x.vat[v], c.ID)
		}
	}
	return x
}

// sirenKey makes company numbers comparable: of a SIRET the SIREN, without blanks and dots.
func sirenKey(s string) string {
	s = strings.ToUpper(tight.Replace(s))
	if len(s) == 14 && isDigits(s) {
		return s[:9]
	}
	return s
}

// find decides what a draft is, as far as it can be told.
func (x index) find(b *ledger.Book, item *Item) {
	d := item.Draft
	if d.Ref != "" {
		if c := b.CustomerByRef(d.Ref); c != nil {
			item.Decision, item.Customer = Update, c.ID
			return
		}
	}
	x.propose(b, item)
	var sure []ledger.CustomerID
	own := false // a proposal has a code of the owner's, as the draft
	for _, p := range item.Proposals {
		c := b.Customer(p.Customer)
		own = own || d.Ref != "" && !c.RefGiven
		if p.Sure {
			sure = append(sure, p.Customer)
		}
	}
	switch {
	case len(sure) == 1 && len(item.Proposals) == 1:
		item.Decision, item.Customer = Merge, sure[0]
	case len(item.Proposals) > 0 && !(own && len(sure) == 0):
		item.Decision = Leave
	}
	if d.Name == "" && item.Decision == Create {
		item.Decision, item.Problem = Leave, "name_missing"
	}
}

// propose lists the known customers who may be the draft's.
func (x index) propose(b *ledger.Book, item *Item) {
	d := item.Draft
	add := func(ids []ledger.CustomerID, why Field) {
		for _, id := range ids {
			if !slices.ContainsFunc(item.Proposals, func(p Proposal) bool { return p.Customer == id }) {
				item.Proposals = append(item.Proposals, Proposal{id, why, sure(b.Customer(id), d)})
			}
		}
	}
	if d.SIREN != "" {
		add(x.siren[sirenKey(d.SIREN)], SIREN)
	}
	if d.VAT != "" {
		add(x.vat[d.VAT], VAT)
	}
	for _, id := range b.CustomersByName(d.Name) {
		if c := b.Customer(id); !numbersDiffer(c, d) && !differ(c.Postcode, d.Postcode) {
			add([]ledger.CustomerID{id}, Name)
		}
	}
}

// sure says whether nothing tells a known customer and a draft apart: they carry one name, at one place as far as
// told, under the same numbers as far as told, and one of them has no code of the owner's.
func sure(c *ledger.Customer, d *Draft) bool {
	return carries(c, d.Name) && !numbersDiffer(c, d) && !differ(c.Postcode, d.Postcode) && (d.Ref == "" || c.RefGiven)
}

func numbersDiffer(c *ledger.Customer, d *Draft) bool {
	return differ(sirenKey(c.SIREN), sirenKey(d.SIREN)) || differ(ledger.NormalVAT(c.VAT), d.VAT)
}

// differ says whether both are told and not the same.
func differ(a, b string) bool { return a != "" && b != "" && ledger.Fold(a) != ledger.Fold(b) }

// carries says whether a customer is known by a name.
func carries(c *ledger.Customer, name string) bool {
	return slices.ContainsFunc(append(strings.Split(c.Names, "\n"), c.Name), func(n string) bool { return n != "" && ledger.Fold(n) == ledger.Fold(name) })
}

// compare works out what a known customer's item would change.
func (item *Item) compare(b *ledger.Book) {
	item.Changes, item.Contacts = nil, 0
	c := b.Customer(item.Customer)
	if c == nil {
		return
	}
	item.Changes = item.update(ledger.Clone(c))
	for _, k := range item.Draft.Contacts {
		if known := contactOf(b.ContactsOf(c.ID), k); known == nil || k.update(ledger.Clone(known)) {
			item.Contacts++
		}
	}
}

// update brings a customer up to date with what the draft tells, and gives what changed. What the list leaves blank
// stays; a name that changes stays known as another name.
func (item *Item) update(c *ledger.Customer) []Change {
	d := item.Draft
	var out []Change
	set := func(f Field, to *string, v string) {
		if v != "" && *to != v {
			out = append(out, Change{f, *to, v})
			*to = v
		}
	}
	if d.Ref != "" && c.RefGiven {
		set(Ref, &c.Ref, d.Ref)
		c.RefGiven = false
	}
	if d.Name != "" && c.Name != d.Name && (item.Decision == Update || ledger.Fold(c.Name) != ledger.Fold(d.Name)) {
		if item.Decision == Update {
			old := c.Name
			set(Name, &c.Name, d.Name)
			if old != "" && !carries(c, old) {
				c.Names = joined(c.Names, old)
			}
		} else if !carries(c, d.Name) {
			set(Names, &c.Names, joined(c.Names, d.Name))
		}
	}
	if d.Names != "" && !carries(c, d.Names) {
		set(Names, &c.Names, joined(c.Names, d.Names))
	}
	set(Address, &c.Address, d.Address)
	set(Postcode, &c.Postcode, d.Postcode)
	set(Town, &c.Town, d.Town)
	set(Country, &c.Country, d.Country)
	set(Email, &c.Email, d.Email)
	set(Phone, &c.Phone, d.Phone)
	if sirenKey(c.SIREN) != sirenKey(d.SIREN) {
		set(SIREN, &c.SIREN, d.SIREN)
	}
	if ledger.NormalVAT(c.VAT) != d.VAT {
		set(VAT, &c.VAT, d.VAT)
	}
	set(Language, &c.Language, d.Language)
	set(Rate, &c.Rate, d.Rate)
	set(Scenario, &c.Scenario, d.Scenario)
	if d.Indemnity != 0 && c.Indemnity != d.Indemnity {
		out = append(out, Change{Indemnity, indemnityText(c.Indemnity), indemnityText(d.Indemnity)})
		c.Indemnity = d.Indemnity
	}
	if d.Type != "" && c.Type != d.Type {
		out = append(out, Change{Kind, string(c.Type), string(d.Type)})
		c.Type = d.Type
	}
	if d.Terms.Given && c.Terms != d.Terms {
		out = append(out, Change{Terms, termsText(c.Terms), termsText(d.Terms)})
		c.Terms = d.Terms
	}
	return out
}

// indemnityText writes an indemnity in euros; nothing for none.
func indemnityText(cents int64) string {
	if cents == 0 {
		return ""
	}
	return ledger.Euros(cents).Decimal()
}

// termsText writes terms as "30", "45 end_of_month", "45 end_of_month 10".
func termsText(t ledger.Terms) string {
	if !t.Given {
		return ""
	}
	s := strconv.Itoa(t.Days)
	if t.EndOfMonth {
		s += " end_of_month"
	}
	if t.Day > 0 {
		s += " " + strconv.Itoa(t.Day)
	}
	return s
}

func joined(lines, more string) string { return strings.TrimPrefix(lines+"\n"+more, "\n") }

// contactOf finds a contact among those known, by name or by e-mail.
func contactOf(known []*ledger.Contact, c Contact) *ledger.Contact {
	for _, k := range known {
		if ledger.Fold(k.Name) == ledger.Fold(c.Name) {
			return k
		}
	}
	for _, k := range known {
		if c.Email != "" && strings.EqualFold(k.Email, c.Email) {
			return k
		}
	}
	return nil
}

// update brings a contact up to date, and says whether it changed anything.
func (c Contact) update(k *ledger.Contact) bool {
	was := *k
	k.Role, k.Email, k.Phone = cmp.Or(c.Role, k.Role), cmp.Or(c.Email, k.Email), cmp.Or(c.Phone, k.Phone)
	return *k != was
}

// Stage puts what the plan says into a draft of the ledger, which must begin with the plan's book. record is the
// import itself, which it completes with the day and the counts, and records.
func (p *Plan) Stage(d *ledger.Draft, record *ledger.Import, on ledger.Date) {
	record.On, record.Created, record.Updated = on, p.New, p.Changed
	d.Put(record)
	codes := map[string]bool{}
	for i := range p.Items {
		item := &p.Items[i]
		var c *ledger.Customer
		switch {
		case item.Decision == Leave || item.unchanged():
			continue
		case item.Decision == Create:
			c = item.fresh(d, codes)
		default:
			c = ledger.Clone(d.Customer(item.Customer))
			item.update(c)
		}
		d.Put(c)
		known := d.Book().ContactsOf(c.ID)
		for _, k := range item.Draft.Contacts {
			r := &ledger.Contact{Customer: c.ID, Name: k.Name}
			if was := contactOf(known, k); was != nil {
				r = ledger.Clone(was)
			}
			if k.update(r) || r.ID == 0 {
				d.Put(r)
			}
		}
	}
}

// fresh makes the record of a new customer. A code that two drafts bear goes to the first.
func (item *Item) fresh(d *ledger.Draft, codes map[string]bool) *ledger.Customer {
	x := item.Draft
	c := &ledger.Customer{
		Ref: x.Ref, Name: x.Name, Names: x.Names, Type: cmp.Or(x.Type, ledger.CompanyCustomer), Country: cmp.Or(x.Country, d.Book().Company().Country, "FR"), Language: x.Language, SIREN: x.SIREN, VAT: x.VAT,
		Address: x.Address, Postcode: x.Postcode, Town: x.Town, Email: x.Email, Phone: x.Phone, Terms: x.Terms, Rate: x.Rate, Indemnity: x.Indemnity, Scenario: x.Scenario,
	}
	if code := ledger.Fold(x.Ref); code == "" || codes[code] {
		c.Ref, c.RefGiven = d.NewRef(), true
	}
	codes[ledger.Fold(c.Ref)] = true
	return c
}
