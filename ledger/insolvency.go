package ledger

// SetInsolvency stages that insolvency proceedings were opened against a customer: the day of the judgment and, once it is known,
// the day on which the judgment was published. In France the two months to declare claims run from that publication, in the
// BODACC (C. com. R622-24). Two zero days take the proceedings back. on is the day taken as today. Errors: field_required
// (a publication without a judgment), insolvency_future, published_before (the judgment); the fields are judgment and published.
func SetInsolvency(d *Draft, id CustomerID, judgment, published, on Date) []*Error {
	c := d.Customer(id)
	if c == nil {
		return []*Error{fieldError("customer", "field_required")}
	}
	var out []*Error
	switch {
	case judgment == 0 && published != 0:
		out = append(out, fieldError("judgment", "field_required"))
	case judgment > on:
		out = append(out, fieldError("judgment", "insolvency_future", "date", judgment))
	}
	switch {
	case published > on:
		out = append(out, fieldError("published", "insolvency_future", "date", published))
	case published != 0 && published < judgment:
		out = append(out, fieldError("published", "published_before", "date", published, "judgment", judgment))
	}
	if len(out) > 0 {
		return out
	}
	c = Clone(c)
	c.Insolvent, c.Published = judgment, published
	d.Put(c)
	return nil
}

// Officer is what a declaration of claims needs to know of insolvency proceedings besides their days: what is not known is empty.
type Officer struct {
	Proceedings string `json:"proceedings,omitempty"` // "safeguard", "reorganisation" or "liquidation"
	Court       string `json:"court,omitempty"`       // as in a sentence: "tribunal de commerce de Grenoble"
	Name        string `json:"name,omitempty"`        // of the mandataire judiciaire or liquidateur
	Address     string `json:"address,omitempty"`     // street lines, separated by line feeds
	Postcode    string `json:"postcode,omitempty"`
	Town        string `json:"town,omitempty"`
}

// Proceedings lists the kinds of proceedings in the order in which forms offer them.
var Proceedings = []string{"safeguard", "reorganisation", "liquidation"}
