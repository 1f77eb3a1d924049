package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"path/filepath"
	"strings"

	"quitus/app/desk"
	"quitus/ledger"
)

// runCompany shows the owner's own details, in the form of the file that company import reads.
func runCompany(c *call) (*reply, error) {
	company := c.desk.State().Book.Company()
	company.Address = list(company.Address)
	return &reply{doc: company, text: func(p *page) { p.company(company) }}, nil
}

func (p *page) company(c ledger.Company) {
	var rows [][2]string
	named := func(name, value string) {
		if value != "" {
			rows = append(rows, [2]string{name, value})
		}
	}
	add := func(key, value string) { named(p.w.T(key), value) }
	add("common.name", strings.TrimSpace(c.Name+" "+c.LegalForm))
	add("cli.company.capital", c.Capital)
	add("common.address", strings.Join(c.Address, ", "))
	add("common.town", strings.TrimSpace(c.Postcode+" "+c.Town))
	add("common.country", p.w.Country(c.Country))
	named(p.w.CompanyNumber(c.Country), c.SIREN)
	add("cli.company.register", c.RegisterTown)
	add("cli.company.vat", c.VAT)
	add("cli.company.iban", c.IBAN)
	add("cli.company.bic", c.BIC)
	add("cli.company.holder", c.Holder)
	add("common.email", c.Email)
	add("common.phone", c.Phone)
	add("cli.company.signatory", strings.TrimSuffix(strings.TrimSpace(c.Signatory.Name+", "+c.Signatory.Role), ","))
	if c.Name == "" {
		p.say("cli.company.none")
		return
	}
	p.pairs(rows)
}

// maxCompanyFile is the most bytes that a company file may have.
const maxCompanyFile = 1 << 20

// runCompanyImport takes the owner's details from a file, and shows them as they are kept. The pictures stay as they are.
func runCompanyImport(c *call) (*reply, error) {
	company, err := readCompany(c.args[0])
	if err != nil {
		return nil, err
	}
	kept := c.desk.State().Book.Company()
	company.Logo, company.SignedBy = kept.Logo, kept.SignedBy
	if _, err := c.desk.SaveCompany(c.ctx, company); err != nil {
		return nil, err
	}
	if doubt := c.w.NumberDoubt(company.Country, company.SIREN, company.VAT); doubt != "" {
		c.notice(doubt)
	}
	return runCompany(c)
}

// readCompany reads a company file. Errors: those of reading a file, and company_file with the line or
// the field where it is wrong.
func readCompany(path string) (ledger.Company, error) {
	company := ledger.Company{Country: "FR"}
	name := filepath.Base(path)
	content, err := desk.ReadFile(path, maxCompanyFile)
	if err != nil {
		return company, err
	}
	d := json.NewDecoder(bytes.NewReader(content))
	d.DisallowUnknownFields()
	err = d.Decode(&company)
	if err == nil {
		if _, end := d.Token(); !errors.Is(end, io.EOF) {
			err = errors.New("more than one document")
		}
	}
	if err == nil {
		return company, nil
	}
	offset := d.InputOffset()
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &kind):
		return company, ledger.Errorf("company_file_field", "file", name, "field", kind.Field)
	case errors.As(err, &syntax):
		offset = syntax.Offset
	case strings.HasPrefix(err.Error(), "json: unknown field "):
		return company, ledger.Errorf("company_file_field", "file", name, "field", strings.Trim(strings.TrimPrefix(err.Error(), "json: unknown field "), `"`))
	}
	line := 1 + bytes.Count(content[:min(int(offset), len(content))], []byte("\n"))
	return company, ledger.Errorf("company_file", "file", name, "line", line, "cause", err)
}
