create table http_idempotency (
  key_hash text not null primary key,
  request_hash text not null,
  state text not null check (state in ('running', 'done')),
  claimed_until integer not null,
  status integer not null default 0,
  headers text not null default '',
  body_cipher text not null default '',
  created_at integer not null
) strict, without rowid;

create index http_idempotency_created on http_idempotency (created_at);
