create table if not exists staff_accounts (
  id char(32) character set ascii collate ascii_bin not null primary key,
  name varchar(32) character set ascii collate ascii_bin not null unique,
  display_name varchar(40) not null,
  password_hash varchar(200) not null,
  must_change_password int not null check (must_change_password in (0, 1)),
  disabled int not null check (disabled in (0, 1)),
  created_at bigint not null
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

create table if not exists staff_roles (
  staff_id char(32) character set ascii collate ascii_bin not null,
  role varchar(12) not null check (role in ('admin', 'supervisor', 'agent', 'operator', 'outlet', 'courier')),
  primary key (staff_id, role),
  index staff_roles_role (role),
  foreign key (staff_id) references staff_accounts (id)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

create table if not exists staff_sessions (
  token_hash char(64) character set ascii collate ascii_bin not null primary key,
  staff_id char(32) character set ascii collate ascii_bin not null,
  created_at bigint not null,
  seen_at bigint not null,
  idle_until bigint not null,
  ends_at bigint not null,
  index staff_sessions_staff (staff_id),
  index staff_sessions_idle (idle_until),
  index staff_sessions_ends (ends_at),
  foreign key (staff_id) references staff_accounts (id)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

create table if not exists staff_sign_in_tries (
  name varchar(32) character set ascii collate ascii_bin not null primary key,
  tries int not null,
  started_at bigint not null,
  index staff_sign_in_tries_started (started_at)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

create table if not exists staff_audit (
  sequence bigint not null primary key,
  at bigint not null,
  staff_id char(32) character set ascii collate ascii_bin not null,
  action varchar(60) not null,
  subject varchar(200) not null,
  reason varchar(500) not null,
  hash char(64) character set ascii collate ascii_bin not null,
  index staff_audit_at (at),
  index staff_audit_subject (subject, sequence),
  index staff_audit_staff (staff_id, sequence)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

create table if not exists staff_audit_head (
  chain int not null primary key check (chain = 1),
  sequence bigint not null,
  hash varchar(64) character set ascii collate ascii_bin not null
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;

insert ignore into staff_audit_head (chain, sequence, hash) values (1, 0, '');
