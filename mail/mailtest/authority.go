package mailtest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// Certificate is what is right or wrong with a server's certificate.
type Certificate string

// Kinds of certificates.
const (
	Good      Certificate = ""
	Expired   Certificate = "expired"
	OtherHost Certificate = "host"    // issued for another name
	Stranger  Certificate = "unknown" // by an authority that nobody knows
)

// Authority signs certificates for 127.0.0.1 and localhost.
type Authority struct {
	Roots *x509.CertPool
	File  string // Roots as PEM, until the test ends

	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

// NewAuthority makes an authority of its own for a test.
func NewAuthority(t testing.TB) *Authority {
	t.Helper()
	a := newAuthority(t)
	a.Roots = x509.NewCertPool()
	a.Roots.AddCert(a.cert)
	a.File = filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(a.File, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: a.cert.Raw}), 0o644); err != nil {
		t.Fatal(err)
	}
	return a
}

func newAuthority(t testing.TB) *Authority {
	t.Helper()
	key := newKey(t)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Test authority"},
		NotBefore: year(2000), NotAfter: year(2100),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return &Authority{cert: cert, key: key}
}

// TLS is a server's configuration with a certificate of a kind.
func (a *Authority) TLS(t testing.TB, kind Certificate) *tls.Config {
	t.Helper()
	der, key := a.issue(t, kind)
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}, MinVersion: tls.VersionTLS12}
}

// pem gives a certificate and its key in one text.
func (a *Authority) pem(t testing.TB, kind Certificate) []byte {
	t.Helper()
	der, key := a.issue(t, kind)
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return append(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret})...)
}

func (a *Authority) issue(t testing.TB, kind Certificate) ([]byte, *ecdsa.PrivateKey) {
	t.Helper()
	key := newKey(t)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: "localhost"},
		NotBefore: year(2000), NotAfter: year(2100),
		DNSNames: []string{"localhost"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1), net.IPv6loopback},
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	signer := a
	switch kind {
	case Expired:
		template.NotAfter = year(2001)
	case OtherHost:
		template.DNSNames, template.IPAddresses = []string{"smtp.elsewhere.test"}, nil
	case Stranger:
		signer = newAuthority(t)
	}
	der, err := x509.CreateCertificate(rand.Reader, template, signer.cert, &key.PublicKey, signer.key)
	if err != nil {
		t.Fatal(err)
	}
	return der, key
}

func newKey(t testing.TB) *ecdsa.PrivateKey {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func year(n int) time.Time { return time.Date(n, 1, 1, 0, 0, 0, 0, time.UTC) }
