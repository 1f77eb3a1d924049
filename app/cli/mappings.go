package cli

import (
	"quitus/app/desk"
	"quitus/ledger"
)

type mappingsDoc struct {
	Mappings []savedMappingDoc `json:"mappings"`
}

type savedMappingDoc struct {
	Name    string                `json:"name"`
	Columns []ledger.MappedColumn `json:"columns"`
}

// runMappings lists the saved mappings.
func runMappings(c *call) (*reply, error) {
	all := c.desk.Mappings()
	doc := mappingsDoc{make([]savedMappingDoc, len(all))}
	for i, m := range all {
		doc.Mappings[i] = savedMappingDoc{m.Name, m.Columns}
	}
	return &reply{doc: doc, text: func(p *page) {
		if len(all) == 0 {
			p.say("cli.mapping.none")
		}
		for _, m := range all {
			p.line(p.w.N("cli.mapping.line", taken(m), "name", m.Name))
		}
	}}, nil
}

// taken counts the columns that a mapping takes.
func taken(m *ledger.Mapping) int {
	n := 0
	for _, c := range m.Columns {
		if c.Field != "" {
			n++
		}
	}
	return n
}

type mappingsTakenDoc struct {
	Batch *string `json:"batch"`
	Taken int     `json:"taken"`
}

// runMappingImport copies mappings from shared files and other ledgers.
func runMappingImport(c *call) (*reply, error) {
	doc := mappingsTakenDoc{}
	for _, file := range c.args {
		e, n, err := c.desk.TakeMappings(c.ctx, file)
		if err != nil {
			return nil, err
		}
		if b := desk.Batch(e); b != "" {
			doc.Batch = &b
		}
		doc.Taken += n
	}
	return &reply{doc: doc, text: func(p *page) { p.line(p.w.N("cli.mapping.taken", doc.Taken)) }}, nil
}

type fileDoc struct {
	File string `json:"file"`
}

// runMappingExport writes a mapping as a file to share.
func runMappingExport(c *call) (*reply, error) {
	m := c.desk.MappingNamed(c.args[0])
	if m == nil {
		return nil, ledger.Errorf("mapping_unknown", "mapping", c.args[0])
	}
	if err := c.desk.ShareMapping(c.args[1], m); err != nil {
		return nil, err
	}
	return &reply{doc: fileDoc{c.args[1]}, text: func(p *page) { p.say("cli.mapping.shared", "name", m.Name, "file", c.args[1]) }}, nil
}
