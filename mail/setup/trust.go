package setup

import (
	"crypto/x509"
	"encoding/pem"
	"net"

	"quitus/ledger"
)

// mostPEM bounds a file with a certificate.
const mostPEM = 64 << 10

// Trust reads the certificate that a program on this computer, such as Proton Mail Bridge, keeps its servers with, from the file that the
// owner exported there. It gives the authorities to trust for that account, which is this certificate and no other (for
// [quitus/mail.Access].Roots), and the name under which the servers are reached: the certificate holds for that one only, and it must be
// this computer. Bridge's holds for 0.0.0.0 today and for 127.0.0.1 in older installations; both reach it, the first on every system too,
// as package net says.
//
// Errors: mail_trust_file where there is no such certificate in the file; mail_trust_elsewhere where it is for another computer.
func Trust(file []byte) (*x509.CertPool, string, error) {
	if len(file) > mostPEM {
		return nil, "", ledger.Errorf("mail_trust_file")
	}
	var block *pem.Block
	for block, file = pem.Decode(file); block != nil && block.Type != "CERTIFICATE"; block, file = pem.Decode(file) {
	}
	if block == nil {
		return nil, "", ledger.Errorf("mail_trust_file")
	}
	c, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		return nil, "", ledger.Errorf("mail_trust_file", "cause", err)
	}
	host := ""
	for _, ip := range c.IPAddresses {
		if host == "" && (ip.IsLoopback() || ip.Equal(net.IPv4zero)) {
			host = ip.String()
		}
	}
	for _, name := range c.DNSNames {
		if host == "" && name == "localhost" {
			host = name
		}
	}
	if host == "" {
		return nil, "", ledger.Errorf("mail_trust_elsewhere")
	}
	roots := x509.NewCertPool()
	roots.AddCert(c)
	return roots, host, nil
}
