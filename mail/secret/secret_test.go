package secret

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/godbus/dbus/v5"
	"github.com/zalando/go-keyring"

	"quitus/assets/words"
	"quitus/ledger"
)

var key = Key(ledger.MailAccount{Address: "Compta@Vasseur.fr", Auth: ledger.AuthPassword})

func want(t *testing.T, s Store, key, secret, code string) {
	t.Helper()
	got, err := s.Get(t.Context(), key)
	if got != secret || ledger.CodeOf(err) != code {
		t.Errorf("%q %v, want %q %q", got, err, secret, code)
	}
}

func TestKeyring(t *testing.T) {
	keyring.MockInit()
	s := open(t.Context(), true)
	if s.State() != Kept || key != "password:compta@vasseur.fr" {
		t.Fatal(s.State(), key)
	}
	want(t, s, key, "", "mail_secret_missing")
	if err := s.Set(t.Context(), key, "un mot de passe"); err != nil {
		t.Fatal(err)
	}
	want(t, s, key, "un mot de passe", "")
	want(t, open(t.Context(), true), key, "un mot de passe", "") // at the next start
	want(t, open(t.Context(), false), key, "", "mail_secret_missing")
	if in, err := keyring.Get(Service, key); in != "un mot de passe" || err != nil {
		t.Error(in, err)
	}
	for range 2 {
		if err := s.Delete(t.Context(), key); err != nil {
			t.Error(err)
		}
	}
	want(t, s, key, "", "mail_secret_missing")
}

func TestWithoutKeyring(t *testing.T) {
	keyring.MockInit()
	for name, s := range map[string]Store{"in memory": InMemory(), "no bus": open(t.Context(), false)} {
		if err := s.Set(t.Context(), key, "secret"); err != nil || s.State() != Memory {
			t.Error(name, err, s.State())
		}
		want(t, s, key, "secret", "")
		if _, err := keyring.Get(Service, key); !errors.Is(err, keyring.ErrNotFound) {
			t.Error(name, "it was written: ", err)
		}
		if err := s.Delete(t.Context(), key); err != nil {
			t.Error(name, err)
		}
		want(t, s, key, "", "mail_secret_missing")
	}
}

// Whatever a keyring says, but that it has no such secret, means that there is none.
func TestKeyringThatFails(t *testing.T) {
	keyring.MockInitWithError(errors.New("failed to unlock correct collection"))
	s := open(t.Context(), true)
	if s.State() != Memory {
		t.Error(s.State())
	}
	if err := s.Set(t.Context(), key, "secret"); err != nil {
		t.Error(err)
	}
	want(t, s, key, "secret", "")
	if err := s.Delete(t.Context(), key); ledger.CodeOf(err) != "mail_secret_left" { // an earlier start may have kept one
		t.Error(err)
	}

	keyring.MockInit()
	s = open(t.Context(), true)
	keyring.MockInitWithError(errors.New("connection closed"))
	want(t, s, key, "", "mail_secret_missing")
	if s.State() != Memory {
		t.Error("still ", s.State())
	}

	keyring.MockInit()
	s = open(t.Context(), true)
	keyring.MockInitWithError(errors.New("connection closed"))
	if err := s.Set(t.Context(), key, "secret"); err != nil || s.State() != Memory {
		t.Error(err, s.State())
	}
	want(t, s, key, "secret", "")

	keyring.MockInitWithError(dbus.Error{Name: "org.freedesktop.DBus.Error.ServiceUnknown"})
	if s = open(t.Context(), true); s.State() != Memory || s.Delete(t.Context(), key) != nil {
		t.Error("no keyring is installed, and yet something may be left")
	}
}

