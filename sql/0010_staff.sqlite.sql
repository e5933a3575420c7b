create table staff_accounts (
  id text not null primary key,
  name text not null unique,
  display_name text not null,
  password_hash text not null,
  must_change_password integer not null check (must_change_password in (0, 1)),
  disabled integer not null check (disabled in (0, 1)),
  created_at integer not null
) strict, without rowid;

create table staff_roles (
  staff_id text not null references staff_accounts (id),
  role text not null check (role in ('admin', 'supervisor', 'agent', 'operator', 'outlet', 'courier')),
  primary key (staff_id, role)
) strict, without rowid;

create index staff_roles_role on staff_roles (role);

create table staff_sessions (
  token_hash text not null primary key,
  staff_id text not null references staff_accounts (id),
  created_at integer not null,
  seen_at integer not null,
  idle_until integer not null,
  ends_at integer not null
) strict, without rowid;

create index staff_sessions_staff on staff_sessions (staff_id);
create index staff_sessions_idle on staff_sessions (idle_until);
create index staff_sessions_ends on staff_sessions (ends_at);

create table staff_sign_in_tries (
  name text not null primary key,
  tries integer not null,
  started_at integer not null
) strict, without rowid;

create index staff_sign_in_tries_started on staff_sign_in_tries (started_at);

create table staff_audit (
  sequence integer not null primary key,
  at integer not null,
  staff_id text not null,
  action text not null,
  subject text not null,
  reason text not null,
  hash text not null
) strict;

create index staff_audit_at on staff_audit (at);
create index staff_audit_subject on staff_audit (subject, sequence);
create index staff_audit_staff on staff_audit (staff_id, sequence);

create table staff_audit_head (
  chain integer not null primary key check (chain = 1),
  sequence integer not null,
  hash text not null
) strict;

insert into staff_audit_head (chain, sequence, hash) values (1, 0, '');
