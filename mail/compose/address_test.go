package compose

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"quitus/ledger"
)

func TestParseAddress(t *testing.T) {
	for s, want := range map[string]string{
		" a.b+c@client.test ":                       "|a.b+c@client.test",
		"Jeanne Lemaître <j@client.test>":           "Jeanne Lemaître|j@client.test",
		`"Lemaître, Jeanne" <j@client.test>`:        "Lemaître, Jeanne|j@client.test",
		`"a \"b\" \\" <j@client.test>`:              `a "b" \|j@client.test`,
		"<j@Société-Générale.FR>":                   "|j@xn--socit-gnrale-eebbcb.fr",
		"J\r\nBcc: x <j@client.test>":               "J Bcc: x|j@client.test",
		"zoé@client.test":                           "mail_address_accent",
		"":                                          "mail_address_invalid",
		"client.test":                               "mail_address_invalid",
		"a@b":                                       "mail_address_invalid",
		"a@127.0.0.1":                               "mail_address_invalid",
		"a@[127.0.0.1]":                             "mail_address_invalid",
		"a b@client.test":                           "mail_address_invalid",
		"a..b@client.test":                          "mail_address_invalid",
		".a@client.test":                            "mail_address_invalid",
		"\"a b\"@client.test":                       "mail_address_invalid",
		"a@client..test":                            "mail_address_invalid",
		"a@-client.test":                            "mail_address_invalid",
		"a@client.test>\r\nRCPT TO:<b@c.test":       "mail_address_invalid",
		"a@client.test\r\nBcc: b@c.test":            "mail_address_invalid",
		strings.Repeat("a", 65) + "@client.test":    "mail_address_invalid",
		"a@" + strings.Repeat("long.", 60) + "test": "mail_address_invalid",
	} {
		a, err := ParseAddress(s)
		got := a.Name + "|" + a.Address
		if err != nil {
			got = ledger.CodeOf(err)
		}
		if got != want {
			t.Errorf("%q gives %q, not %q", s, got, want)
		}
	}
}

func TestParseAddressList(t *testing.T) {
	list, err := ParseAddressList("a@client.test; \"B, C\" <b@client.test>,\n,c@client.test")
	if fmt.Sprint(list) != "[{ a@client.test} {B, C b@client.test} { c@client.test}]" || err != nil {
		t.Errorf("%v, %v", list, err)
	}
	if list, err := ParseAddressList(" "); list != nil || err != nil {
		t.Errorf("empty: %v, %v", list, err)
	}
	_, err = ParseAddressList("a@client.test, faux, b@client.test")
	if e := (*ledger.Error)(nil); !errors.As(err, &e) || e.Code != "mail_address_invalid" || e.Args["address"] != "faux" {
		t.Errorf("%v", err)
	}
}

func TestFileName(t *testing.T) {
	for s, want := range map[string]string{
		"Relance-F-2026-0042.pdf":           "Relance-F-2026-0042.pdf",
		"Décompte d’intérêts n° 12.pdf":     "Decompte-d-interets-n-12.pdf",
		"../../etc/passwd":                  "etc-passwd",
		"cœur\r\n\x00\"x\".PDF":             "coeur-x.PDF",
		"":                                  "document",
		".pdf":                              "document.pdf",
		"日本.pdf":                            "document.pdf",
		strings.Repeat("x", 200) + ".xlsx":  strings.Repeat("x", 95) + ".xlsx",
		"a." + strings.Repeat("longer", 40): "a." + strings.Repeat("longer", 40)[:98],
	} {
		if got := FileName(s); got != want || FileName(got) != got {
			t.Errorf("%q gives %q, then %q, not %q", s, got, FileName(got), want)
		}
	}
}

func TestNewMessageID(t *testing.T) {
	id, err := NewMessageID(bytes.NewReader(bytes.Repeat([]byte{0xff}, 16)), "société.fr")
	if id != "77777777777777777777777774@xn--socit-esab.fr" || err != nil || !isID(id) {
		t.Errorf("%q, %v", id, err)
	}
	if _, err := NewMessageID(bytes.NewReader(nil), "client.test"); err == nil {
		t.Error("no chance, and an id all the same")
	}
	if _, err := NewMessageID(bytes.NewReader(make([]byte, 16)), "a b"); ledger.CodeOf(err) != "mail_address_invalid" {
		t.Error(err)
	}
}
