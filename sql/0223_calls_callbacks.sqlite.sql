-- Callers who are called back in their turn. The number lies here, encrypted, only until it was reached or given up.
create table calls_callbacks (
  id text primary key,
  call_id text not null,
  queue text not null,
  tier text not null,
  skills text not null,
  customer_id text not null,
  last_agent text not null,
  phone_cipher text not null,
  phone_hash text not null,
  since integer not null,
  asked_at integer not null,
  state text not null check (state in ('waiting', 'connected', 'not_reached', 'cancelled')),
  tries integer not null,
  next_at integer not null,
  owner text not null,
  leased_until integer not null,
  ended_at integer
) strict, without rowid;

create index calls_callbacks_state on calls_callbacks (state, asked_at);
create index calls_callbacks_customer on calls_callbacks (customer_id);
create index calls_callbacks_phone on calls_callbacks (phone_hash);
