package words

import (
	"context"
	"os/exec"
	"time"
)

// systemLanguage asks macOS for the owner's locale; a program started from the Finder has no LANG.
func systemLanguage() string {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	out, err := exec.CommandContext(ctx, "/usr/bin/defaults", "read", "-g", "AppleLocale").Output()
	if err != nil {
		return ""
	}
	return string(out)
}
