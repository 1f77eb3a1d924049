// Package scenarios holds the ready-made follow-up scenarios: data. The owner copies and changes them in the program.
package scenarios

import (
	"embed"
	"encoding/json"
	"sync"

	"quitus/ledger"
)

//go:embed *.json
var files embed.FS

// names are the files, in the order in which the scenarios are offered.
var names = []string{"amiable", "preventif", "secteur_public", "particuliers", "grand_compte"}

// Usual names the scenario of customers of each kind who have none of their own.
var Usual = map[ledger.CustomerKind]string{
	ledger.CompanyCustomer: "Amiable", ledger.NonProfessional: "Amiable", ledger.PublicBody: "Secteur public", ledger.Consumer: "Particuliers",
}

// BuiltIn gives the scenarios that come with the program. They are shared: they are not to be changed.
var BuiltIn = sync.OnceValue(func() []*ledger.Scenario {
	var out []*ledger.Scenario
	for _, name := range names {
		text, err := files.ReadFile(name + ".json")
		s := &ledger.Scenario{}
		if err == nil {
			err = json.Unmarshal(text, s)
		}
		if err != nil {
			panic("scenarios: " + name + ": " + err.Error()) // a mistake of ours: a test reads them all
		}
		out = append(out, s)
	}
	return out
})
