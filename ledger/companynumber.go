package ledger

import "strings"

// InFrenchRegister says of a country (ISO 3166-1) whether its companies stand in the French register: France, and those of her
// parts that live under her commercial law and have a code of their own.
func InFrenchRegister(country string) bool {
	switch country {
	case "FR", "GP", "MQ", "GF", "RE", "YT", "BL", "MF", "PM":
		return true
	}
	return false
}

// CompanyNumber reads the number under which a company is registered in its country (ISO 3166-1), and says whether it is right.
// It comes back as it is kept: for France the nine digits of the SIREN, also where a SIRET was written; for Belgium 0123.456.789
// (BCE), for Switzerland CHE-123.456.789 (IDE), whose digits are checked too. In other countries any number is right, and so is
// none at all. A wrong one comes back as it was written, without the blanks around it.
func CompanyNumber(country, written string) (string, bool) {
	written = strings.TrimSpace(written)
	n := NormalVAT(written)
	switch {
	case written == "":
		return "", true
	case InFrenchRegister(country):
		if ValidSIRET(n) {
			n = n[:9]
		}
		return firstRight(ValidSIREN(n), n, written)
	case country == "BE":
		n = strings.TrimPrefix(n, "BE")
		if len(n) == 9 {
			n = "0" + n // numbers of before 2005, to which a nought was added
		}
		if !ValidVAT("BE" + n) {
			return written, false
		}
		return n[:4] + "." + n[4:7] + "." + n[7:], true
	case country == "CH":
		n = "CHE" + strings.TrimPrefix(n, "CHE")
		return firstRight(ValidVAT(n), swissNumber(n), written)
	}
	return written, true
}

// VATNumber reads the VAT number of a company of a country, and says whether it is right. It comes back as it is kept: without
// blanks, a Swiss one as CHE-123.456.789; the country's letters, where they were left out, are added if the number is right with
// them. Numbers of countries whose form is not known here are right, and so is none at all. A wrong one comes back as it was
// written, without the blanks around it.
func VATNumber(country, written string) (string, bool) {
	written = strings.TrimSpace(written)
	n := NormalVAT(written)
	prefix := vatPrefix(country)
	known := prefix != "" && vatShapes[prefix[:2]] != nil
	switch {
	case written == "":
		return "", true
	case ValidVAT(n):
		return swissNumber(n), true
	case known && ValidVAT(prefix+n):
		return swissNumber(prefix + n), true
	}
	foreign := len(n) > 1 && vatShapes[n[:2]] != nil
	return written, !known && !foreign
}

// NumberDoubt tells where a company's two numbers, each right by itself, are those of two companies: in France, Belgium and
// Switzerland the VAT number is made of the company number. It is nil where there is nothing to say. The code is
// vat_number_differs; the owner is to look, nothing is refused for it.
func NumberDoubt(country, number, vat string) *Error {
	number, right := CompanyNumber(country, number)
	vat, rightVAT := VATNumber(country, vat)
	if number == "" || vat == "" || !right || !rightVAT {
		return nil
	}
	own := NormalVAT(vat)
	switch prefix := vatPrefix(country); {
	case prefix == "FR" && country != "MC" && strings.HasPrefix(own, "FR"):
		own = own[4:]
	case prefix == "BE" && strings.HasPrefix(own, "BE"):
		own = own[2:]
	case prefix == "CHE" && strings.HasPrefix(own, "CHE"):
	default:
		return nil // a VAT number of another country, or of one where the numbers have nothing in common
	}
	if own == NormalVAT(number) {
		return nil
	}
	return fieldError("vat", "vat_number_differs", "value", vat, "number", number)
}

// checkNumbers finds what is wrong with a company's numbers.
func checkNumbers(country, number, vat string) []*Error {
	var out []*Error
	if n, ok := CompanyNumber(country, number); !ok {
		code := map[string]string{"BE": "bce_invalid", "CH": "ide_invalid"}[country]
		switch {
		case code != "":
		case len(NormalVAT(n)) == 14:
			code = "siret_invalid"
		default:
			code = "siren_invalid"
		}
		out = append(out, fieldError("siren", code, "value", n))
	}
	if n, ok := VATNumber(country, vat); !ok {
		out = append(out, fieldError("vat", "vat_invalid", "value", n))
	}
	return out
}

// Tidy writes the company's numbers as they are kept, those that are right; others stay, for [CheckCompany] to tell.
func (c *Company) Tidy() {
	c.SIREN, _ = CompanyNumber(c.Country, c.SIREN)
	c.VAT, _ = VATNumber(c.Country, c.VAT)
	c.IBAN = strings.ToUpper(strings.Join(strings.Fields(c.IBAN), ""))
}

// Tidy writes the customer's numbers as they are kept, those that are right; others stay, for [CheckCustomer] to tell.
func (c *Customer) Tidy() {
	c.SIREN, _ = CompanyNumber(c.Country, c.SIREN)
	c.VAT, _ = VATNumber(c.Country, c.VAT)
}

// vatPrefix gives the letters with which the VAT numbers of a country begin, none for what is no country. Monaco's are French.
func vatPrefix(country string) string {
	switch {
	case InFrenchRegister(country), country == "MC":
		return "FR"
	case country == "CH":
		return "CHE"
	case country == "GR":
		return "EL"
	case !countryShape.MatchString(country):
		return ""
	}
	return country
}

// swissNumber writes a Swiss number as the register does; others stay.
func swissNumber(n string) string {
	if len(n) == 12 && strings.HasPrefix(n, "CHE") {
		return n[:3] + "-" + n[3:6] + "." + n[6:9] + "." + n[9:]
	}
	return n
}

// firstRight gives what is kept where a number is right, else what was written.
func firstRight(right bool, kept, written string) (string, bool) {
	if right {
		return kept, true
	}
	return written, false
}
