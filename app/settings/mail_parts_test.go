package settings

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"math/big"
	"net"
	"testing"
	"time"

	"quitus/ledger"
	"quitus/mail"
	"quitus/mail/setup"
)

var access0 = mail.Access{}

func probe(err error) setup.Probe {
	return func(context.Context, ledger.MailAccount, mail.Access) error { return err }
}

func ovhLike(host string) ledger.MailServer {
	return ledger.MailServer{Host: host, Port: 993, Security: ledger.MailTLS}
}

func refusedCertificate(host string) error {
	return ledger.Errorf("mail_certificate", "host", host, "port", 993, "reason", ledger.Term("mail.certificate.expired"))
}

// bridgeCertificate is a file as Proton Mail Bridge exports it, with its private key in front.
func bridgeCertificate(t *testing.T) []byte {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: time.Unix(0, 0), NotAfter: time.Unix(1<<33, 0), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return append(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private}), pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})...)
}
