// Package secret keeps the owner's password or refresh token: in the operating system's keyring, or, where there is none, in memory only,
// so that it is asked for at each start. It is never written anywhere else.
package secret

import (
	"context"
	"errors"
	"strings"
	"sync"

	"github.com/zalando/go-keyring"

	"quitus/ledger"
)

// Service is the name under which the keyring shows the program's secrets.
const Service = "Quitus"

// Limit is how long a secret may be, in bytes: what the keyring of Windows takes. Passwords and refresh tokens fit; access tokens, which
// need not, are never kept.
const Limit = 2560

// State says where secrets are.
type State string

// States.
const (
	Kept   State = "kept"   // in the operating system's keyring
	Memory State = "memory" // there is none: asked for at each start
)

// Store keeps secrets by the key of their account. Calls end with their context, though a keyring that asks the owner to unlock it may
// stay open beyond. Any goroutine may call.
type Store interface {
	// Get gives a secret. Error mail_secret_missing where there is none (yet).
	Get(ctx context.Context, key string) (string, error)
	// Set keeps a secret; [Store.State] says afterwards where. Error mail_secret_invalid for none, one longer than [Limit], or one with
	// a line's end.
	Set(ctx context.Context, key, secret string) error
	// Delete forgets a secret; that there is none is no error. Error mail_secret_left where the keyring did not let it go.
	Delete(ctx context.Context, key string) error
	// State says where secrets are kept, as far as is known by now.
	State() State
}

// Key is an account's key. A password and the token of a login by Google or Microsoft have different ones.
func Key(a ledger.MailAccount) string {
	return string(a.Auth) + ":" + strings.ToLower(a.Address)
}

// Open gives the store of this computer: its keyring, or memory where none answers. It is asked now, once, so that the owner can be told
// before a password is typed; a keyring may ask to be unlocked. Context's end gives memory.
func Open(ctx context.Context) Store { return open(ctx, reachable()) }

func open(ctx context.Context, bus bool) Store {
	s := &store{memory: map[string]string{}, bus: bus, keyring: bus}
	if _, err := s.ask(ctx, func() (string, error) { return keyring.Get(Service, "probe") }); err != nil && !errors.Is(err, keyring.ErrNotFound) {
		s.keyring = false
	}
	return s
}

// InMemory gives a store that keeps nothing beyond the program's end.
func InMemory() Store { return &store{memory: map[string]string{}} }

type store struct {
	bus bool // there is something to ask

	mu      sync.Mutex
	keyring bool // it answers
	memory  map[string]string
}

func (s *store) State() State {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.keyring {
		return Kept
	}
	return Memory
}

// errNoKeyring stands for whatever a keyring says when it cannot be used: the library gives plain errors, different on each system.
var errNoKeyring = errors.New("no keyring")

// ask calls the keyring, which knows no contexts.
func (s *store) ask(ctx context.Context, call func() (string, error)) (string, error) {
	if !s.bus {
		return "", errNoKeyring
	}
	if err := ctx.Err(); err != nil {
		return "", err
	}
	type answer struct {
		secret string
		err    error
	}
	end := make(chan answer, 1)
	go func() {
		secret, err := call()
		end <- answer{secret, err}
	}()
	select {
	case a := <-end:
		return a.secret, a.err
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

// without notes that the keyring cannot be used any more.
func (s *store) without() {
	s.mu.Lock()
	s.keyring = false
	s.mu.Unlock()
}

func (s *store) Get(ctx context.Context, key string) (string, error) {
	s.mu.Lock()
	secret, ok := s.memory[key]
	s.mu.Unlock()
	if ok {
		return secret, nil
	}
	if s.State() == Memory {
		return "", ledger.Errorf("mail_secret_missing")
	}
	secret, err := s.ask(ctx, func() (string, error) { return keyring.Get(Service, key) })
	switch {
	case err == nil && secret != "":
		return secret, nil
	case ctx.Err() != nil:
		return "", ctx.Err()
	case err != nil && !errors.Is(err, keyring.ErrNotFound):
		s.without()
	}
	return "", ledger.Errorf("mail_secret_missing")
}

func (s *store) Set(ctx context.Context, key, secret string) error {
	if secret == "" || len(secret) > Limit || strings.ContainsAny(secret, "\r\n\x00") {
		return ledger.Errorf("mail_secret_invalid")
	}
	if s.State() == Kept {
		_, err := s.ask(ctx, func() (string, error) { return "", keyring.Set(Service, key, secret) })
		switch {
		case err == nil:
			s.mu.Lock()
			delete(s.memory, key)
			s.mu.Unlock()
			return nil
		case ctx.Err() != nil:
			return ctx.Err()
		}
		s.without()
	}
	s.mu.Lock()
	s.memory[key] = secret
	s.mu.Unlock()
	return nil
}

func (s *store) Delete(ctx context.Context, key string) error {
	s.mu.Lock()
	delete(s.memory, key)
	s.mu.Unlock()
	if !s.bus {
		return nil // nothing is kept here
	}
	_, err := s.ask(ctx, func() (string, error) { return "", keyring.Delete(Service, key) })
	switch {
	case err == nil || errors.Is(err, keyring.ErrNotFound):
		return nil
	case ctx.Err() != nil:
		return ctx.Err()
	case noService(err):
		return nil
	}
	s.without()
	return ledger.Errorf("mail_secret_left")
}
