package secret

import (
	"errors"
	"os"
	"os/user"
	"path/filepath"
	"runtime"

	"github.com/godbus/dbus/v5"
)

// reachable says whether there is something to ask: always on Windows and macOS, elsewhere where this session has a D-Bus. These are the
// places where the library looks before it starts a bus itself, and a keyring with it, and leaves both running.
func reachable() bool {
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		return true
	}
	if address := os.Getenv("DBUS_SESSION_BUS_ADDRESS"); address != "" && address != "autolaunch:" {
		return true
	}
	u, err := user.Current()
	if err != nil {
		return false
	}
	for _, name := range []string{"bus", "dbus-session"} {
		if _, err := os.Stat(filepath.Join("/run/user", u.Uid, name)); err == nil {
			return true
		}
	}
	return false
}

// noService says whether an error is a bus's answer that no keyring is installed, so that none can hold anything.
func noService(err error) bool {
	var e dbus.Error
	return errors.As(err, &e) && e.Name == "org.freedesktop.DBus.Error.ServiceUnknown"
}
