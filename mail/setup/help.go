package setup

import (
	"strconv"

	"quitus/assets/providers"
	"quitus/assets/words"
)

// Help is what the owner does at the provider before an account works.
type Help struct {
	Name  string   // of the provider; empty where it is not known
	Steps []string // in their order, short
	Page  string   // to open in the browser; empty where there is none
}

// HelpFor gives the help for a provider of the table, or what holds for any where it is not known. Words are under
// mailsetup.help.<provider>.<number>.
func HelpFor(w *words.Words, provider string) Help {
	var h Help
	if p := providers.Of(provider); p != nil {
		h.Name, h.Page = p.Name, p.Page
		h.Steps = steps(w, "mailsetup.help."+p.ID+".")
		if len(h.Steps) == 0 && p.Switch {
			h.Steps = steps(w, "mailsetup.help.switch_on.")
		}
	}
	if len(h.Steps) == 0 {
		h.Steps = steps(w, "mailsetup.help.other.")
	}
	return h
}

func steps(w *words.Words, prefix string) []string {
	var all []string
	for n := 1; w.Has(prefix + strconv.Itoa(n)); n++ {
		all = append(all, w.T(prefix+strconv.Itoa(n)))
	}
	return all
}
