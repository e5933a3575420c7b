-- Callers who are called back in their turn. The number lies here, encrypted, only until it was reached or given up.
create table if not exists calls_callbacks (
  id char(32) character set ascii collate ascii_bin primary key,
  call_id varchar(64) character set ascii collate ascii_bin not null,
  queue varchar(40) character set ascii collate ascii_bin not null,
  tier varchar(40) character set ascii collate ascii_bin not null,
  skills text not null,
  customer_id varchar(32) character set ascii collate ascii_bin not null,
  last_agent varchar(32) character set ascii collate ascii_bin not null,
  phone_cipher varchar(200) character set ascii collate ascii_bin not null,
  phone_hash varchar(64) character set ascii collate ascii_bin not null,
  since bigint not null,
  asked_at bigint not null,
  state varchar(20) character set ascii collate ascii_bin not null check (state in ('waiting', 'connected', 'not_reached', 'cancelled')),
  tries bigint not null,
  next_at bigint not null,
  owner char(32) character set ascii collate ascii_bin not null,
  leased_until bigint not null,
  ended_at bigint,
  index calls_callbacks_state (state, asked_at),
  index calls_callbacks_customer (customer_id),
  index calls_callbacks_phone (phone_hash)
) engine = InnoDB default charset = utf8mb4 collate = utf8mb4_bin;