func TestSecretsThatAreNone(t *testing.T) {
	keyring.MockInit()
	for _, s := range []Store{open(t.Context(), true), InMemory()} {
		for _, secret := range []string{"", strings.Repeat("x", Limit+1), "a\nb", "a\x00b"} {
			err := s.Set(t.Context(), key, secret)
			if ledger.CodeOf(err) != "mail_secret_invalid" || strings.Contains(err.Error(), "xx") {
				t.Errorf("%d bytes: %v", len(secret), err)
			}
		}
		if err := s.Set(t.Context(), key, strings.Repeat("é", Limit/2)); err != nil {
			t.Error(err)
		}
	}
	for _, code := range []string{"mail_secret_invalid", "mail_secret_missing", "mail_secret_left"} {
		for _, l := range words.Langs {
			if s := words.New(l).Error(ledger.Errorf(code)); strings.ContainsAny(s, "[{") {
				t.Errorf("%q", s)
			}
		}
	}
}

// A keyring that waits for the owner's password does not hold the program.
func TestEndOfContext(t *testing.T) {
	s := &store{bus: true, keyring: true, memory: map[string]string{}}
	stuck := make(chan struct{})
	defer close(stuck)
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Millisecond)
	defer cancel()
	if _, err := s.ask(ctx, func() (string, error) { <-stuck; return "", nil }); !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
	if err := s.Set(ctx, key, "secret"); !errors.Is(err, context.DeadlineExceeded) {
		t.Error(err)
	}
}

// Nothing is started where no bus is: the library would leave daemons behind.
func TestNoBus(t *testing.T) {
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		t.Skip("the keyring is part of the system")
	}
	for address, there := range map[string]bool{"": false, "autolaunch:": false, "unix:path=/nowhere/bus": true} {
		t.Setenv("DBUS_SESSION_BUS_ADDRESS", address)
		if _, err := os.Stat("/run/user"); err == nil && !there {
			continue // this machine may have one in its usual place
		}
		if reachable() != there {
			t.Errorf("%q: %v", address, !there)
		}
	}
}

// The real one, on a bus of its own, in a folder of its own.
func TestGnomeKeyring(t *testing.T) {
	if os.Getenv("QUITUS_TEST_KEYRING") != "" {
		inGnomeKeyring(t)
		return
	}
	for _, program := range []string{"dbus-run-session", "gnome-keyring-daemon"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Skip(program, " is not there")
		}
	}
	home := t.TempDir()
	// The daemon ends with its bus, and that with the command.
	script := `printf %s "$1" | gnome-keyring-daemon --unlock --components=secrets >/dev/null || exit 3; "$0" -test.run '^TestGnomeKeyring$' -test.v`
	cmd := exec.CommandContext(t.Context(), "dbus-run-session", "--", "sh", "-c", script, os.Args[0], "mot de passe du trousseau")
	cmd.Env = append(os.Environ(), "QUITUS_TEST_KEYRING=1", "HOME="+home, "XDG_DATA_HOME="+home, "XDG_CONFIG_HOME="+home, "XDG_CACHE_HOME="+home, "XDG_RUNTIME_DIR="+home)
	cmd.WaitDelay = 20 * time.Second
	out, err := cmd.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "--- PASS: TestGnomeKeyring") {
		t.Errorf("%v\n%s", err, out)
	}
	files, _ := os.ReadDir(home)
	if len(files) == 0 {
		t.Error("the keyring wrote nothing")
	}
}

func inGnomeKeyring(t *testing.T) {
	s := Open(t.Context())
	if s.State() != Kept {
		t.Fatal(s.State())
	}
	want(t, s, key, "", "mail_secret_missing")
	long := strings.Repeat("é", Limit/2)
	for _, secret := range []string{"p@ss «mot» 'x' \"y\" $z", long} {
		if err := s.Set(t.Context(), key, secret); err != nil {
			t.Fatal(err)
		}
		want(t, Open(t.Context()), key, secret, "")
	}
	if err := s.Delete(t.Context(), key); err != nil || s.State() != Kept {
		t.Error(err, s.State())
	}
	want(t, s, key, "", "mail_secret_missing")
}
