create table if not exists http_idempotency (
  key_hash char(64) character set ascii collate ascii_bin not null primary key,
  request_hash char(64) character set ascii collate ascii_bin not null,
  state varchar(10) not null check (state in ('running', 'done')),
  claimed_until bigint not null,
  status int not null default 0,
  headers varchar(1000) not null default '',
  body_cipher mediumtext not null default (''),
  created_at bigint not null,
  index http_idempotency_created (created_at)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;
