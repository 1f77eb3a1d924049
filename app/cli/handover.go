package cli

import (
	"path/filepath"

	"quitus/app/desk"
	"quitus/ledger"
	"quitus/letters/handover"
)

type handoverDoc struct {
	Batch    *string       `json:"batch"` // null where nothing was recorded
	Customer string        `json:"customer"`
	To       string        `json:"to"`
	Files    []handoverOut `json:"files"`
	Invoices []string      `json:"invoices"`
	Accounts []accountDoc  `json:"accounts"`
	Exhibits []exhibitDoc  `json:"exhibits"`
	Missing  []missingDoc  `json:"missing"`
}

type handoverOut struct {
	File   string      `json:"file"`
	SHA256 ledger.Hash `json:"sha256"`
}

type accountDoc struct {
	Currency  string `json:"currency"`
	Principal string `json:"principal"`
	Interest  string `json:"interest"`
	Indemnity string `json:"indemnity"`
	Total     string `json:"total"`
}

type exhibitDoc struct {
	Number int         `json:"number"`
	Kind   string      `json:"kind"`
	Title  string      `json:"title"`
	File   string      `json:"file"` // within the zip
	SHA256 ledger.Hash `json:"sha256"`
}

type missingDoc struct {
	errorBody
	Check bool `json:"check"` // only the owner can tell
}

// runHandover makes the file of a customer's case, writes it, and records that it was handed over. Where one of both fails,
// neither is left.
func runHandover(c *call) (*reply, error) {
	s := c.desk.State()
	k, err := customer(s.Book, c.args[0])
	if err != nil {
		return nil, err
	}
	r := desk.HandoverRequest{Customer: k.ID, To: c.text("to"), Lang: c.w.Lang()}
	for _, x := range handover.Offered(s.Book, s.Standings, k.ID) {
		r.Documents = append(r.Documents, x.ID)
	}
	if c.given("calls") {
		for _, x := range handover.OfferedCalls(s.Book, s.Standings, k.ID) {
			r.Calls = append(r.Calls, x.ID)
		}
	}
	made, err := c.desk.Handover(r)
	if err != nil {
		return nil, err
	}
	b, err := c.desk.MakeHandover(made)
	if err != nil {
		return nil, err
	}
	out := &files{dir: c.text("out")}
	doc := c.handover(b, k)
	for _, f := range []struct {
		ending  string
		content []byte
	}{{".zip", b.Zip}, {".pdf", b.Bound}} {
		path := filepath.Join(out.dir, b.Name+f.ending)
		if err := out.write(path, f.content); err != nil {
			out.remove()
			return nil, err
		}
		doc.Files = append(doc.Files, handoverOut{path, ledger.HashOf(f.content)})
	}
	said := "cli.handover.not_recorded"
	if !c.given("dry-run") {
		entry, err := c.desk.KeepHandover(c.ctx, b)
		if err != nil {
			out.remove()
			return nil, err
		}
		batch := desk.Batch(entry)
		doc.Batch, said = &batch, "cli.handover.done"
	}
	return &reply{doc: doc, text: func(p *page) { p.handover(doc, said) }}, nil
}

func (c *call) handover(b *handover.Bundle, k *ledger.Customer) handoverDoc {
	x := b.Case
	doc := handoverDoc{Customer: k.Ref, To: x.To, Files: []handoverOut{}, Invoices: []string{}, Accounts: []accountDoc{}, Exhibits: []exhibitDoc{}, Missing: []missingDoc{}}
	for _, id := range x.Invoices {
		doc.Invoices = append(doc.Invoices, x.Book.Invoice(id).Number)
	}
	for _, a := range x.Accounts {
		doc.Accounts = append(doc.Accounts, accountDoc{string(a.Currency), a.Principal.Decimal(), a.Interest.Decimal(), a.Indemnity.Decimal(), a.Total.Decimal()})
	}
	for _, e := range x.Exhibits {
		doc.Exhibits = append(doc.Exhibits, exhibitDoc{e.Number, string(e.Kind), e.Title, e.File, e.Hash})
	}
	for _, m := range x.Missing {
		doc.Missing = append(doc.Missing, missingDoc{errorBody{m.Code, m.Sentence(c.w)}, m.Check})
	}
	return doc
}

func (p *page) handover(doc handoverDoc, said string) {
	for _, f := range doc.Files {
		p.line(f.File)
	}
	for _, m := range doc.Missing {
		key := "handover.missing_line"
		if m.Check {
			key = "handover.check_line"
		}
		p.line("  " + p.w.T(key, "text", m.Message))
	}
	p.line("")
	if doc.Batch != nil {
		p.line(p.w.N(said, len(doc.Exhibits), "batch", *doc.Batch))
		return
	}
	p.line(p.w.N(said, len(doc.Exhibits)))
}
