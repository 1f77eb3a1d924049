//go:build !windows && !darwin

package words

// systemLanguage is known from the environment alone on these systems.
func systemLanguage() string { return "" }
