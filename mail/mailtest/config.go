package mailtest

import "text/template"

// settings are what Dovecot's configuration file is made of.
type settings struct {
	Dir, Name   string
	User, UID   string
	Group, GID  string
	IMAPS, IMAP int
	SMTPS, SMTP int
	LMTP, Relay int
	Modern      bool // release 2.4
}

// config is everything that Dovecot reads; it runs as one user who is not root, and knows no users of the machine. Release 2.4 has other names for a
// third of it.
var config = template.Must(template.New("dovecot").Parse(`{{if .Modern -}}
dovecot_config_version = 2.4.0
dovecot_storage_version = 2.4.0
auth_allow_cleartext = no
ssl_server_cert_file = {{.Dir}}/server.pem
ssl_server_key_file = {{.Dir}}/server.pem
mail_driver = maildir
mail_path = {{.Dir}}/mail/%{user}
mail_plugins {
  quota = yes
}
passdb passwd-file {
  passwd_file_path = {{.Dir}}/users
}
userdb passwd-file {
  passwd_file_path = {{.Dir}}/users
  fields {
    uid = {{.UID}}
    gid = {{.GID}}
    home = {{.Dir}}/mail/%{user}
  }
}
# Outside the root, so that it can be another one for one user.
quota_storage_size = 10G
quota_storage_grace = 0
quota "User quota" {
  driver = maildir
}
protocol imap {
  mail_max_userip_connections = 50
  mail_plugins {
    imap_quota = yes
  }
}
{{- else -}}
disable_plaintext_auth = yes
ssl_cert = <{{.Dir}}/server.pem
ssl_key = <{{.Dir}}/server.pem
mail_location = maildir:{{.Dir}}/mail/%u
mail_plugins = quota
passdb {
  driver = passwd-file
  args = username_format=%u {{.Dir}}/users
}
userdb {
  driver = passwd-file
  args = username_format=%u {{.Dir}}/users
  override_fields = uid={{.UID}} gid={{.GID}} home={{.Dir}}/mail/%u
}
plugin {
  quota = maildir:User quota
  quota_rule = *:storage=10G
}
protocol imap {
  mail_max_userip_connections = 50
  mail_plugins = quota imap_quota
}
{{- end}}
base_dir = {{.Dir}}/run
state_dir = {{.Dir}}/state
log_path = {{.Dir}}/dovecot.log
instance_name = {{.Name}}
default_internal_user = {{.User}}
default_internal_group = {{.Group}}
default_login_user = {{.User}}
listen = 127.0.0.1
protocols = imap lmtp submission
shutdown_clients = yes
auth_mechanisms = plain login scram-sha-256
# Wrong passwords are answered at once, however many there were.
auth_failure_delay = 0
ssl = required
ssl_min_protocol = TLSv1.2
first_valid_uid = 1
first_valid_gid = 1
mailbox_list_index = yes
mail_fsync = never
lmtp_rcpt_check_quota = yes
hostname = mx.sink.test
submission_relay_host = 127.0.0.1
submission_relay_port = {{.Relay}}
submission_relay_ssl = no
submission_relay_trusted = yes
namespace inbox {
  inbox = yes
  separator = /
  mailbox Sent {
    special_use = \Sent
    auto = subscribe
  }
  mailbox Drafts {
    special_use = \Drafts
    auto = subscribe
  }
  mailbox Trash {
    special_use = \Trash
    auto = subscribe
  }
  mailbox Junk {
    special_use = \Junk
    auto = subscribe
  }
}
service anvil {
  chroot =
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service stats {
  chroot =
}
service auth {
  chroot =
}
service imap-login {
  chroot =
  inet_listener imap {
    {{.Listen}} = 127.0.0.1
    port = {{.IMAP}}
  }
  inet_listener imaps {
    {{.Listen}} = 127.0.0.1
    port = {{.IMAPS}}
    ssl = yes
  }
}
service submission-login {
  chroot =
  inet_listener submission {
    {{.Listen}} = 127.0.0.1
    port = {{.SMTP}}
  }
  inet_listener submissions {
    {{.Listen}} = 127.0.0.1
    port = {{.SMTPS}}
    ssl = yes
  }
}
service lmtp {
  inet_listener lmtp {
    {{.Listen}} = 127.0.0.1
    port = {{.LMTP}}
  }
}
`))

// Listen is the name of the setting that says where a service listens.
func (s settings) Listen() string {
	if s.Modern {
		return "listen"
	}
	return "address"
}

// Room is the setting of one user that leaves no room in the mailbox.
func (s settings) Room() string {
	if s.Modern {
		return "userdb_quota_storage_size=1B"
	}
	return "userdb_quota_rule=*:bytes=1"
}
