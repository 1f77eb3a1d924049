package imports

import (
	"context"
	"strings"

	"quitus/ledger/imports/grid"
)

// directory is what a list of customers in the same workbook tells of them: by folded code ("r…") and name ("n…").
type directory map[string]*listed

type listed struct {
	name    string
	contact *Contact
}

// mostListed bounds a directory.
const mostListed = 100_000

// lookUp reads the lists of customers that stand beside the registers, so that names are found by code, and addresses by
// either.
func (f *File) lookUp(ctx context.Context, book Source, lists []candidate, opts Options) error {
	d := directory{}
	for _, c := range lists {
		g, err := book.Read(ctx, c.index, 0)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			continue // the register itself could be read
		}
		if d.fill(g, c.header, opts) {
			f.Aside[c.weight].Why = "customers_used"
		}
	}
	for _, s := range f.Sheets {
		s.directory = d
	}
	return nil
}

// fill adds the lines of one list. A code or name that stands twice, for different customers, tells nothing.
func (d directory) fill(g *grid.Grid, h header, opts Options) bool {
	s := recognise(g, h, "", opts)
	r := newReading(s, s.Mapping, nil)
	for i := range g.Len() {
		row := g.Row(i)
		if int(row.Line) <= s.HeaderLine || len(d) >= mostListed {
			continue
		}
		r.load(row)
		ref, name := r.text(CustomerRef), r.text(Customer)
		if name == "" || len(name) > mostText || len(ref) > mostText {
			continue
		}
		entry := &listed{name, r.contact()}
		if ref != "" {
			d.add("r"+fold(ref), entry)
		}
		d.add("n"+fold(name), entry)
	}
	return len(d) > 0
}

func (d directory) add(key string, entry *listed) {
	if _, twice := d[key]; twice {
		d[key] = nil
		return
	}
	d[key] = entry
}

// find gives what is listed of a customer: by code, else by name.
func (d directory) find(c customer) *listed {
	if c.ref != "" {
		if l := d["r"+fold(c.ref)]; l != nil {
			return l
		}
	}
	if c.name != "" {
		return d["n"+fold(c.name)]
	}
	return nil
}

// siren gives the nine digits of a SIREN, which a SIRET of fourteen begins with; nothing if there are others.
func siren(text string) string {
	s := strings.NewReplacer(" ", "", ".", "", "-", "").Replace(text)
	if (len(s) == 9 || len(s) == 14) && allDigits(s) {
		return s[:9]
	}
	return ""
}

// contact gives what the line just loaded tells about its customer, nil if nothing.
func (r *reading) contact() *Contact {
	var c *Contact
	for f := Email; f <= VATNumber; f++ {
		if r.vals[f].blank() {
			continue
		}
		if c == nil {
			c = &Contact{}
		}
		text := r.text(f)
		switch f {
		case Email:
			c.Email = text
		case Phone:
			c.Phone = text
		case Address:
			c.Address = text
		case Postcode:
			c.Postcode = text
		case Town:
			c.Town = text
		case Country:
			c.Country = text
		case SIREN:
			c.SIREN = siren(text)
		case VATNumber:
			c.VATNumber = strings.ToUpper(strings.ReplaceAll(text, " ", ""))
		}
	}
	return c
}
